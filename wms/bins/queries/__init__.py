"""What others may ask about places: where they are, when the house works, how far it is to walk."""

from wms.bins.queries.hours import calendar_of, cutoffs_of, holidays_of, next_truck
from wms.bins.queries.lists import (
    counts,
    lanes_asked,
    location_by_code,
    locations_asked,
    lpn_moves_asked,
    lpns_asked,
    outside,
    warehouses,
    warehouses_asked,
    zones,
    zones_asked,
)
from wms.bins.queries.plan import Stand, stands
from wms.bins.queries.ways import floor_of, layers_below, spots_of, standing_in, ways
from wms.bins.rules.calendar import Calendar, Shift
from wms.bins.rules.walking import Floor, Spot, distances

__all__ = [
    "Calendar",
    "Floor",
    "Shift",
    "Spot",
    "Stand",
    "calendar_of",
    "counts",
    "cutoffs_of",
    "distances",
    "floor_of",
    "holidays_of",
    "lanes_asked",
    "layers_below",
    "location_by_code",
    "locations_asked",
    "lpn_moves_asked",
    "lpns_asked",
    "next_truck",
    "outside",
    "spots_of",
    "standing_in",
    "stands",
    "warehouses",
    "warehouses_asked",
    "ways",
    "zones",
    "zones_asked",
]
