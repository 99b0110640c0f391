"""An order goes on: once nothing forbids it, it is accepted and handed to the floor."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.orders.actions.fulfilling import fulfil
from wms.orders.events import OrderAccepted
from wms.orders.holds import Step, stoppers
from wms.orders.lifecycle import ORDER, OrderState, OrderVerb
from wms.orders.queries.orders import OPEN_HOLDS
from wms.orders.tables import Order, OrderHold


def go_on(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """Accept a received order that nothing stops any more; any other stays as it is. The order must be held."""
    if order.state != OrderState.RECEIVED or is_stopped(session, order.id, Step.ACCEPT):
        return
    transition(order, ORDER, OrderVerb.ACCEPT)
    session.flush()
    announce(session, OrderAccepted(order.id), by=by, at=at)
    fulfil(session, [order.id], by=by, at=at)


def is_stopped(session: Session, order_id: int, step: Step) -> bool:
    """Tell whether an open hold forbids the order this step."""
    query = (
        select(OrderHold.id)
        .where(
            OrderHold.order_id == order_id,
            OrderHold.state.in_(OPEN_HOLDS),
            OrderHold.blocks.in_(stoppers(step)),
        )
        .limit(1)
    )
    return session.scalar(query) is not None
