"""Where a packer stands, and what was scanned."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from wms.floor.turn import Order
from wms.packing.lifecycle import PackageState


class Step(StrEnum):
    """Where in the conversation a packer stands."""

    BENCH = "bench"
    TOTE = "tote"
    ITEM = "item"
    LOT = "lot"
    SHORT = "short"
    DAMAGED = "damaged"
    SPOILED = "spoiled"
    """Which one in the box is damaged?"""
    FOREIGN = "foreign"
    """Which one in the box is another thing than it should be?"""
    AGAIN = "again"
    """Is a box that stands in its lane to be opened again?"""
    MORE = "more"
    BOX = "box"
    WEIGH = "weigh"
    OFF = "off"
    LABEL = "label"
    NUMBER = "number"
    STICK = "stick"
    REPRINT = "reprint"
    UNPACK = "unpack"
    EMPTY = "empty"
    LEFTOVER = "leftover"
    BACK = "back"


ASIDES = frozenset(
    {
        Step.LOT,
        Step.SHORT,
        Step.DAMAGED,
        Step.SPOILED,
        Step.FOREIGN,
        Step.AGAIN,
        Step.OFF,
        Step.REPRINT,
        Step.UNPACK,
        Step.LEFTOVER,
    }
)
"""Questions in between: a no leads back to where the box and the tote say that the work is."""


@dataclass(frozen=True)
class At:
    """Where a packer stands. What the rows say themselves is not kept here."""

    step: Step
    station_id: int | None = None
    tote_id: int | None = None
    fo_id: int | None = None
    key: tuple[int, int, int] | None = None
    """What was scanned last, and ..."""
    counted: int = 0
    """... how many units of it in a row: a typed number says how many they are in all."""
    box_type_id: int | None = None
    """The box that was chosen before everything was in it."""
    asked: int | None = None
    """What waits for an answer: grams on the scale, units whose lot is asked, a tote of somebody else's, a thing that
    lay in the box and should not, a box that may be opened again."""
    is_by_hand: bool = False
    """At OFF: whether the grams were typed."""
    old_label: str = ""
    """The number on a label that was given back: it is torn off and thrown away."""

    @property
    def void_label(self) -> str:
        """The number on a label that is to be thrown away; it still counts while somebody is only asked about it."""
        return "" if self.step in {Step.AGAIN, Step.BENCH} else self.old_label

    def to(self, step: Step, **changes: Any) -> "At":
        """Return the same place in the work at another step."""
        return replace(self, step=step, **changes)

    def between(self) -> "At":
        """Return the same bench with nothing in hand."""
        return At(Step.TOTE, self.station_id)

    def data(self) -> dict[str, Any]:
        """Return what is kept between two scans, ready for JSON."""
        kept = asdict(self)
        del kept["step"]
        return kept

    @classmethod
    def from_data(cls, step: str, data: Mapping[str, Any]) -> "At":
        """Return where somebody stood."""
        known = dict(data)
        key = known.pop("key", None)
        return cls(Step(step), key=tuple(key) if key else None, **known)


@dataclass(frozen=True)
class Spot:
    """A place that a scan can mean: a tote, a bin."""

    id: int
    code: str
    kind: str


@dataclass(frozen=True)
class Goods:
    """An item that a scan can mean, how many of it, and what the code said along with it."""

    item_id: int
    sku: str
    quantity: int = 1
    lot: str | None = None
    serial: str | None = None


@dataclass(frozen=True)
class Parcel:
    """A box that a scan can mean, by its number or by the label on it."""

    id: int
    number: str
    order: str
    is_live: bool
    """Whether somebody still has to do something with it at a bench."""
    state: PackageState = PackageState.STAGED
    label: str = ""
    """Of one that waits in its lane: the number on it. Such a box may be opened again."""


@dataclass(frozen=True)
class Said:
    """One scan, button or number, with what it can mean at a bench."""

    code: str = ""
    spots: tuple[Spot, ...] = ()
    goods: tuple[Goods, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    stations: tuple[int, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    """Orders by number, with the totes that they lie in."""
    is_label: bool = False
    """Whether it is the label of the box in hand."""
    is_void_label: bool = False
    """Whether it is a label that was printed here and counts for no box any more."""
    order: Order | None = None
    quantity: int | None = None
    is_lead: bool = False
    """Whether the person may decide what others have to ask for."""

    def tote(self) -> Spot | None:
        """Return the tote that was scanned."""
        return next((spot for spot in self.spots if spot.kind == "tote"), None)
