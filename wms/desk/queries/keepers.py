"""For whom units are kept: which order holds which promise of stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.orders.tables import FoLine, FulfillmentOrder, LineAllocation, Order
from wms.stock.queries import AllocationState
from wms.stock.tables import Allocation, StockBalance

OPEN = (AllocationState.SOFT.value, AllocationState.HARD.value)


@dataclass(frozen=True)
class Kept:
    """Units that are promised and not taken yet: of what, where, for which order or, without one, for what."""

    id: int
    item_id: int
    sku: str
    name: str
    location_id: int | None
    location: str | None
    units: int
    reference: str
    order_id: int | None
    part: str | None
    state: str | None
    ship_by: datetime | None


def kept_of_item(session: Session, item_id: int, *, limit: int) -> Sequence[Kept]:
    """Return for whom units of an item are kept, the oldest promise first."""
    return _kept(session, _open().where(Allocation.item_id == item_id), limit)


def kept_in_place(session: Session, location_id: int, *, limit: int) -> Sequence[Kept]:
    """Return for whom units in a place are kept, the oldest promise first."""
    return _kept(session, _open().where(StockBalance.location_id == location_id), limit)


def _open() -> Select[Allocation]:
    return select(Allocation).where(Allocation.state.in_(OPEN))


def _kept(session: Session, query: Select[Allocation], limit: int) -> Sequence[Kept]:
    whole = (
        query.with_only_columns(
            Allocation.id,
            Item.id,
            Item.sku,
            Item.name,
            Location.id,
            Location.code,
            Allocation.quantity - Allocation.consumed,
            Allocation.reference,
            Order.id,
            FulfillmentOrder.number,
            FulfillmentOrder.state,
            FulfillmentOrder.ship_by,
        )
        .join(Item, Item.id == Allocation.item_id)
        .outerjoin(StockBalance, StockBalance.id == Allocation.balance_id)
        .outerjoin(Location, Location.id == StockBalance.location_id)
        .outerjoin(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .outerjoin(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .outerjoin(FulfillmentOrder, FulfillmentOrder.id == FoLine.fo_id)
        .outerjoin(Order, Order.id == FulfillmentOrder.order_id)
        .order_by(Allocation.id)
        .limit(limit)
    )
    rows: Sequence[Any] = session.execute(whole).all()
    return [Kept(*row) for row in rows]
