"""How machines reach devices and stations."""

from wms.stations.api import devices, readings, stations
from wms.stations.api.shapes import api

__all__ = ["api", "devices", "readings", "stations"]
