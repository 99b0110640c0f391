"""What happens while orders are picked."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class RunReleased(Event):
    """There is a trip to be walked: so many stops for these fulfillment orders."""

    subject: ClassVar[str] = "run"
    run_id: int
    wave_id: int
    kind: str
    fo_ids: list[int]
    tasks: int


@dataclass(frozen=True)
class RunClaimed(Event):
    """Somebody walks it now; `from_user_id` is who had it until then."""

    subject: ClassVar[str] = "run"
    run_id: int
    user_id: int
    from_user_id: int | None


@dataclass(frozen=True)
class RunGivenBack(Event):
    """Nobody walks it at the moment: it was put down, or its lease ran out."""

    subject: ClassVar[str] = "run"
    run_id: int
    user_id: int | None


@dataclass(frozen=True)
class RunEnded(Event):
    """The trip is over: its totes stand in a place, or there was nothing left to do."""

    subject: ClassVar[str] = "run"
    run_id: int
    state: str
    location_id: int | None


@dataclass(frozen=True)
class ToteBound(Event):
    """A tote is filled for a fulfillment order, or for several that share it (None)."""

    subject: ClassVar[str] = "location"
    location_id: int
    run_id: int
    fo_id: int | None


@dataclass(frozen=True)
class ToteUnbound(Event):
    """A tote is nobody's any more."""

    subject: ClassVar[str] = "location"
    location_id: int
    run_id: int
    fo_id: int | None


@dataclass(frozen=True)
class TaskPicked(Event):
    """Units went from their bin into a tote."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    task_id: int
    location_id: int
    to_location_id: int
    item_id: int
    quantity: int


@dataclass(frozen=True)
class TaskShort(Event):
    """Fewer were there than asked for. So many were found elsewhere, so many nowhere."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    task_id: int
    location_id: int
    item_id: int
    reason: str
    quantity: int
    elsewhere: int


@dataclass(frozen=True)
class ActUndone(Event):
    """A worker took the last thing back."""

    subject: ClassVar[str] = "run"
    run_id: int
    verb: str
    task_id: int | None


@dataclass(frozen=True)
class PickingStopped(Event):
    """What is left of a fulfillment order is not picked now: it was cancelled, or is held."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    why: str
    put_back: int


@dataclass(frozen=True)
class BinSeenEmpty(Event):
    """Somebody was asked whether a bin is empty by the book, and looked."""

    subject: ClassVar[str] = "location"
    location_id: int
    is_empty: bool
