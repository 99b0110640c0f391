"""What this warehouse has not begun with is planned anew when its order changes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.orders.actions.fulfilling import fulfil
from wms.orders.actions.locking import NOT_BEGUN, live_fos
from wms.orders.events import FulfillmentCancelled
from wms.orders.lifecycle import FO, FoState, FoVerb, OrderState
from wms.orders.tables import FoLine, LineAllocation, Order
from wms.stock import actions as stock
from wms.stock.promises import Hardness
from wms.stock.tables import Allocation


def plan_anew(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """Give back what is kept for the order and nobody began with, and plan what it wants now."""
    take_back(session, order, by=by, at=at)
    if order.state in (OrderState.ACCEPTED, OrderState.IN_FULFILLMENT):
        fulfil(session, [order.id], by=by, at=at)


def take_back(session: Session, order: Order, *, by: int, at: datetime) -> None:
    """End the order's fulfillment orders that nobody began with; the order itself stays as it is."""
    untouched = [fo for fo in live_fos(session, order.id) if FoState(fo.state) in NOT_BEGUN]
    if not untouched:
        return
    numbers = [fo.id for fo in untouched]
    kept = session.scalars(
        select(Allocation.id)
        .join(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .join(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .where(FoLine.fo_id.in_(numbers), Allocation.state == Hardness.HARD)
    ).all()
    if kept:
        stock.release(session, kept, by=by, at=at)
    for line in session.scalars(
        select(FoLine).where(FoLine.fo_id.in_(numbers)).execution_options(populate_existing=True)
    ):
        line.allocated = 0
    for fo in untouched:
        transition(fo, FO, FoVerb.CANCEL)
        announce(session, FulfillmentCancelled(fo.id, order.id), by=by, at=at)
    session.flush()
