"""Pages over several processes, one module a page."""

from wms.desk.web import bins, cases, items, lifecycles, search, start
from wms.desk.web.blueprint import pages

__all__ = ["bins", "cases", "items", "lifecycles", "pages", "search", "start"]
