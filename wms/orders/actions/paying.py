"""The money of an order: what the channel or the till says of it, and what that stops or sets free."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders.actions.going_on import go_on
from wms.orders.actions.locking import CLOSED, hold_order
from wms.orders.actions.stopping import look_again
from wms.orders.events import PaymentChanged
from wms.orders.holds import HoldKind
from wms.orders.lifecycle import PAYMENT, OrderState, Payment, PaymentVerb
from wms.orders.tables import Order


class StillWanted(Refusal):
    """An order that is carried out keeps its payment: it is cancelled first."""

    sentence = "orders.still_wanted"


def pay(
    session: Session,
    *,
    order_id: int,
    verb: PaymentVerb,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Order:
    """Say what became of an order's money. Raises NoSuchOrder, Stale, NotNow and StillWanted.

    Money that is not there opens a payment hold, money that came ends it.
    """
    order = hold_order(session, order_id, expected)
    is_over = order.state == OrderState.CANCELLED or order.cancel_requested_at is not None
    if verb is PaymentVerb.VOID and order.payment != Payment.AUTHORIZED and not is_over:
        raise StillWanted(number=order.number)
    was = order.payment
    order.payment = PAYMENT.after(Payment(was), verb).value
    session.flush()
    announce(session, PaymentChanged(order.id, was, order.payment), by=by, at=at)
    if order.state not in CLOSED and not is_over:
        look_again(session, order, {HoldKind.PAYMENT}, by=by, at=at)
        go_on(session, order, by=by, at=at)
    session.refresh(order)
    return order
