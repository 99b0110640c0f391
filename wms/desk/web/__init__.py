"""Pages over several processes, one module a page."""

from wms.desk.web import (
    bins,
    cases,
    commands,
    exceptions,
    items,
    lifecycles,
    order,
    orders,
    review,
    search,
    start,
    states,
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
    "order",
    "orders",
    "pages",
    "review",
    "search",
    "start",
    "states",
    "waves",
]
