"""What this warehouse has not begun with is planned anew when its order changes."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.orders.actions.fulfilling import fulfil
from wms.orders.actions.locking import NOT_BEGUN, live_fos
from wms.orders.actions.revoking import end_promises
from wms.orders.actions.works import move_state
from wms.orders.events import FulfillmentCancelled
from wms.orders.lifecycle import FoState, FoVerb, OrderState
from wms.orders.tables import Order


def plan_anew(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """Give back what is kept for the order and nobody began with, and plan what it wants now."""
    take_back(session, order, by=by, at=at)
    if order.state in (OrderState.ACCEPTED, OrderState.IN_FULFILLMENT):
        fulfil(session, [order.id], by=by, at=at)


def take_back(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """End the order's fulfillment orders that nobody began with; the order itself stays as it is."""
    for fo in live_fos(session, order.id):
        state = FoState(fo.state)
        if state in NOT_BEGUN:
            move_state(session, fo.id, state, FoVerb.CANCEL)
            end_promises(session, fo.id, by=by, at=at)
            announce(session, FulfillmentCancelled(fo.id, order.id), by=by, at=at)
