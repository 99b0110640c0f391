"""What lies in a parcel that came back: line by line as it was told, and scan by scan."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item, Lot, Serial
from wms.people.tables import User
from wms.returns.tables import ReturnLine, ReturnUnit


@dataclass(frozen=True)
class Line:
    """One line of a return: what was told, what came, and what became of it. Units."""

    id: int
    return_id: int
    order_line_id: int | None
    item_id: int
    sku: str
    name: str
    picture: str | None
    advised: int
    arrived: int
    restocked: int
    quarantined: int
    scrapped: int

    @property
    def says_something(self) -> bool:
        """Whether units count on it, or are to."""
        return self.advised > 0 or self.arrived > 0


@dataclass(frozen=True)
class Unit:
    """Units that were scanned in together."""

    id: int
    line_id: int
    item_id: int
    sku: str
    lot: str
    serial: str
    quantity: int
    grade: str
    disposition: str
    is_wrong_item: bool
    move_task_id: int | None
    worker: str | None
    scanned_at: datetime
    graded_at: datetime | None


def lines(session: Session, return_ids: Collection[int]) -> Sequence[Line]:
    """Return the lines of returns, in the order in which they were written down."""
    query = (
        select(
            ReturnLine.id,
            ReturnLine.return_id,
            ReturnLine.order_line_id,
            ReturnLine.item_id,
            Item.sku,
            Item.name,
            Item.picture,
            ReturnLine.advised,
            ReturnLine.arrived,
            ReturnLine.restocked,
            ReturnLine.quarantined,
            ReturnLine.scrapped,
        )
        .join(Item, Item.id == ReturnLine.item_id)
        .where(ReturnLine.return_id.in_(return_ids))
        .order_by(ReturnLine.return_id, ReturnLine.id)
    )
    rows: Any = session.execute(query)
    return [Line(*row) for row in rows]


def units(session: Session, return_id: int) -> Sequence[Unit]:
    """Return what was scanned out of a parcel and not taken back, in the order of the scans."""
    query = (
        select(
            ReturnUnit.id,
            ReturnUnit.line_id,
            ReturnLine.item_id,
            Item.sku,
            Lot.code,
            Serial.code,
            ReturnUnit.quantity,
            ReturnUnit.grade,
            ReturnUnit.disposition,
            ReturnUnit.is_wrong_item,
            ReturnUnit.move_task_id,
            User.name,
            ReturnUnit.scanned_at,
            ReturnUnit.graded_at,
        )
        .join(ReturnLine, ReturnLine.id == ReturnUnit.line_id)
        .join(Item, Item.id == ReturnLine.item_id)
        .join(Lot, Lot.id == ReturnUnit.lot_id)
        .join(Serial, Serial.id == ReturnUnit.serial_id)
        .outerjoin(User, User.id == ReturnUnit.worker_id)
        .where(ReturnLine.return_id == return_id, ReturnUnit.undone_at.is_(None))
        .order_by(ReturnUnit.id)
    )
    rows: Any = session.execute(query)
    return [Unit(*row) for row in rows]
