"""What lies where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location, Warehouse
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.paging import Page, page
from wms.stock.moves import StockStatus
from wms.stock.tables import StockBalance

AT_ONCE = 500
"""Rows that an export holds in memory at a time."""


@dataclass(frozen=True)
class Balance:
    """So many units of one thing, in one condition, in one place, and how many of them are promised."""

    id: int
    owner_id: int
    warehouse_id: int
    warehouse: str
    location_id: int
    location: str
    item_id: int
    sku: str
    name: str
    lot_id: int
    lot: str
    expires_on: date | None
    serial_id: int
    serial: str
    status: StockStatus
    quantity: int
    reserved: int

    @property
    def free(self) -> int:
        """Units that nobody was promised here."""
        return self.quantity - self.reserved


@dataclass(frozen=True)
class Asked:
    """Which balances to show; None does not ask."""

    warehouse_id: int | None = None
    location_id: int | None = None
    item_id: int | None = None
    lot_id: int | None = None
    status: StockStatus | None = None
    set_aside: bool = False
    """Only what lies in a place and waits for a decision: it is not available, and nobody is grading it."""


ASIDE = (
    StockStatus.HELD,
    StockStatus.QUARANTINE,
    StockStatus.DAMAGED,
    StockStatus.EXPIRED,
)
"""Conditions in which units wait for a decision."""


def balances(
    session: Session, asked: Asked, *, limit: int, cursor: str | None = None
) -> Page[Balance]:
    """Return balances that hold something, in the order in which they came to be."""
    query = select(StockBalance).where(*_conditions(asked))
    found = page(session, query, by=[StockBalance.id], limit=limit, cursor=cursor)
    ids = [row.id for row in found.rows]
    rows = session.execute(_NAMED.where(StockBalance.id.in_(ids)).order_by(StockBalance.id))
    return Page([_balance(row) for row in rows], found.next_cursor)


def balances_of_place(session: Session, location_id: int) -> Sequence[Balance]:
    """Return what lies in a place, by SKU."""
    query = _NAMED.where(*_conditions(Asked(location_id=location_id)))
    rows = session.execute(query.order_by(Item.sku, StockBalance.id))
    return [_balance(row) for row in rows]


def balances_of_item(session: Session, item_id: int) -> Sequence[Balance]:
    """Return where an item lies, by place."""
    query = _NAMED.where(*_conditions(Asked(item_id=item_id)))
    rows = session.execute(query.order_by(Warehouse.code, Location.code, StockBalance.id))
    return [_balance(row) for row in rows]


def every_balance(session: Session, asked: Asked) -> Iterator[Balance]:
    """Yield balances without end, a handful in memory at a time, all from the session's one snapshot."""
    query = _NAMED.where(*_conditions(asked)).order_by(StockBalance.id)
    for row in session.execute(query.execution_options(yield_per=AT_ONCE)):
        yield _balance(row)


_NAMED = (
    select(
        StockBalance.id,
        StockBalance.owner_id,
        StockBalance.warehouse_id,
        Warehouse.code.label("warehouse"),
        StockBalance.location_id,
        Location.code.label("location"),
        StockBalance.item_id,
        Item.sku,
        Item.name,
        StockBalance.lot_id,
        Lot.code.label("lot"),
        Lot.expires_on,
        StockBalance.serial_id,
        Serial.code.label("serial"),
        StockBalance.status,
        StockBalance.quantity,
        StockBalance.reserved,
    )
    .join(Warehouse, Warehouse.id == StockBalance.warehouse_id)
    .join(Location, Location.id == StockBalance.location_id)
    .join(Item, Item.id == StockBalance.item_id)
    .join(Lot, Lot.id == StockBalance.lot_id)
    .join(Serial, Serial.id == StockBalance.serial_id)
)


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield StockBalance.quantity > 0
    for column, value in (
        (StockBalance.warehouse_id, asked.warehouse_id),
        (StockBalance.location_id, asked.location_id),
        (StockBalance.item_id, asked.item_id),
        (StockBalance.lot_id, asked.lot_id),
        (StockBalance.status, asked.status),
    ):
        if value is not None:
            yield column == value
    if asked.set_aside:
        yield StockBalance.status.in_([status.value for status in ASIDE])
        in_hands = select(Location.id).where(Location.kind == Kind.PERSON.value)
        yield StockBalance.location_id.not_in(in_hands)


def _balance(row: Any) -> Balance:
    facts = row._asdict()
    return Balance(**facts | {"status": StockStatus(facts["status"])})
