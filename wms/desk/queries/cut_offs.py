"""The next truck that somebody still has orders for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.desk.queries.stages import STAGES
from wms.orders.tables import FulfillmentOrder, Order

TO_GO = tuple(
    state.value for stage, states in STAGES.items() if stage != "stuck" for state in states
)


@dataclass(frozen=True)
class Next:
    """When the next truck leaves, and how many parts of orders are still to go on it."""

    leaves: datetime
    carrier: str
    """Whose it is; empty where several leave then, or any will do."""
    left: int


def next_cut_off(session: Session, at: datetime) -> Next | None:
    """Return the truck that leaves first of those that orders wait for; None where none does."""
    row = session.execute(
        select(
            FulfillmentOrder.ship_by, func.min(Order.carrier), func.max(Order.carrier), func.count()
        )
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .where(FulfillmentOrder.state.in_(TO_GO), FulfillmentOrder.ship_by >= at)
        .group_by(FulfillmentOrder.ship_by)
        .order_by(FulfillmentOrder.ship_by)
        .limit(1)
    ).first()
    if row is None:
        return None
    leaves, first, last, left = row
    return Next(leaves, first if first == last else "", left) if leaves else None
