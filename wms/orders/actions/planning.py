"""What this warehouse has not begun with is planned anew when its order changes."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog.kits import parts_of_kits
from wms.kernel.outbox import announce
from wms.orders.actions.following import follow
from wms.orders.actions.fulfilling import fulfil
from wms.orders.actions.locking import NOT_BEGUN, live_fos
from wms.orders.actions.revoking import end_promises
from wms.orders.actions.works import move_state
from wms.orders.events import FulfillmentCancelled
from wms.orders.lifecycle import FoState, FoVerb, OrderState
from wms.orders.tables import FoLine, FulfillmentOrder, Order, OrderLine

WORKED_ON = (OrderState.ACCEPTED, OrderState.IN_FULFILLMENT, OrderState.PARTLY_SHIPPED)

UNTOUCHED = (*NOT_BEGUN, FoState.CANCELLED)


def plan_anew(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """Give back what is kept for the order and nobody began with, and plan what it wants now."""
    take_back(session, order, by=by, at=at)
    if order.state in WORKED_ON:
        fulfil(session, [order.id], by=by, at=at)
        follow(session, order.id, by=by, at=at)


def take_back(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """End the order's fulfillment orders that nobody began with; the order itself stays as it is."""
    for fo in live_fos(session, order.id):
        state = FoState(fo.state)
        if state in NOT_BEGUN:
            move_state(session, fo.id, state, FoVerb.CANCEL)
            end_promises(session, fo.id, by=by, at=at)
            announce(session, FulfillmentCancelled(fo.id, order.id), by=by, at=at)


def begun_units(session: Session, line: OrderLine) -> int:
    """Return how many units of a line the floor has begun with, or more: of a kit as many as one part began."""
    rows = session.execute(
        select(FoLine.item_id, func.sum(FoLine.ordered))
        .join(FulfillmentOrder, FulfillmentOrder.id == FoLine.fo_id)
        .where(FoLine.order_line_id == line.id, FulfillmentOrder.state.not_in(UNTOUCHED))
        .group_by(FoLine.item_id)
    )
    begun = {item_id: int(units) for item_id, units in rows}
    parts = parts_of_kits(session, {line.item_id}).get(line.item_id, ((line.item_id, 1),))
    return max(-(-begun.get(part_id, 0) // each) for part_id, each in parts)
