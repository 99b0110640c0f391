"""Booking differences of a place, thing by thing and condition by condition, as far as the units are still there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.counting.rules import Steps
from wms.counting.things import Thing
from wms.stock import actions as stock
from wms.stock.moves import Pile, Promises, Reason, StockStatus
from wms.stock.tables import StockBalance


@dataclass(frozen=True)
class Applied:
    """By how many units the book changed, and how many could not be taken away because they had left meanwhile."""

    changed: int = 0
    left_over: int = 0
    touched: int = 0
    """Units that were booked at all, whichever way."""

    def __add__(self, other: "Applied") -> "Applied":
        """Add up what was booked of two things."""
        return Applied(
            self.changed + other.changed,
            self.left_over + other.left_over,
            self.touched + other.touched,
        )


@dataclass(frozen=True)
class Booker:
    """Books for one count: the items are locked, so what is read stays true."""

    session: Session
    location_id: int
    reference: str
    by: int
    at: datetime

    def book(self, wanted: Mapping[Thing, Steps]) -> Applied:
        """Book everything, in the order of items; what comes is booked before what goes."""
        sum_ = Applied()
        for thing, todo in sorted(wanted.items(), key=lambda pair: pair[0]):
            self._free(thing, todo.freed)
            more = {status: units for status, units in todo.differences.items() if units > 0}
            fewer = {status: -units for status, units in todo.differences.items() if units < 0}
            for status, units in more.items():
                sum_ += self._add(thing, status, units)
            for status, units in fewer.items():
                sum_ += self._take(thing, status, units)
        return sum_

    def _free(self, thing: Thing, units: int) -> None:
        """Let units that were held and are there be sold again."""
        freed = min(units, self._lying(thing, StockStatus.HELD))
        if freed:
            stock.change_status(
                self.session,
                pile=self._pile(thing, StockStatus.HELD),
                quantity=freed,
                status=StockStatus.AVAILABLE,
                reason=Reason.COUNT,
                reference=self.reference,
                by=self.by,
                at=self.at,
            )

    def _add(self, thing: Thing, status: StockStatus, units: int) -> Applied:
        if thing.serial_id:
            self._fetch(thing)
        self._adjust(self._pile(thing, status), units)
        return Applied(changed=units, touched=units)

    def _take(self, thing: Thing, status: StockStatus, units: int) -> Applied:
        there = min(units, self._lying(thing, status))
        if there:
            self._adjust(self._pile(thing, status), -there)
        return Applied(changed=-there, left_over=units - there, touched=there)

    def _fetch(self, thing: Thing) -> None:
        """Take a single piece out of the place where the book has it: it was found here, so it is not there."""
        query = select(StockBalance.location_id, StockBalance.status).where(
            StockBalance.serial_id == thing.serial_id, StockBalance.quantity > 0
        )
        for location_id, status in self.session.execute(query).all():
            self._adjust(Pile(location_id, *thing, StockStatus(status)), -1)

    def _adjust(self, pile: Pile, difference: int) -> None:
        stock.adjust(
            self.session,
            pile=pile,
            difference=difference,
            reason=Reason.COUNT,
            reference=self.reference,
            promises=Promises.BREAK,
            by=self.by,
            at=self.at,
        )

    def _pile(self, thing: Thing, status: StockStatus) -> Pile:
        return Pile(self.location_id, *thing, status)

    def _lying(self, thing: Thing, status: StockStatus) -> int:
        query = select(StockBalance.quantity).where(
            StockBalance.location_id == self.location_id,
            StockBalance.item_id == thing.item_id,
            StockBalance.lot_id == thing.lot_id,
            StockBalance.serial_id == thing.serial_id,
            StockBalance.status == status.value,
        )
        return self.session.scalar(query) or 0
