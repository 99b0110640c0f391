"""The time machine: what was where when, folded from the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from wms.catalog.tables import Item, Lot, Serial
from wms.stock.moves import StockStatus
from wms.stock.tables import StockMove


@dataclass(frozen=True)
class Lay:
    """What lay there of one thing. `learned_later` are moves of it that were recorded after the moment asked for."""

    item_id: int
    sku: str
    name: str
    lot: str
    expires_on: date | None
    serial: str
    status: StockStatus
    quantity: int
    learned_later: int


@dataclass(frozen=True)
class Content:
    """What was in a place at a moment, by what happened until then, whenever it was recorded."""

    location_id: int
    moment: datetime
    lays: Sequence[Lay]

    @property
    def learned_later(self) -> int:
        """How many moves in this the book did not know of at that moment: tablets that were offline sent them later."""
        return sum(lay.learned_later for lay in self.lays)


def content_at(session: Session, location_id: int, moment: datetime) -> Content:
    """Return what was in a place at a moment. Things of which nothing is left but a late move still say so."""
    late = case((StockMove.recorded_at > moment, 1), else_=0)
    ends = (
        (StockMove.target_id, StockMove.status_to, StockMove.quantity),
        (StockMove.source_id, StockMove.status_from, -StockMove.quantity),
    )
    thing = (StockMove.item_id, StockMove.lot_id, StockMove.serial_id)
    folded = union_all(
        *(
            select(*thing, status.label("status"), units.label("units"), late.label("late")).where(
                place == location_id, StockMove.occurred_at <= moment
            )
            for place, status, units in ends
        )
    ).subquery()
    key = (folded.c.item_id, folded.c.lot_id, folded.c.serial_id, folded.c.status)
    units, learned = func.sum(folded.c.units), func.sum(folded.c.late)
    sums = (
        select(*key, units.label("units"), learned.label("learned"))
        .group_by(*key)
        .having((units != literal(0)) | (learned > literal(0)))
        .subquery()
    )
    rows = session.execute(
        select(
            sums.c.item_id,
            Item.sku,
            Item.name,
            Lot.code,
            Lot.expires_on,
            Serial.code,
            sums.c.status,
            sums.c.units,
            sums.c.learned,
        )
        .join(Item, Item.id == sums.c.item_id)
        .join(Lot, Lot.id == sums.c.lot_id)
        .join(Serial, Serial.id == sums.c.serial_id)
        .order_by(Item.sku, Lot.code, Serial.code, sums.c.status)
    )
    return Content(location_id, moment, [_lay(row) for row in rows])


def _lay(row: Any) -> Lay:
    item_id, sku, name, lot, expires_on, serial, status, units, learned = row
    return Lay(
        item_id=item_id,
        sku=sku,
        name=name,
        lot=lot,
        expires_on=expires_on,
        serial=serial,
        status=StockStatus(status),
        quantity=int(units),
        learned_later=int(learned),
    )
