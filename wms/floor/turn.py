"""The words of a dialogue: what was scanned, and what the screen says next. Sentence ids and values, never text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from wms.codes.queries import Meaning


class Tone(StrEnum):
    """How it sounds and looks: each is a colour, an icon and a tone."""

    QUIET = "quiet"
    GOOD = "good"
    LINE = "line"
    TASK = "task"
    ATTENTION = "attention"
    WRONG = "wrong"
    STOPPED = "stopped"
    """Purple: somebody took the work back, the order was cancelled or held."""


class Order(StrEnum):
    """What a command code or a button asks for, whatever the process. Codes are `WXC` and the word in capitals."""

    UNDO = "undo"
    SKIP = "skip"
    DONE = "done"
    FULL = "full"
    SHORT = "short"
    EMPTY = "empty"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrongitem"
    UNREADABLE = "unreadable"
    YES = "yes"
    NO = "no"
    WORK = "work"
    """Take the next best piece of work; `WXCNEXT` says the same."""
    MENU = "menu"
    PAUSE = "pause"
    OUT = "out"
    HELP = "help"
    WEIGH = "weigh"
    """Take the weight that the scale of the bench shows."""
    BOX = "box"
    """With `Heard.quantity`: which of the boxes that the screen offers; codes are `WXCBOX1` to `WXCBOX6`."""
    REPRINT = "reprint"
    UNPACK = "unpack"
    """Everything goes back out of the box."""
    PHOTO = "photo"
    GOOD = "good"
    """The four grades of what came back: like new, opened, worn or damaged, unsellable."""
    OPENED = "opened"
    WORN = "worn"
    SCRAP = "scrap"
    QUANTITY = "qty"
    """With `Heard.quantity`: a number typed on the keypad, or the figure of a `WXCQ5` code."""


@dataclass(frozen=True)
class Sentence:
    """A sentence id and its values; the edge words it in the reader's language."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)


def say(sentence: str, **values: Any) -> Sentence:
    """Return a sentence with its values."""
    return Sentence(sentence, values)


@dataclass(frozen=True)
class Thing:
    """The card of what is in hand or wanted: an item with its picture."""

    name: str
    code: str = ""
    picture: str | None = None
    more: tuple[str, ...] = ()
    """Short texts below the name: barcode, lot, weight."""


@dataclass(frozen=True)
class Amount:
    """How many of how many."""

    done: int
    of: int


@dataclass(frozen=True)
class Button:
    """One of the four at the bottom, an answer to a question, or one in the list of problems."""

    order: Order
    label: str
    """Sentence id."""
    icon: str = ""
    quantity: int | None = None
    """The figure that goes with it: which of several answers."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Of the label."""
    under: str = ""
    """Sentence id: what follows from it, in small letters below."""


@dataclass(frozen=True)
class Check:
    """One row of what is checked at a bench: a thing, and how many of how many went into the box."""

    thing: Thing
    amount: Amount
    is_now: bool = False
    """Whether it is what was scanned last."""


@dataclass(frozen=True)
class Fact:
    """One thing that a bench shows beside the work: the box, the weight, the service and its price."""

    label: Sentence
    value: Sentence
    tone: Tone = Tone.QUIET


@dataclass(frozen=True)
class Bench:
    """What a screen at a bench shows on both sides of the instruction."""

    checks: tuple[Check, ...] = ()
    facts: tuple[Fact, ...] = ()
    note: str = ""
    """What the customer wrote for the gift card, or asked of us."""
    picture: str = ""
    """Address of a picture: the label as it was printed."""
    scale: bool = False
    """Whether the weight on the scale is shown as it changes."""


@dataclass(frozen=True)
class Turn:
    """What the screen shows: one verb, one target, what came of the scan, and what can be pressed."""

    process: str
    step: str
    verb: Sentence
    """The one thing to do: "Scan bin"."""
    target: str = ""
    """The one thing to look for, in the largest letters: a bin's code, a tote's."""
    say: Sentence | None = None
    """What came of the last scan."""
    tone: Tone = Tone.QUIET
    title: Sentence | None = None
    """What the work is called, at the top left."""
    thing: Thing | None = None
    amount: Amount | None = None
    slot: str = ""
    """The slot on the cart, as in `B2`."""
    into: str = ""
    """Where the units go: a tote's code."""
    came_from: str = ""
    """What was proved a step before: the bin that was scanned."""
    next: str = ""
    """Where it goes after this."""
    progress: Amount | None = None
    buttons: tuple[Button, ...] = ()
    """Always the same four places: Undo, Skip, Problem, Done or Full."""
    problems: tuple[Button, ...] = ()
    """What the Problem button offers."""
    asks_quantity: bool = False
    """Whether the number can be tapped for the keypad."""
    bench: Bench | None = None
    waits: bool = False
    """Whether something is under way that will change the screen by itself: the page looks again every second."""
    facts: tuple[Fact, ...] = ()
    """Figures that are read at the end of a piece of work: lines, minutes, metres, what was short."""
    settled: tuple[str, ...] = ()
    """Ids of sentences that hold no longer as things are now: where one was said last, it is not said still."""
    expects: tuple[str, ...] = ()
    """Codes that would be right now, most wanted first: what the pretend scanner of the practice house offers."""


@dataclass(frozen=True)
class Heard:
    """One scan, button or number, with all that it can mean."""

    code: str
    meanings: tuple[Meaning, ...] = ()
    order: Order | None = None
    quantity: int | None = None
    """Units that one scan stands for, or what was typed on the keypad."""
    occurred_at: datetime | None = None
    is_late: bool = False
    """Whether it was recorded while the device could not reach the house: it happened, whatever the book says."""
