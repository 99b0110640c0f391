"""Which fulfillment orders could be released: all promised, in no wave, and nothing stops them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, cast, exists, func, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.kernel.columns import Number
from wms.orders.holds import Step, stoppers
from wms.orders.tables import FoLine, FulfillmentOrder, LineAllocation, Order, OrderHold
from wms.stock.tables import Allocation, StockBalance
from wms.waves.plan import Filters, Size
from wms.waves.rules.grouping import UNITS_A_TOTE
from wms.waves.tables import WaveMember

WAVE_LIMIT = 500
"""Most orders in one wave: what one cart after the other takes out of the house before the next truck, and what one
transaction should hold the house up for."""

READY, STOPPING = "allocated", ("active", "escalated")


@dataclass(frozen=True)
class Waiting:
    """A fulfillment order that waits for a wave."""

    fo_id: int
    number: str
    order_id: int
    channel_id: int
    carrier: str
    priority: int
    ship_by: datetime | None
    lines: int
    units: int


def waiting(
    session: Session, warehouse_id: int, filters: Filters, *, limit: int = WAVE_LIMIT
) -> Sequence[Waiting]:
    """Return those that a wave with these filters takes, the most urgent first."""
    order = (
        FulfillmentOrder.priority.desc(),
        FulfillmentOrder.ship_by.is_(None),
        FulfillmentOrder.ship_by,
        FulfillmentOrder.id,
    )
    query = _asked(warehouse_id, filters).order_by(*order).limit(limit)
    return [Waiting(*row) for row in session.execute(query)]


def waiting_count(session: Session, warehouse_id: int, filters: Filters) -> int:
    """Return how many there are, also beyond what one wave takes."""
    return (
        session.scalar(select(func.count()).select_from(_asked(warehouse_id, filters).subquery()))
        or 0
    )


def carriers(session: Session, warehouse_id: int) -> Sequence[str]:
    """Return the carriers of the orders that wait."""
    everything = _asked(warehouse_id, Filters()).subquery().c
    query = select(everything.carrier).where(everything.carrier != "").distinct()
    return sorted(session.scalars(query))


def releasable(fo_ids: Sequence[int]) -> Select[int]:
    """Return the question which of these can still be released."""
    return select(FulfillmentOrder.id).where(
        FulfillmentOrder.id.in_(fo_ids), FulfillmentOrder.state == READY, ~_stopped()
    )


def of_orders(query: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    """Narrow a question about fulfillment orders and their orders to what the filters say of orders."""
    if filters.ship_by is not None:
        query = query.where(FulfillmentOrder.ship_by <= filters.ship_by)
    if filters.channel_id is not None:
        query = query.where(Order.channel_id == filters.channel_id)
    if filters.carrier:
        query = query.where(Order.carrier == filters.carrier)
    return query


def _asked(warehouse_id: int, filters: Filters) -> Select[*tuple[Any, ...]]:
    units = cast(func.sum(FoLine.allocated), Number)  # PostgreSQL's sums are no whole numbers
    query = (
        select(
            FulfillmentOrder.id,
            FulfillmentOrder.number,
            FulfillmentOrder.order_id,
            Order.channel_id,
            Order.carrier,
            FulfillmentOrder.priority,
            FulfillmentOrder.ship_by,
            func.count(FoLine.id),
            units,
        )
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
        .where(
            FulfillmentOrder.warehouse_id == warehouse_id,
            FulfillmentOrder.state == READY,
            FoLine.allocated > 0,
            ~_in_a_wave(),
            ~_stopped(),
        )
        .group_by(FulfillmentOrder.id, Order.id)
    )
    query = of_orders(query, filters)
    if filters.zone_id is not None:
        query = query.where(~_outside_zone(filters.zone_id))
    match filters.size:
        case Size.ANY:
            return query
        case Size.SINGLE:
            return query.having(units == 1)
        case Size.SMALL:
            return query.having(units.between(2, UNITS_A_TOTE))
        case Size.LARGE:
            return query.having(units > UNITS_A_TOTE)


def _in_a_wave() -> Any:
    return exists().where(WaveMember.fo_id == FulfillmentOrder.id, WaveMember.left_at.is_(None))


def _stopped() -> Any:
    return exists().where(
        OrderHold.order_id == FulfillmentOrder.order_id,
        OrderHold.state.in_(STOPPING),
        OrderHold.blocks.in_(stoppers(Step.RELEASE)),
    )


def _outside_zone(zone_id: int) -> Any:
    """Some unit of the order lies elsewhere."""
    line = FoLine.__table__.alias("line_elsewhere").c
    return exists().where(
        and_(
            line.fo_id == FulfillmentOrder.id,
            LineAllocation.fo_line_id == line.id,
            Allocation.id == LineAllocation.allocation_id,
            Allocation.state == "hard",
            StockBalance.id == Allocation.balance_id,
            Location.id == StockBalance.location_id,
            func.coalesce(Location.zone_id, 0) != zone_id,
        )
    )
