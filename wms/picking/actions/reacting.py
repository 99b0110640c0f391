"""What picking does about facts of others; `wiring` lists them. Each may be told twice."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.moving.actions import Kind
from wms.moving.events import MoveTaskEnded
from wms.orders.events import FulfillmentRevoked, HoldClosed, HoldOpened
from wms.orders.gate import FoState
from wms.orders.tables import FulfillmentOrder
from wms.picking.actions.going_on import go_on
from wms.picking.actions.stopping import let_go, stop


def stop_cancelled(session: Session, fact: FulfillmentRevoked, by: int, at: datetime) -> None:
    """Take a cancelled fulfillment order off all trips; what was picked is put back."""
    stop(session, fact.fo_id, by=by, at=at)


def stop_held(session: Session, fact: HoldOpened, by: int, at: datetime) -> None:
    """Take an order off all trips that may not be picked now."""
    for fo_id in _with_us(session, fact.order_id):
        stop(session, fo_id, by=by, at=at)


def pick_the_rest(session: Session, fact: HoldClosed, by: int, at: datetime) -> None:
    """Pick what a lifted hold left to pick."""
    for fo_id in _with_us(session, fact.order_id):
        go_on(session, fo_id, by=by, at=at)


def settle_when_back(session: Session, fact: MoveTaskEnded, by: int, at: datetime) -> None:
    """Let go of a cancelled fulfillment order when the last of it is back in its bin."""
    if fact.kind == Kind.PUT_BACK and fact.fo_id is not None:
        let_go(session, fact.fo_id, by=by, at=at)


def _with_us(session: Session, order_id: int) -> list[int]:
    states = (FoState.RELEASED.value, FoState.PICKING.value)
    query = select(FulfillmentOrder.id).where(
        FulfillmentOrder.order_id == order_id, FulfillmentOrder.state.in_(states)
    )
    return list(session.scalars(query.order_by(FulfillmentOrder.id)))
