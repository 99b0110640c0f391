"""Keeping the list of what is stored: items, what is scanned on them, lots, serials, and the boxes they leave in."""

from wms.catalog.actions.barcodes import BarcodeKnown, TooManyBarcodes, add_barcode, remove_barcode
from wms.catalog.actions.boxes import (
    archive_box_type,
    create_box_type,
    edit_box_type,
    unarchive_box_type,
)
from wms.catalog.actions.guards import WrongFacts
from wms.catalog.actions.items import (
    archive_item,
    create_item,
    edit_item,
    set_picture,
    unarchive_item,
)
from wms.catalog.actions.kits import PARTS_LIMIT, UNITS_LIMIT, set_parts
from wms.catalog.actions.lots import LotHasOtherDate, lot, serial

__all__ = [
    "PARTS_LIMIT",
    "UNITS_LIMIT",
    "BarcodeKnown",
    "LotHasOtherDate",
    "TooManyBarcodes",
    "WrongFacts",
    "add_barcode",
    "archive_box_type",
    "archive_item",
    "create_box_type",
    "create_item",
    "edit_box_type",
    "edit_item",
    "lot",
    "remove_barcode",
    "serial",
    "set_parts",
    "set_picture",
    "unarchive_box_type",
    "unarchive_item",
]
