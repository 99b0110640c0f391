"""What is asked and answered when units are promised."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Hardness(StrEnum):
    """Soft: so many units of an item, until a moment. Hard: these units in this bin, until they are taken."""

    SOFT = "soft"
    HARD = "hard"


class IfShort(StrEnum):
    """What to do where there is less than was asked for."""

    REFUSE = "refuse"
    TAKE_WHAT_IS_THERE = "take_what_is_there"


@dataclass(frozen=True, slots=True)
class Line:
    """So many units of one item."""

    item_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Request:
    """What one order, cart or task wants promised, all or nothing unless it says otherwise."""

    reference: str
    warehouse_id: int
    lines: tuple[Line, ...]
    hardness: Hardness = Hardness.HARD
    expires_at: datetime | None = None
    """A soft promise must end by itself; a hard one never does."""
    if_short: IfShort = IfShort.REFUSE
    avoid: tuple[int, ...] = ()
    """Balances it may not be taken from: the floor has just been there and found too little."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Units that are kept for somebody; a hard promise says in which balance."""

    allocation_id: int
    item_id: int
    quantity: int
    balance_id: int | None = None
    line: int = 0
    """Which line of its request it is for: no promise is for two."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Units that could not be promised: so many were asked for, so many were free."""

    item_id: int
    quantity: int
    free: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one request. Where something is short, a request that takes no part has no promises."""

    request: Request
    promises: tuple[Promise, ...]
    shortages: tuple[Shortage, ...]
