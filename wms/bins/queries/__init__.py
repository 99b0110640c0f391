"""What others may ask about places: where they are, when the house works, how far it is to walk."""

from wms.bins.calendar import Calendar, Shift
from wms.bins.queries.hours import calendar_of, cutoffs_of, holidays_of, leaves_of, next_truck
from wms.bins.queries.lists import (
    counts,
    lane_names,
    lanes_asked,
    location_by_code,
    locations_asked,
    lpn_moves_asked,
    lpns_asked,
    names,
    outside,
    place_scanned,
    warehouse_names,
    warehouses,
    warehouses_asked,
    zone_names,
    zones,
    zones_asked,
)
from wms.bins.queries.nearness import Nearness, nearness
from wms.bins.queries.plan import Stand, stands
from wms.bins.queries.ways import floor_of, layers_below, spots_of, standing_in, ways
from wms.bins.rules.trails import trail
from wms.bins.rules.walking import Floor, Foothold, Spot, distances

__all__ = [
    "Calendar",
    "Floor",
    "Foothold",
    "Nearness",
    "Shift",
    "Spot",
    "Stand",
    "calendar_of",
    "counts",
    "cutoffs_of",
    "distances",
    "floor_of",
    "holidays_of",
    "lane_names",
    "lanes_asked",
    "layers_below",
    "leaves_of",
    "location_by_code",
    "locations_asked",
    "lpn_moves_asked",
    "lpns_asked",
    "names",
    "nearness",
    "next_truck",
    "outside",
    "place_scanned",
    "spots_of",
    "standing_in",
    "stands",
    "trail",
    "warehouse_names",
    "warehouses",
    "warehouses_asked",
    "ways",
    "zone_names",
    "zones",
    "zones_asked",
]
