"""What matters at a returns bench: where the person stands, what lies there, and what a scan can mean."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from wms.floor.turn import Order


class Step(StrEnum):
    """Where a person stands at a returns bench."""

    BENCH = "bench"
    PARCEL = "parcel"
    ITEM = "item"
    LOT = "lot"
    SERIAL = "serial"
    FOREIGN = "foreign"
    """Asked whether a thing that does not belong to the order is set aside."""
    GRADE = "grade"
    EMPTY = "empty"
    """Asked whether the parcel was empty."""


class Why(StrEnum):
    """Why a thing does not belong to what is to come back."""

    FOREIGN = "foreign"
    TOO_MANY = "too_many"
    OTHER_LOT = "other_lot"
    UNREAD_LOT = "unread_lot"
    """Nobody can read which of the lots that left it is, and with it until when it keeps."""
    OTHER_SERIAL = "other_serial"


@dataclass(frozen=True)
class Bench:
    """A place where parcels are looked at, and the station that stands there."""

    place_id: int
    place: str
    station_id: int | None = None


@dataclass(frozen=True)
class Found:
    """What a code on a parcel led to: an order, or a return that is still open."""

    order: str
    order_id: int | None = None
    return_id: int | None = None
    shipped: int = 0
    left: int = 0
    """Units of the order that may still come back."""


@dataclass(frozen=True)
class Scanned:
    """An item that was scanned, and what its code said along with it."""

    item_id: int
    sku: str
    units: int = 1
    lot: str = ""
    serial: str = ""
    has_lots: bool = False
    has_serials: bool = False


@dataclass(frozen=True)
class Said:
    """One scan, button or number, by what it can mean here."""

    code: str = ""
    seen: str = ""
    """The code as a sentence can repeat it."""
    key: str = ""
    """The code in the form in which codes are compared."""
    order: Order | None = None
    number: int | None = None
    benches: tuple[Bench, ...] = ()
    parcels: tuple[Found, ...] = ()
    goods: tuple[Scanned, ...] = ()


@dataclass(frozen=True)
class Want:
    """An item of the order: how many units may still come back, and which of them somebody announced here."""

    item_id: int
    sku: str
    left: int
    expected: int = 0
    lots: tuple[str, ...] = ()
    """Lots that left the house with the order."""
    serials: tuple[str, ...] = ()
    """Single pieces that left with it and are not back."""


@dataclass(frozen=True)
class Lying:
    """Units that lie before the person and have no grade yet."""

    item_id: int
    sku: str
    units: int
    serials: bool = False


@dataclass(frozen=True)
class Parcel:
    """The return in hand. Without an order it is blind: anything may be in it."""

    number: str
    order: str = ""
    is_blind: bool = False
    wants: tuple[Want, ...] = ()
    lying: Lying | None = None
    came: int = 0
    """Units that were scanned out of it so far."""

    def want(self, item_id: int) -> Want | None:
        """Return what is known of an item in this order."""
        return next((want for want in self.wants if want.item_id == item_id), None)


@dataclass(frozen=True)
class Hand:
    """A thing in the hand that is not taken in yet, since something about it is asked."""

    item_id: int
    sku: str
    units: int
    lot: str = ""
    serial: str = ""
    has_lots: bool = False
    has_serials: bool = False
    why: str = ""
    """Why it is set aside; empty where it belongs to what comes back."""
    key: str = ""
    """What was scanned: the same scan again means yes."""


@dataclass(frozen=True)
class Where:
    """How far a person is: the step, the bench, the last code that nobody knew, and what is in the hand."""

    step: Step
    place_id: int | None = None
    station_id: int | None = None
    unknown: str = ""
    hand: Hand | None = None

    def to(self, step: Step, hand: Hand | None = None, unknown: str = "") -> "Where":
        """Return the same bench at another step."""
        return replace(self, step=step, hand=hand, unknown=unknown)

    def data(self) -> dict[str, Any]:
        """Return what is kept between two scans, as JSON takes it."""
        return {
            "place": self.place_id,
            "station": self.station_id,
            "unknown": self.unknown,
            "hand": asdict(self.hand) if self.hand else None,
        }

    @staticmethod
    def from_data(step: str, data: Mapping[str, Any]) -> "Where":
        """Return where somebody stood, from what was kept."""
        hand = data.get("hand")
        return Where(
            Step(step),
            data.get("place"),
            data.get("station"),
            data.get("unknown", ""),
            Hand(**hand) if hand else None,
        )
