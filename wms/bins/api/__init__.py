"""How machines reach places."""

from wms.bins.api import labels, lanes, layouts, locations, lpns, warehouses, ways, zones
from wms.bins.api.blueprint import api

__all__ = ["api", "labels", "lanes", "layouts", "locations", "lpns", "warehouses", "ways", "zones"]
