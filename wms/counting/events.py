"""What is announced about counts."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutCount(Event):
    """A fact about one count."""

    subject: ClassVar[str] = "count_task"
    count_task_id: int
    location_id: int


@dataclass(frozen=True)
class CountAsked(AboutCount):
    """Somebody should count what lies in a place."""

    cause: str
    reference: str


@dataclass(frozen=True)
class CountSubmitted(AboutCount):
    """Somebody counted. Whether the book agreed is nobody's business before the count is accepted."""

    round: int


@dataclass(frozen=True)
class RecountAsked(AboutCount):
    """Another person should count the place again."""

    round: int


@dataclass(frozen=True)
class CountInReview(AboutCount):
    """Two people counted and the book still says otherwise: somebody must decide."""

    round: int


@dataclass(frozen=True)
class CountAccepted(AboutCount):
    """What was counted stands: by the house, within what it may accept itself, or by somebody with a reason."""

    round: int
    reason: str


@dataclass(frozen=True)
class CountPosted(AboutCount):
    """The book says what was counted. `difference` is the sum over all things: more or, below zero, fewer."""

    difference: int


@dataclass(frozen=True)
class CountCorrected(AboutCount):
    """Moves of before a count became known after it was booked: the book was set right again."""

    difference: int


@dataclass(frozen=True)
class CountCancelled(AboutCount):
    """Nobody needs to count there any more."""

    reason: str
