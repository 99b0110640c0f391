"""What is announced about goods that come back."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutReturn(Event):
    """A fact about one return."""

    subject: ClassVar[str] = "return"
    return_id: int


@dataclass(frozen=True)
class ReturnAnnounced(AboutReturn):
    """So many units of an order are to come back."""

    order_id: int
    units: int


@dataclass(frozen=True)
class ReturnCancelled(AboutReturn):
    """It will not come back after all."""

    reason: str


@dataclass(frozen=True)
class ReturnArrived(AboutReturn):
    """Its parcel lies on a bench of ours. Without an order, nobody here knew of it."""

    order_id: int | None
    location_id: int


@dataclass(frozen=True)
class UnitsReturned(AboutReturn):
    """Units were scanned out of the parcel. Nobody can be promised them before they are graded."""

    item_id: int
    quantity: int


@dataclass(frozen=True)
class UnitsGraded(AboutReturn):
    """Somebody said in what condition units are, and with that what becomes of them."""

    item_id: int
    quantity: int
    grade: str
    disposition: str


@dataclass(frozen=True)
class WrongItemReturned(AboutReturn):
    """The parcel held units that are not of its order, or more than left the house: they are set aside."""

    item_id: int
    quantity: int


@dataclass(frozen=True)
class ReturnMatched(AboutReturn):
    """A parcel that nobody knew turned out to be of this order."""

    order_id: int


@dataclass(frozen=True)
class ReturnStepUndone(AboutReturn):
    """The last act at the bench was taken back: a scan, or a grade."""

    verb: str
    quantity: int


@dataclass(frozen=True)
class ReturnEnded(AboutReturn):
    """Every unit of it is where it belongs, or on its way there."""

    order_id: int | None
    restocked: int
    quarantined: int
    scrapped: int
