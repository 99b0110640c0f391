"""What this warehouse works on: fulfillment orders, their lines, and which promises are for which."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.kernel.tables import Decision
from wms.orders.lifecycle import FoState
from wms.orders.tables import (
    FoLine,
    FulfillmentOrder,
    Involvement,
    LineAllocation,
    Order,
)
from wms.stock.queries import AllocationState
from wms.stock.tables import Allocation, StockBalance


class NoSuchFo(NotFound):
    """There is no fulfillment order, or no line of one, of that number."""

    sentence = "orders.no_such_fo"


@dataclass(frozen=True)
class Fo:
    """A fulfillment order as people read it."""

    id: int
    version: int
    order_id: int
    order: str
    warehouse_id: int
    part: int
    number: str
    state: FoState
    priority: int
    carrier: str
    ship_by: datetime | None
    split_from_id: int | None
    created_at: datetime


@dataclass(frozen=True)
class Line:
    """One line of a fulfillment order."""

    id: int
    fo_id: int
    order_line_id: int
    item_id: int
    sku: str
    name: str
    ordered: int
    allocated: int
    picked: int
    short: int
    packed: int
    shipped: int
    missing: int


@dataclass(frozen=True)
class LinePromise:
    """Units that are promised to a line and not taken yet, and where they lie."""

    allocation_id: int
    fo_id: int
    fo_line_id: int
    item_id: int
    sku: str
    location_id: int
    location: str
    lot_id: int
    serial_id: int
    quantity: int


@dataclass(frozen=True)
class FosAsked:
    """Which fulfillment orders to show; None does not ask."""

    id: int | None = None
    order_id: int | None = None
    warehouse_id: int | None = None
    state: FoState | None = None
    number: str | None = None


def fo(session: Session, fo_id: int) -> Fo:
    """Return one fulfillment order; raises NoSuchFo."""
    found = fos(session, FosAsked(id=fo_id), limit=1).rows
    if not found:
        raise NoSuchFo(fo=fo_id)
    one: Fo = found[0]
    return one


def fos(session: Session, asked: FosAsked, *, limit: int, cursor: str | None = None) -> Page[Fo]:
    """Return fulfillment orders, the newest first."""
    query = select(FulfillmentOrder, Order.number, Order.carrier).join(
        Order, Order.id == FulfillmentOrder.order_id
    )
    for column, value in (
        (FulfillmentOrder.id, asked.id),
        (FulfillmentOrder.order_id, asked.order_id),
        (FulfillmentOrder.warehouse_id, asked.warehouse_id),
        (FulfillmentOrder.state, asked.state),
        (FulfillmentOrder.number, asked.number),
    ):
        if value is not None:
            query = query.where(column == value)
    found = page(
        session, query, by=[FulfillmentOrder.id], limit=limit, cursor=cursor, newest_first=True
    )
    return Page([_fo(*row) for row in found.rows], found.next_cursor)


def fos_of(session: Session, order_id: int) -> Sequence[Fo]:
    """Return the fulfillment orders of an order, part by part."""
    query = (
        select(FulfillmentOrder, Order.number, Order.carrier)
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .where(FulfillmentOrder.order_id == order_id)
        .order_by(FulfillmentOrder.part)
        .execution_options(populate_existing=True)
    )
    return [_fo(*row) for row in session.execute(query)]


def lines_of(session: Session, fo_ids: Collection[int]) -> Sequence[Line]:
    """Return the lines of fulfillment orders, in the order in which they were written down."""
    query = (
        select(
            FoLine.id,
            FoLine.fo_id,
            FoLine.order_line_id,
            FoLine.item_id,
            Item.sku,
            Item.name,
            FoLine.ordered,
            FoLine.allocated,
            FoLine.picked,
            FoLine.short,
            FoLine.packed,
            FoLine.shipped,
            FoLine.missing,
        )
        .join(Item, Item.id == FoLine.item_id)
        .where(FoLine.fo_id.in_(fo_ids))
        .order_by(FoLine.fo_id, FoLine.id)
    )
    rows: Any = session.execute(query)
    return [Line(*row) for row in rows]


def promises_of(session: Session, fo_ids: Collection[int]) -> Sequence[LinePromise]:
    """Return what is promised to fulfillment orders and not taken yet, promise by promise."""
    query = (
        select(
            Allocation.id,
            FoLine.fo_id,
            FoLine.id,
            Allocation.item_id,
            Item.sku,
            StockBalance.location_id,
            Location.code,
            StockBalance.lot_id,
            StockBalance.serial_id,
            Allocation.quantity - Allocation.consumed,
        )
        .join(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .join(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == Allocation.item_id)
        .where(FoLine.fo_id.in_(fo_ids), Allocation.state == AllocationState.HARD.value)
        .order_by(FoLine.fo_id, FoLine.id, Allocation.id)
    )
    rows: Any = session.execute(query)
    return [LinePromise(*row) for row in rows]


def decisions_of(session: Session, fo_id: int) -> Sequence[Decision]:
    """Return the choices made for a fulfillment order, and for the promises of its lines, the oldest first."""
    promises = (
        select(LineAllocation.allocation_id)
        .join(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .where(FoLine.fo_id == fo_id)
    )
    query = select(Decision).where(
        or_(
            (Decision.subject == "fo") & (Decision.subject_id == fo_id),
            (Decision.subject == "allocation") & Decision.subject_id.in_(promises),
        )
    )
    return session.scalars(query.order_by(Decision.id)).all()


def parties_of(session: Session, fo_id: int) -> Mapping[str, datetime | None]:
    """Return which processes have, or had, something of a fulfillment order in hand, and when each let go."""
    query = select(Involvement.party, Involvement.settled_at).where(Involvement.fo_id == fo_id)
    return dict(session.execute(query.order_by(Involvement.party)).all())


def fo_names(session: Session, fo_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers by which people call these fulfillment orders."""
    query = select(FulfillmentOrder.id, FulfillmentOrder.number)
    return dict(session.execute(query.where(FulfillmentOrder.id.in_(fo_ids))).all())


def _fo(row: FulfillmentOrder, order: str, carrier: str) -> Fo:
    return Fo(
        id=row.id,
        version=row.version,
        order_id=row.order_id,
        order=order,
        warehouse_id=row.warehouse_id,
        part=row.part,
        number=row.number,
        state=FoState(row.state),
        priority=row.priority,
        carrier=carrier,
        ship_by=row.ship_by,
        split_from_id=row.split_from_id,
        created_at=row.created_at,
    )
