"""How machines reach devices and stations."""

from wms.stations.api import devices, stations
from wms.stations.api.shapes import api

__all__ = ["api", "devices", "stations"]
