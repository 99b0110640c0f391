"""How machines reach places."""

from wms.bins.api import lanes, layouts, locations, lpns, warehouses, ways, zones
from wms.bins.api.blueprint import api

__all__ = ["api", "lanes", "layouts", "locations", "lpns", "warehouses", "ways", "zones"]
