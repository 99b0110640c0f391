"""The picture of a bench that the dialogue works on: tote, box, and how far the label is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wms.packing.lifecycle import PackageState

KEYPAD_ABOVE = 5
"""Up to so many units each one is scanned; for more the number may be typed once one of them was scanned."""


class LabelState(StrEnum):
    """How far the purchase of a label is, as shipping tells it."""

    NONE = ""
    ASKED = "asked"
    IN_DOUBT = "in_doubt"
    REFUSED = "refused"
    BOUGHT = "bought"
    TYPED = "typed"


@dataclass(frozen=True)
class Item:
    """A thing as it is shown: what it is called, how it looks, what a scanner reads on it."""

    id: int
    sku: str
    name: str
    picture: str | None = None
    codes: tuple[tuple[str, int], ...] = ()
    """Its barcodes with how many units one scan stands for, oldest first."""
    personalisation: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the order in hand: how many of how many are in its boxes."""

    id: int
    item: Item
    done: int
    of: int


@dataclass(frozen=True)
class Want:
    """Units of one thing that wait in the tote, and the line that they are for."""

    fo_id: int
    order: str
    line_id: int
    item: Item
    left: int
    lot_id: int = 0
    serial_id: int = 0
    lot: str = ""
    serial: str = ""

    @property
    def key(self) -> tuple[int, int, int]:
        """What tells it from the others."""
        return self.line_id, self.lot_id, self.serial_id


@dataclass(frozen=True)
class Tote:
    """A tote on the bench, or one that should come to it."""

    id: int
    code: str


@dataclass(frozen=True)
class Option:
    """A type of box that would do. `fill_percent` is not known where sizes of items are missing."""

    box_type_id: int
    name: str
    size: str = ""
    fill_percent: int | None = None


@dataclass(frozen=True)
class Held:
    """Units of one thing in the box in hand: for which line, and out of which tote."""

    line_id: int
    item_id: int
    sku: str
    quantity: int
    tote_id: int
    lot_id: int = 0
    serial_id: int = 0
    lot: str = ""
    serial: str = ""


@dataclass(frozen=True)
class Box:
    """The box in hand."""

    id: int
    number: str
    part: int
    state: PackageState
    units: int
    name: str = ""
    """Of its type; empty while it is open."""
    expected_g: int | None = None
    weight_g: int | None = None
    is_by_hand: bool = False
    label_state: LabelState = LabelState.NONE
    label_words: Mapping[str, Any] = field(default_factory=dict)
    label_code: str = ""
    holds: tuple[Held, ...] = ()
    """What is in it, where somebody asks which of that is not fit to be sent."""


@dataclass(frozen=True)
class Sheet:
    """The label on its way through the printer."""

    job_id: int
    number: str
    state: str
    printer: str
    condition: str = ""
    is_open: bool = False
    """Whether nobody has proved yet that it came out."""
    picture: str = ""
    """Address of how it looks."""


@dataclass(frozen=True)
class Scale:
    """What the scale of the bench shows now."""

    weight_g: int
    is_stable: bool
    is_fresh: bool


@dataclass(frozen=True)
class Bench:
    """Where somebody packs, and what it is equipped with."""

    station_id: int
    name: str
    has_scale: bool = False
    scale: Scale | None = None


@dataclass(frozen=True)
class InHand:
    """The order that is being packed."""

    fo_id: int
    number: str
    note: str = ""
    gift_note: str = ""
    carrier: str = ""
    service: str = ""
    leaves: str = ""
    """When its truck leaves, by the clock on the wall of the warehouse."""
    minutes: int | None = None
    """How long that is from now; below zero when it is over."""
    is_cancelled: bool = False
    boxes: int = 0
    """How many boxes of it are packed and labelled already."""


@dataclass(frozen=True)
class Job:
    """All that the dialogue knows of a bench. `wants` are of the order in hand; where none is, of all in the tote."""

    bench: Bench | None = None
    tote: Tote | None = None
    order: InHand | None = None
    lines: tuple[Line, ...] = ()
    wants: tuple[Want, ...] = ()
    kept: int = 0
    """Units in the tote that nobody may pack now: their order is held, cancelled or not picked to the end."""
    other_totes: tuple[Tote, ...] = ()
    """Where more units of the order in hand wait."""
    box: Box | None = None
    options: tuple[Option, ...] = ()
    """Boxes that take what is in hand, the best first."""
    sheet: Sheet | None = None
    offers: tuple[str, ...] = ()
    """Codes of totes that wait, or of benches: what could be scanned between two orders."""

    def want(self, key: tuple[int, int, int] | None) -> Want | None:
        """Return what waits of one thing; None where it is all in a box."""
        return next((want for want in self.wants if want.key == key), None)

    def line(self, line_id: int) -> Line | None:
        """Return a line of the order in hand."""
        return next((line for line in self.lines if line.id == line_id), None)

    @property
    def left(self) -> int:
        """How many units of it wait in the tote."""
        return sum(want.left for want in self.wants)
