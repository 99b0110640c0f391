"""The picture of a trip that the dialogue works on: what is left to pick, the totes, and where the person stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from wms.floor.turn import Order

KEYPAD_ABOVE = 5
"""Up to so many units each one is scanned; for more the number may be typed once one of them was scanned."""


class Step(StrEnum):
    """Where in the conversation the person stands."""

    LOAD = "load"
    GO = "go"
    ITEM = "item"
    LOT = "lot"
    FEWER = "fewer"
    TOTE = "tote"
    ZERO = "zero"
    DROP = "drop"
    DONE = "done"


class ShortReason(StrEnum):
    """Why units could not be picked."""

    EMPTY = "empty"
    FEWER = "fewer"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"


@dataclass(frozen=True)
class Pick:
    """One live task as the person sees it."""

    task_id: int
    fo_id: int
    order: str
    bin_id: int
    bin: str
    item_id: int
    sku: str
    name: str
    done: int
    of: int
    slot: str = ""
    picture: str | None = None
    codes: tuple[str, ...] = ()
    """Its barcodes, oldest first."""
    lot: str = ""
    asks_lot: bool = False
    """Whether other lots of the item lie in the bin, so that the person must look."""
    serial: str = ""
    skips: int = 0
    is_at_bin: bool = False

    @property
    def left(self) -> int:
        """How many are still to be taken."""
        return self.of - self.done


@dataclass(frozen=True)
class Tote:
    """A tote on the trip: for which order it is (None: for all of them), and whether more goes in."""

    id: int
    code: str
    slot: str
    fo_id: int | None
    is_full: bool = False
    is_parked: bool = False
    """Whether it is put aside: its order was cancelled or is held."""

    @property
    def is_open(self) -> bool:
        """Whether units may go in."""
        return not self.is_full and not self.is_parked


@dataclass(frozen=True)
class Want:
    """An order (None: all of a trip of singles) that needs a tote, and the slot that is next."""

    fo_id: int | None
    order: str
    slot: str


@dataclass(frozen=True)
class Trip:
    """All that the dialogue knows of a run. `picks` are the live tasks in the order of the walk."""

    run_id: int
    number: str
    picks: tuple[Pick, ...]
    totes: tuple[Tote, ...]
    wants: tuple[Want, ...] = ()
    done: int = 0
    of: int = 0
    units: int = 0
    shorts: int = 0
    short_skus: tuple[str, ...] = ()
    """Once the trip is over: which items were not there."""
    minutes: int = 0
    metres: int = 0
    """How far the walk was planned."""
    holds_units: bool = False
    """Whether any of its totes holds something: then they must be put down somewhere."""
    offers: tuple[str, ...] = ()
    """Codes of free totes, or of places where totes are put down: what could be scanned between two picks."""

    def pick(self, task_id: int | None) -> Pick | None:
        """Return the live task of that number."""
        return next((pick for pick in self.picks if pick.task_id == task_id), None)

    def open_totes(self, fo_id: int) -> tuple[Tote, ...]:
        """Return the totes that units of this order may go into."""
        return tuple(tote for tote in self.totes if tote.is_open and tote.fo_id in {fo_id, None})

    def tote(self, tote_id: int) -> Tote | None:
        """Return a tote of this trip."""
        return next((tote for tote in self.totes if tote.id == tote_id), None)

    @property
    def has_one_tote(self) -> bool:
        """Whether there is no choice where units go."""
        return sum(tote.is_open for tote in self.totes) == 1


@dataclass(frozen=True)
class At:
    """Where the person stands, and what is in the hand and not in a tote yet."""

    step: Step
    task_id: int | None = None
    counts: tuple[int, ...] = ()
    """Units in hand, scan by scan, so that the last one can be taken back."""
    rest: ShortReason | None = None
    """Why what is left after these units is not there."""
    asked: int | None = None
    """At LOT: how many units wait for the answer. At LOAD: a tote that was scanned and belongs to another trip."""
    bin_id: int | None = None
    """At ZERO: which bin is asked about."""

    @property
    def count(self) -> int:
        """How many units are in hand."""
        return sum(self.counts)

    def to(self, step: Step, **changes: Any) -> "At":
        """Return the same place in the work at another step."""
        return replace(self, step=step, **changes)

    def data(self) -> dict[str, Any]:
        """Return what is kept between two scans, ready for JSON."""
        return {
            "task": self.task_id,
            "counts": list(self.counts),
            "rest": self.rest.value if self.rest else None,
            "asked": self.asked,
            "bin": self.bin_id,
        }

    @classmethod
    def from_data(cls, step: str, data: Mapping[str, Any]) -> "At":
        """Return where somebody stood."""
        rest = data.get("rest")
        return cls(
            Step(step),
            data.get("task"),
            tuple(data.get("counts", ())),
            ShortReason(rest) if rest else None,
            data.get("asked"),
            data.get("bin"),
        )


@dataclass(frozen=True)
class Spot:
    """A place that a scan can mean: a bin, a tote, a lane."""

    id: int
    code: str
    kind: str
    run_id: int | None = None
    """The trip that a tote is bound to."""


@dataclass(frozen=True)
class Goods:
    """An item that a scan can mean, how many of it, and what the code said along with it."""

    item_id: int
    sku: str
    quantity: int = 1
    lot: str | None = None
    serial: str | None = None


@dataclass(frozen=True)
class Said:
    """One scan, button or number, with what it can mean on a trip."""

    code: str = ""
    spots: tuple[Spot, ...] = ()
    goods: tuple[Goods, ...] = ()
    order: Order | None = None
    quantity: int | None = None
    is_lead: bool = False
    """Whether the person may decide what others have to ask for."""


def slot_name(slot: int) -> str:
    """Return what is written on a cart's slot: two beside each other, rows from A on."""
    row, side = divmod(slot, 2)
    letters = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{side + 1}"
