"""What is counted: one thing of one lot or one single piece, whatever its condition."""

from collections.abc import Mapping
from typing import NamedTuple

from wms.stock.moves import NONE, StockStatus


class Thing(NamedTuple):
    """An item, of one lot, or one single piece of it."""

    item_id: int
    lot_id: int = NONE
    serial_id: int = NONE


Book = Mapping[Thing, Mapping[StockStatus, int]]
"""By thing and condition, how many units the ledger says a place holds."""
