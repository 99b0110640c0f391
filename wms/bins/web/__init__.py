"""How people reach places: the list with its floor, forms, the layout, files, warehouses with hours and lanes."""

from wms.bins.web import describing, files, hours, labels, lanes, layout, lists, warehouses
from wms.bins.web.blueprint import pages

__all__ = [
    "describing",
    "files",
    "hours",
    "labels",
    "lanes",
    "layout",
    "lists",
    "pages",
    "warehouses",
]
