"""What people and machines do with places: open warehouses, make and describe places, move totes, build layouts."""

from wms.bins.actions.locations import (
    NoSuchLocation,
    archive_location,
    create_location,
    edit_location,
    place_of,
    restore_location,
)
from wms.bins.actions.warehouses import (
    NoSuchWarehouse,
    archive_warehouse,
    edit_warehouse,
    open_warehouse,
    set_hours,
)

__all__ = [
    "NoSuchLocation",
    "NoSuchWarehouse",
    "archive_location",
    "archive_warehouse",
    "create_location",
    "edit_location",
    "edit_warehouse",
    "open_warehouse",
    "place_of",
    "restore_location",
    "set_hours",
]
