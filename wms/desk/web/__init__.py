"""Pages over several processes, one module a page."""

from wms.desk.web import (
    bins,
    cases,
    commands,
    exceptions,
    items,
    lifecycles,
    orders,
    review,
    search,
    start,
    waves,
)
from wms.desk.web.blueprint import pages

__all__ = [
    "bins",
    "cases",
    "commands",
    "exceptions",
    "items",
    "lifecycles",
    "orders",
    "pages",
    "review",
    "search",
    "start",
    "waves",
]
