"""The order follows its fulfillment orders, in the transaction in which they changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.orders.events import OrderCancelled, OrderStateFollowed
from wms.orders.lifecycle import ORDER, FoState, OrderState, OrderVerb
from wms.orders.rules.following import FOLLOWING, verb_to_follow
from wms.orders.tables import FulfillmentOrder, Order


def follow(session: Session, order_id: int, *, by: int, at: datetime) -> OrderState:
    """Take an order where its fulfillment orders led it; returns its state.

    Rows are locked in this sequence everywhere: fulfillment orders, their order, then stock's items.
    """
    session.flush()
    order = session.get_one(Order, order_id, with_for_update=True, populate_existing=True)
    state = OrderState(order.state)
    if state not in FOLLOWING:
        return state
    states = session.scalars(
        select(FulfillmentOrder.state).where(FulfillmentOrder.order_id == order_id)
    )
    verb = verb_to_follow(state, [FoState(one) for one in states])
    if verb is None:
        return state
    after = transition(order, ORDER, verb)
    session.flush()
    fact = (
        OrderCancelled(order_id, "")
        if verb is OrderVerb.ALL_CANCELLED
        else OrderStateFollowed(order_id, after.value)
    )
    announce(session, fact, by=by, at=at)
    return after
