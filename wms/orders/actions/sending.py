"""Orders that are sent somewhere else."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.versions import touch
from wms.orders.actions.going_on import go_on
from wms.orders.actions.locking import (
    NOT_BEGUN,
    OrderUnderWay,
    hold_order,
    live_fos,
    see_that_open,
)
from wms.orders.actions.releasing import LABELLING
from wms.orders.actions.stopping import look_again
from wms.orders.drafts import Contact
from wms.orders.events import OrderChanged
from wms.orders.holds import HoldKind
from wms.orders.lifecycle import FoState
from wms.orders.rules.checks import missing
from wms.orders.rules.drafts import CONTACT_LIMITS, contact_faults
from wms.orders.tables import FulfillmentOrder, Involvement, Order, OrderContact

MAY_MOVE_HOUSE = NOT_BEGUN | {
    FoState.RELEASED,
    FoState.PICKING,
    FoState.PICKED,
    FoState.AWAITING_STOCK,
    FoState.REVOKING,
}
"""While it is like this, no box has been closed for the old address."""

IN_BOXES = frozenset({FoState.PACKING, FoState.PACKED})
"""While it is like this, the old address counts where a label of it is bought or on its way."""


class WrongAddress(Wrong):
    """No parcel would arrive there; each fault names its field."""

    sentence = "orders.wrong_address"


def change_address(
    session: Session,
    *,
    order_id: int,
    contact: Contact,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Order:
    """Send the order somewhere else. An address that is whole now ends the hold that waited for it.

    Raises NoSuchOrder, Stale, WrongAddress, OrderOver, and OrderUnderWay once there is a label for the old one.
    """
    faults = [*contact_faults(contact)]
    faults += [Fault(name, "orders.address_missing") for name in missing(contact)]
    if faults:
        raise WrongAddress(*faults, n=len(faults))
    order = hold_order(session, order_id, expected)
    see_that_open(order)
    for fo in live_fos(session, order_id):
        if not _may_move_house(session, fo):
            raise OrderUnderWay(number=order.number, fo=fo.number)
    row = session.get_one(OrderContact, order_id, populate_existing=True)
    for name in CONTACT_LIMITS:
        setattr(row, name, getattr(contact, name))
    touch(order)
    session.flush()
    announce(session, OrderChanged(order.id, "address"), by=by, at=at)
    look_again(session, order, {HoldKind.ADDRESS}, by=by, at=at)
    go_on(session, order, by=by, at=at)
    session.refresh(order)
    return order


def _may_move_house(session: Session, fo: FulfillmentOrder) -> bool:
    state = FoState(fo.state)
    return state in MAY_MOVE_HOUSE or (state in IN_BOXES and not _has_label(session, fo.id))


def _has_label(session: Session, fo_id: int) -> bool:
    """Tell whether a label of it is bought or on its way: whoever buys one holds the fulfillment order as we do."""
    query = select(Involvement.fo_id).where(
        Involvement.fo_id == fo_id,
        Involvement.party == LABELLING,
        Involvement.settled_at.is_(None),
    )
    return session.scalar(query) is not None
