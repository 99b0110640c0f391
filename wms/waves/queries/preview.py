"""What a wave would be: counted before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.orders.tables import FoLine, FulfillmentOrder, Order
from wms.waves.plan import Filters, Plan
from wms.waves.queries.layout import lay_out
from wms.waves.queries.waiting import Waiting, of_orders, waiting, waiting_count

LACKS = 20
"""Most items named as missing: whoever has more than these to buy needs the list of backorders."""


@dataclass(frozen=True)
class Lack:
    """Units that these orders want and the house does not have."""

    item_id: int
    sku: str
    missing: int
    orders: int


@dataclass(frozen=True)
class Preview:
    """A wave that nobody has made yet."""

    orders: Sequence[Waiting]
    waiting: int
    """How many orders meet the filters, also beyond what one wave takes."""
    plan: Plan
    choice: Mapping[str, Any]
    lacks: Sequence[Lack]
    """What other orders that meet the filters wait for: they stay behind."""

    @property
    def ship_by(self) -> datetime | None:
        """Until when the first of them must be out."""
        return min((one.ship_by for one in self.orders if one.ship_by), default=None)


def preview(session: Session, warehouse_id: int, filters: Filters) -> Preview:
    """Return what a wave with these filters would be. Nothing is written."""
    orders = waiting(session, warehouse_id, filters)
    laid_out = lay_out(session, warehouse_id, [one.fo_id for one in orders])
    return Preview(
        orders,
        waiting_count(session, warehouse_id, filters),
        laid_out.plan,
        laid_out.choice,
        lacks(session, warehouse_id, filters),
    )


def lacks(session: Session, warehouse_id: int, filters: Filters) -> Sequence[Lack]:
    """Return what is missing for the orders that meet the filters and wait for goods, the most wanted first."""
    missing = func.sum(FoLine.ordered - FoLine.allocated - FoLine.picked - FoLine.short)
    query = (
        select(
            FoLine.item_id,
            Item.sku,
            missing,
            func.count(FulfillmentOrder.id.distinct()),
        )
        .join(FulfillmentOrder, FulfillmentOrder.id == FoLine.fo_id)
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .join(Item, Item.id == FoLine.item_id)
        .where(
            FulfillmentOrder.warehouse_id == warehouse_id, FulfillmentOrder.state == "backordered"
        )
        .group_by(FoLine.item_id, Item.sku)
        .having(missing > 0)
        .order_by(missing.desc(), Item.sku)
        .limit(LACKS)
    )
    rows = session.execute(of_orders(query, filters))
    return [Lack(item_id, sku, int(units), orders) for item_id, sku, units, orders in rows]
