"""The end of orders that are not wanted any more: what nobody touched is over at once, the rest comes back first."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.orders.actions.following import follow
from wms.orders.actions.locking import hold_order, live_fos, see_that_open
from wms.orders.actions.revoking import revoke
from wms.orders.actions.stopping import close_hold, open_holds
from wms.orders.events import OrderCancelAsked, OrderCancelled
from wms.orders.lifecycle import ORDER, HoldVerb, OrderState, OrderVerb
from wms.orders.rules.drafts import REASON_LIMIT, text_faults
from wms.orders.tables import Order


class WrongReason(Wrong):
    """Why an order is cancelled must be said; the fault names its field."""

    sentence = "orders.wrong_reason"


def cancel(
    session: Session,
    *,
    order_id: int,
    reason: str,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Order:
    """Stop an order and say why. Raises NoSuchOrder, Stale, WrongReason and OrderOver.

    Where the floor works on it already, its next scan says so, and the order is cancelled when all is back.
    """
    if not reason.strip():
        raise WrongReason(Fault("reason", "orders.reason_missing"))
    if faults := tuple(text_faults("reason", reason.strip(), REASON_LIMIT)):
        raise WrongReason(*faults)
    order = hold_order(session, order_id, expected)
    end(session, order, reason=reason.strip(), by=by, at=at)
    return order


def end(session: Session, order: Order, *, reason: str, by: int, at: datetime) -> None:
    """Stop an order that is held in hand; what stopped it before is settled with that. Raises OrderOver."""
    see_that_open(order)
    for row in open_holds(session, order.id):
        close_hold(session, row, HoldVerb.OVERTURN, reason, by=by, at=at)
    fos = live_fos(session, order.id)
    if OrderVerb.CANCEL in ORDER.may(OrderState(order.state)):
        transition(order, ORDER, OrderVerb.CANCEL)
    if order.state == OrderState.CANCELLED:
        announce(session, OrderCancelled(order.id, reason), by=by, at=at)
    else:
        announce(session, OrderCancelAsked(order.id, reason), by=by, at=at)
    order.cancel_requested_at = at
    session.flush()
    for fo in fos:
        revoke(session, fo.id, by=by, at=at)
    follow(session, order.id, by=by, at=at)
    session.refresh(order)
