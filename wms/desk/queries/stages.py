"""What orders wait for on their way to the truck, and which orders stand at one place of the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from wms.orders.gate import FoState
from wms.orders.tables import FulfillmentOrder, Order

STAGES: Mapping[str, tuple[FoState, ...]] = {
    "waiting": (FoState.OPEN, FoState.ALLOCATED),
    "picking": (FoState.RELEASED, FoState.PICKING),
    "packing": (FoState.PICKED, FoState.PACKING),
    "loading": (FoState.PACKED,),
    "stuck": (FoState.BACKORDERED, FoState.AWAITING_STOCK, FoState.REVOKING),
}
"""What orders wait for, in the order of the work; `stuck` waits for goods or is being taken back."""

AHEAD = timedelta(hours=24)
"""Trucks that leave later stand in one row at the end."""


@dataclass(frozen=True)
class Place:
    """One place on a warehouse's board: a stage, and a truck. `leaves` is None in the row of those that go later."""

    stage: str
    warehouse_id: int
    leaves: datetime | None
    carrier: str

    def has(self, at: datetime) -> ColumnElement[bool]:
        """Ask whether a part of an order stands there at this moment."""
        parts = select(FulfillmentOrder.order_id).where(
            FulfillmentOrder.warehouse_id == self.warehouse_id,
            FulfillmentOrder.state.in_([state.value for state in STAGES[self.stage]]),
        )
        later = or_(FulfillmentOrder.ship_by.is_(None), FulfillmentOrder.ship_by > at + AHEAD)
        if self.leaves is None:
            return Order.id.in_(parts.where(later))
        parts = parts.where(FulfillmentOrder.ship_by == self.leaves)
        return and_(Order.id.in_(parts), Order.carrier == self.carrier)
