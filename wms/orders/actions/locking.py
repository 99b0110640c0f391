"""One order in one hand: what everybody holds before an order changes."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.refusal import Refusal
from wms.kernel.versions import same_version
from wms.orders.lifecycle import FO, FoState, OrderState
from wms.orders.queries.orders import NoSuchOrder
from wms.orders.tables import FulfillmentOrder, Order

NOT_BEGUN = frozenset({FoState.OPEN, FoState.ALLOCATED, FoState.BACKORDERED})
"""The floor knows nothing of it yet."""


class OrderUnderWay(Refusal):
    """The floor works on the order already."""

    sentence = "orders.under_way"


class OrderOver(Refusal):
    """The order was cancelled, or all of it left the house."""

    sentence = "orders.over"


def hold_order(session: Session, order_id: int, expected: int | None = None) -> Order:
    """Return an order that nobody else changes until this transaction ends. Raises NoSuchOrder and Stale.

    Whoever works on a fulfillment order holds that row before it touches the order's: so does this, or the two would
    wait for each other.
    """
    session.flush()
    session.execute(
        select(FulfillmentOrder.id)
        .where(FulfillmentOrder.order_id == order_id)
        .order_by(FulfillmentOrder.id)
        .with_for_update(key_share=True)
    ).all()
    order = session.get(
        Order, order_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if order is None:
        raise NoSuchOrder(order=order_id)
    same_version(order, expected)
    return order


def hold_orders(session: Session, order_ids: Iterable[int]) -> list[Order]:
    """Hold several orders, always in the same sequence."""
    return [hold_order(session, order_id) for order_id in sorted(set(order_ids))]


def live_fos(session: Session, order_id: int) -> list[FulfillmentOrder]:
    """Return what this warehouse works on for the order, and may still go on with."""
    over = [state.value for state in FO.ends]
    return list(
        session.scalars(
            select(FulfillmentOrder)
            .where(FulfillmentOrder.order_id == order_id, FulfillmentOrder.state.not_in(over))
            .order_by(FulfillmentOrder.id)
            .execution_options(populate_existing=True)
        )
    )


def see_that_not_begun(session: Session, order: Order) -> list[FulfillmentOrder]:
    """Return the order's live fulfillment orders; raises OrderOver or OrderUnderWay where it is too late."""
    see_that_open(order)
    fos = live_fos(session, order.id)
    begun = next((fo for fo in fos if FoState(fo.state) not in NOT_BEGUN), None)
    if begun is not None:
        raise OrderUnderWay(number=order.number, fo=begun.number)
    if order.state not in (OrderState.RECEIVED, OrderState.ACCEPTED):
        raise OrderUnderWay(number=order.number, fo=order.number)
    return fos


def see_that_open(order: Order) -> None:
    """Raise OrderOver where nothing can be done about the order any more."""
    if order.state in CLOSED or order.cancel_requested_at is not None:
        raise OrderOver(number=order.number)


CLOSED = frozenset(
    {OrderState.SHIPPED, OrderState.DELIVERED, OrderState.CANCELLED, OrderState.CLOSED}
)
"""Nothing of it is in the house any more."""
