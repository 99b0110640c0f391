"""Fulfillment orders become work for the floor, and stop being it while nobody began."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.following import follow
from wms.orders.actions.gating import held_back, hold_fos
from wms.orders.actions.works import move_state
from wms.orders.events import FulfillmentReleased, FulfillmentUnreleased
from wms.orders.holds import Step
from wms.orders.lifecycle import FO, FoVerb
from wms.orders.tables import Involvement, Order

PICKING = "picking"
"""The party that picks."""

LABELLING = "shipping"
"""The party that has labels in hand."""

_INVOLVE = Prepared(
    text("""
    INSERT INTO involvement (fo_id, party, since) VALUES (:fo_id, :party, :at)
    ON CONFLICT (fo_id, party) DO UPDATE SET settled_at = NULL, since = excluded.since
    """).bindparams(bindparam("at", type_=Involvement.since.type))
)
_LET_GO = Prepared(text("DELETE FROM involvement WHERE fo_id = :fo_id AND party = :party"))


class NotReleasable(Refusal):
    """A fulfillment order cannot go to the floor: it is not promised whole, or a hold forbids it."""

    sentence = "orders.not_releasable"


class HeldBack(NotReleasable):
    """A hold forbids it."""

    sentence = "orders.held_back"


def release(session: Session, fo_ids: Collection[int], *, by: int, at: datetime) -> None:
    """Give allocated fulfillment orders to the floor, all or none. Raises NoSuchFo, NotReleasable and HeldBack."""
    held = hold_fos(session, fo_ids)
    for one in held:
        if FoVerb.RELEASE not in FO.may(one.state):
            raise NotReleasable(fo=one.number, state=one.state.value)
        if hold := held_back(session, one.order_id, Step.RELEASE):
            number = session.scalar(select(Order.number).where(Order.id == one.order_id))
            raise HeldBack(fo=one.number, order=number, hold=hold[1], hold_id=hold[0])
    for one in held:
        move_state(session, one.fo_id, one.state, FoVerb.RELEASE)
        involve(session, one.fo_id, PICKING, at=at)
        announce(session, FulfillmentReleased(one.fo_id, one.order_id), by=by, at=at)
    for order_id in sorted({one.order_id for one in held}):
        follow(session, order_id, by=by, at=at)


def unrelease(session: Session, fo_ids: Collection[int], *, by: int, at: datetime) -> None:
    """Take released fulfillment orders back from the floor, which has begun none of them. Raises NotNow."""
    held = hold_fos(session, fo_ids)
    for one in held:
        move_state(session, one.fo_id, one.state, FoVerb.UNRELEASE)
        let_go(session, one.fo_id, PICKING)
        announce(session, FulfillmentUnreleased(one.fo_id, one.order_id), by=by, at=at)
    for order_id in sorted({one.order_id for one in held}):
        follow(session, order_id, by=by, at=at)


def let_go(session: Session, fo_id: int, party: str) -> None:
    """Note that a party has nothing to do with it any more."""
    _LET_GO.run(session, {"fo_id": fo_id, "party": party})


def involve(session: Session, fo_id: int, party: str, *, at: datetime) -> None:
    """Note that a party has something of it in hand: what is revoked waits until that party has let go."""
    _INVOLVE.run(session, {"fo_id": fo_id, "party": party, "at": at})
