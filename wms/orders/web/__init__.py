"""Forms of orders: a new one by hand, other lines, another address, and what stops, frees, merges or ends it."""

from wms.orders.web import address, deciding, lines, merging, new
from wms.orders.web.blueprint import pages

__all__ = ["address", "deciding", "lines", "merging", "new", "pages"]
