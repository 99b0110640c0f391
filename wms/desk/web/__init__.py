"""Pages over several processes, one module a page."""

from wms.desk.web import bins, cases, commands, items, lifecycles, search, start, waves
from wms.desk.web.blueprint import pages

__all__ = ["bins", "cases", "commands", "items", "lifecycles", "pages", "search", "start", "waves"]
