"""What a process gives to the floor, and who stands where in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from wms.codes.queries import Kind, Meaning
from wms.floor.turn import Button, Heard, Sentence, Thing, Turn


@dataclass(frozen=True)
class Worker:
    """Who is at the device."""

    id: int
    name: str
    roles: frozenset[str]
    device_id: int | None = None


@dataclass(frozen=True)
class Stand:
    """Where a person stands in a dialogue: what `floor` keeps between two scans."""

    process: str
    step: str
    ref: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


OFFERS = "offers"


@dataclass(frozen=True)
class Offer:
    """A key for somebody at home: it is heard as if they stood there in the process."""

    button: Button
    stand: Stand
    say: Sentence | None = None
    """What is asked with it, in the place of what a card says."""
    codes: tuple[str, ...] = ()
    """What says the same as the key when it is scanned."""


def home_with(offer: Offer) -> Stand:
    """Return home, from where a key leads back into a process."""
    return Stand("", "home", None, {OFFERS: {offer.button.order.value: asdict(offer.stand)}})


@dataclass(frozen=True)
class Waiting:
    """How much work of one kind waits, for the tiles of the home screen."""

    count: int
    mine: bool = False
    """Whether the person has some of it in hand already."""
    elsewhere: Sentence | None = None
    """Where none waits: who has some, and how to go on with it if they are gone."""


class Process(Protocol):
    """What a process gives to the floor (`wiring.DIALOGUES`); each call runs in the scan's own transaction.

    `begin` takes the next best piece of work for the person, or goes on with what they have in hand; None where there
    is nothing. `hear` answers one scan. Both return where the person stands now and what the screen shows; a Stand of
    process "" sends the person home; where it is `home_with` an offer, the buttons of that turn are at hand there, and
    the one that is pressed comes back to `hear`. A Refusal is shown in red and changes nothing. `show` says again where
    they stand.
    """

    label: str
    """Sentence id of the tile on the home screen."""
    icon: str
    roles: frozenset[str]

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting: ...

    def begin(
        self, session: Session, worker: Worker, at: datetime
    ) -> tuple[Stand, Turn] | None: ...

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]: ...

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn: ...


@dataclass(frozen=True)
class Card:
    """What is told about something that was scanned between two pieces of work."""

    thing: Thing
    say: Sentence
    offer: Offer | None = None
    """What those who work in its process may do with it."""


LookUp = Callable[[Session, Meaning], Card | None]
"""How a slice above tells of what it knows, an order for one (`wiring.LOOK_UPS`); None where nothing is known of it."""


Stranger = Callable[[Session, str], Sentence | None]
"""How a slice above tells of a code that stands for nothing any more, as a void label does; None where it cannot."""


@dataclass(frozen=True)
class Floor:
    """What can be done on the floor, and what can be looked up there: put together by `wiring`."""

    processes: Mapping[str, Process] = field(default_factory=dict)
    """By name, in the order in which "Get work" asks them."""
    look_ups: Mapping[Kind, LookUp] = field(default_factory=dict)
    strangers: Sequence[Stranger] = ()
    """Who is asked about a code that stands for nothing."""
