"""Taking fulfillment orders back: at once what nobody began, the rest when each party has let go of it."""

from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.following import follow
from wms.orders.actions.gating import GONE, hold_fo
from wms.orders.actions.works import move_state
from wms.orders.events import FulfillmentCancelled, FulfillmentRevoked, FulfillmentSettled
from wms.orders.gate import Gate
from wms.orders.lifecycle import FO, FoState, FoVerb
from wms.orders.tables import FoLine, Involvement, LineAllocation
from wms.stock import actions as stock
from wms.stock.queries import AllocationState
from wms.stock.tables import Allocation

_NOT_PROMISED = Prepared(text("UPDATE fo_line SET allocated = 0 WHERE fo_id = :fo_id"))
_SETTLE = Prepared(
    text("""
    UPDATE involvement SET settled_at = :at WHERE fo_id = :fo_id AND party = :party AND settled_at IS NULL
    """).bindparams(bindparam("at", type_=Involvement.since.type))
)
_OPEN = Prepared(
    text("SELECT count(*) FROM involvement WHERE fo_id = :fo_id AND settled_at IS NULL")
)
_GONE_UNITS = Prepared(text("SELECT coalesce(sum(shipped), 0) FROM fo_line WHERE fo_id = :fo_id"))


class PartlyGone(Refusal):
    """A part of the fulfillment order left the house already."""

    sentence = "orders.partly_gone"


def revoke(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Take a fulfillment order back; returns its state. What was revoked before stays as it is.

    Its open promises end in this transaction, and the floor's next scan is red. Raises NoSuchFo, PartlyGone or
    NotNow where it left the house.
    """
    held = hold_fo(session, fo_id)
    if held.state in GONE:
        return held.state
    see_that_none_left(session, held)
    is_begun = FoVerb.REVOKE in FO.may(held.state)
    after = move_state(session, fo_id, held.state, FoVerb.REVOKE if is_begun else FoVerb.CANCEL)
    end_promises(session, fo_id, by=by, at=at)
    if is_begun:
        announce(session, FulfillmentRevoked(fo_id, held.order_id), by=by, at=at)
        return _close_if_settled(session, held, by=by, at=at)
    announce(session, FulfillmentCancelled(fo_id, held.order_id), by=by, at=at)
    follow(session, held.order_id, by=by, at=at)
    return after


def settle(session: Session, fo_id: int, *, party: str, by: int, at: datetime) -> FoState:
    """Say that a party has nothing of it in hand any more; the last one ends what was revoked. Can be said twice."""
    held = hold_fo(session, fo_id)
    if _SETTLE.run(session, {"fo_id": fo_id, "party": party, "at": at}):
        announce(session, FulfillmentSettled(fo_id, held.order_id, party), by=by, at=at)
    if held.state is not FoState.REVOKING:
        return held.state
    return _close_if_settled(session, held, by=by, at=at)


def see_that_none_left(session: Session, held: Gate) -> None:
    """Raise PartlyGone where a box of a fulfillment order, whose row is locked, left while others wait."""
    left = _GONE_UNITS.first(session, {"fo_id": held.fo_id})
    if held.state is not FoState.SHIPPED and left and left[0]:
        raise PartlyGone(fo=held.number, n=int(left[0]))


def end_promises(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Give back what is promised to a fulfillment order whose row is locked."""
    kept = session.scalars(
        select(Allocation.id)
        .join(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .join(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .where(FoLine.fo_id == fo_id, Allocation.state == AllocationState.HARD)
    ).all()
    if kept:
        stock.release(session, kept, by=by, at=at)
    _NOT_PROMISED.run(session, {"fo_id": fo_id})


def _close_if_settled(session: Session, held: Gate, *, by: int, at: datetime) -> FoState:
    still = _OPEN.first(session, {"fo_id": held.fo_id})
    if still and still[0]:
        return FoState.REVOKING
    after = move_state(session, held.fo_id, FoState.REVOKING, FoVerb.SETTLE)
    announce(session, FulfillmentCancelled(held.fo_id, held.order_id), by=by, at=at)
    follow(session, held.order_id, by=by, at=at)
    return after
