"""What a stock move says, in the words of the floor: what, how many, from where to where, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

NONE = 0
"""The lot of goods without lots, and the serial of goods without serials."""


class StockStatus(StrEnum):
    """In what condition units are. Only available ones can be promised. Lost is a place, not a status."""

    AVAILABLE = "available"
    HELD = "held"
    QUARANTINE = "quarantine"
    DAMAGED = "damaged"
    RETURNED_UNGRADED = "returned_ungraded"
    EXPIRED = "expired"


class Reason(StrEnum):
    """Why units moved."""

    OPENING = "opening"
    RECEIPT = "receipt"
    PUTAWAY = "putaway"
    MOVE = "move"
    REPLENISH = "replenish"
    PICK = "pick"
    PUT_BACK = "put_back"
    PACK = "pack"
    SHIP = "ship"
    RETURN = "return"
    COUNT = "count"
    ADJUST = "adjust"
    FOUND = "found"
    LOST = "lost"
    SCRAP = "scrap"
    STATUS = "status"
    EXPIRY = "expiry"
    REVERSAL = "reversal"


class Promises(StrEnum):
    """What becomes of promises that stand in the way of a correction."""

    KEEP = "keep"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Move:
    """So many units of one thing go from one place to another, or change their status where they lie.

    Owner and warehouse follow from the item and the places. `allocation_id` names the hard promise that the move
    fulfills, `reverses_id` the move that it takes back.
    """

    item_id: int
    source_id: int
    target_id: int
    quantity: int
    reason: Reason
    lot_id: int = NONE
    serial_id: int = NONE
    status_from: StockStatus = StockStatus.AVAILABLE
    status_to: StockStatus | None = None
    """None: as it was."""
    reference: str = ""
    note: str = ""
    allocation_id: int | None = None
    reverses_id: int | None = None

    @property
    def status_after(self) -> StockStatus:
        """In what condition the units arrive."""
        return self.status_to or self.status_from


@dataclass(frozen=True, slots=True)
class Pile:
    """Units of one thing, in one condition, in one place: what somebody points at."""

    location_id: int
    item_id: int
    lot_id: int = NONE
    serial_id: int = NONE
    status: StockStatus = StockStatus.AVAILABLE


class BalanceKey(NamedTuple):
    """What makes one balance: exactly this thing, in this condition, in this place."""

    location_id: int
    item_id: int
    lot_id: int
    serial_id: int
    status: str
    owner_id: int
    warehouse_id: int


class ItemKey(NamedTuple):
    """One item in one warehouse: the row in which all promises of it meet. Rows are locked in this order."""

    warehouse_id: int
    item_id: int
    owner_id: int
