"""What people and machines do with places: open warehouses, make and describe places, move totes, build layouts."""

from wms.bins.actions.lanes import NoSuchLane, close_lane, edit_lane, open_lane
from wms.bins.actions.layouts import CodesTaken, Plan, build_layout, create_locations, plan_layout
from wms.bins.actions.locations import (
    NoSuchLocation,
    SomethingStandsThere,
    archive_location,
    begin_package,
    create_location,
    described,
    edit_location,
    end_package,
    place_of,
    restore_location,
)
from wms.bins.actions.lpns import NoSuchLpn, create_lpn, move_lpn, use_lpn
from wms.bins.actions.warehouses import (
    NoSuchWarehouse,
    archive_warehouse,
    edit_warehouse,
    open_warehouse,
    set_hours,
)
from wms.bins.actions.writing import clashes
from wms.bins.actions.zones import NoSuchZone, archive_zone, create_zone, edit_zone
from wms.bins.calendar import Shift
from wms.bins.lifecycle import LpnState, LpnVerb
from wms.bins.rules.layout import Layout

__all__ = [
    "CodesTaken",
    "Layout",
    "LpnState",
    "LpnVerb",
    "NoSuchLane",
    "NoSuchLocation",
    "NoSuchLpn",
    "NoSuchWarehouse",
    "NoSuchZone",
    "Plan",
    "Shift",
    "SomethingStandsThere",
    "archive_location",
    "archive_warehouse",
    "archive_zone",
    "begin_package",
    "build_layout",
    "clashes",
    "close_lane",
    "create_location",
    "create_locations",
    "create_lpn",
    "create_zone",
    "described",
    "edit_lane",
    "edit_location",
    "edit_warehouse",
    "edit_zone",
    "end_package",
    "move_lpn",
    "open_lane",
    "open_warehouse",
    "place_of",
    "plan_layout",
    "restore_location",
    "set_hours",
    "use_lpn",
]
