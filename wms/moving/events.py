"""What is announced about units that are to go from one place to another."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutMove(Event):
    """A fact about one move task."""

    subject: ClassVar[str] = "move_task"
    move_task_id: int


@dataclass(frozen=True)
class MoveTaskAsked(AboutMove):
    """Somebody, or the house, wants units to go somewhere."""

    kind: str
    source_id: int
    item_id: int
    quantity: int
    reference: str


@dataclass(frozen=True)
class MoveTaskClaimed(AboutMove):
    """Somebody does it now."""

    worker_id: int


@dataclass(frozen=True)
class MoveTaskGivenBack(AboutMove):
    """Nobody does it any more: it was passed over, or nothing was heard of it for too long."""

    worker_id: int | None


@dataclass(frozen=True)
class MoveTaskLifted(AboutMove):
    """The units are in somebody's hands."""

    quantity: int


@dataclass(frozen=True)
class MoveTaskPutDown(AboutMove):
    """The units are back where they were lifted."""

    quantity: int


@dataclass(frozen=True)
class MoveTaskDropUndone(AboutMove):
    """The units are in the hands again of whoever put them down."""

    target_id: int
    quantity: int


@dataclass(frozen=True)
class MoveTaskRedirected(AboutMove):
    """The units in hand go to another place than was meant."""

    target_id: int
    reason: str


@dataclass(frozen=True)
class MoveTaskEnded(AboutMove):
    """Nothing is left to do: `moved` of `asked` units arrived. `state` tells whether it was done or cancelled."""

    kind: str
    fo_id: int | None
    state: str
    asked: int
    moved: int


@dataclass(frozen=True)
class UnitsMissing(Event):
    """Fewer units lay in a place than the book says: somebody should count there."""

    subject: ClassVar[str] = "location"
    location_id: int
    item_id: int
    move_task_id: int
    worker_id: int
    asked: int
    found: int
