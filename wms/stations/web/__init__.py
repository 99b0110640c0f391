"""How people reach devices and stations: the list, enrolling, the floor's sign-in, the scanner check."""

from wms.stations.web import devices, enrol, floor, scanner, stations
from wms.stations.web.pages import pages

__all__ = ["devices", "enrol", "floor", "pages", "scanner", "stations"]
