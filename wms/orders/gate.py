"""What the floor is told of a fulfillment order before it acts: whether it may go on, and what came of a short."""

from dataclasses import dataclass
from enum import StrEnum

from wms.orders.lifecycle import FoState
from wms.stock.promises import Promise

__all__ = ["FoState", "Gate", "Shorted", "Stop", "StopKind"]


class StopKind(StrEnum):
    """Why the floor may not go on."""

    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops the floor. A held one may go on when the hold is lifted, a cancelled one never."""

    kind: StopKind
    reason: str = ""
    """What the hold is about (`payment`, `fraud`, ...); empty where it was cancelled."""
    hold_id: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A fulfillment order while its row is locked: what is read here stays true until the transaction ends."""

    fo_id: int
    number: str
    order_id: int
    state: FoState
    stop: Stop | None = None


@dataclass(frozen=True, slots=True)
class Shorted:
    """What came of units that were not where they were promised: promises in other bins, and what nobody has."""

    promises: tuple[Promise, ...]
    short: int
