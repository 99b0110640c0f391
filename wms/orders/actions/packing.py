"""Counting what was packed and what left, as the packers say it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.following import follow
from wms.orders.actions.gating import hold_fo, hold_fo_of_line
from wms.orders.actions.locking import hold_order
from wms.orders.actions.picks import NotSoMany
from wms.orders.actions.releasing import involve, let_go
from wms.orders.actions.revoking import see_that_none_left
from wms.orders.actions.works import move_state
from wms.orders.events import FulfillmentPacked, FulfillmentShipped, OrderStateFollowed
from wms.orders.lifecycle import ORDER, FoState, FoVerb, OrderState, OrderVerb
from wms.orders.tables import FoLine

PACKING = "packing"
"""The party that packs."""

_UNDER_WAY = (FoState.PACKING, FoState.REVOKING)
"""When units may come out of a box again."""

_PACKED = Prepared(
    text("""
    UPDATE fo_line SET packed = packed + :units
    WHERE id = :id AND packed + :units <= picked AND packed + :units >= shipped
    """)
)
_SHIPPED = Prepared(
    text(
        "UPDATE fo_line SET shipped = shipped + :units WHERE id = :id AND shipped + :units <= packed"
    )
)


class NotAllPacked(Refusal):
    """Units of the fulfillment order are in no box yet."""

    sentence = "orders.not_all_packed"


class NotPackedNow(Refusal):
    """Nobody packs the fulfillment order at this moment."""

    sentence = "orders.not_packed_now"


class StillBeingPacked(Refusal):
    """Some of the fulfillment order is not packed yet: what is leaves with it."""

    sentence = "orders.still_being_packed"


def start_pack(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that its first box is opened; from now on packing has it in hand. Raises NotNow where it is not picked."""
    del by
    held = hold_fo(session, fo_id)
    after = move_state(session, fo_id, held.state, FoVerb.START_PACK)
    involve(session, fo_id, PACKING, at=at)
    return after


def undo_start(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Take back that packing began: no box of it is left. Raises NotNow, NotSoMany where units are packed."""
    del by, at  # nothing moved
    held = hold_fo(session, fo_id)
    if in_boxes := sum(line.packed for line in lines_of(session, fo_id)):
        raise NotSoMany(quantity=in_boxes)
    after = move_state(session, fo_id, held.state, FoVerb.UNDO_PACKING)
    let_go(session, fo_id, PACKING)
    return after


def packed(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> None:
    """Count units as packed. The move into the box is posted by the caller. Raises NotPackedNow, NotSoMany."""
    del by, at  # the ledger's move is the fact
    held = hold_fo_of_line(session, fo_line_id)
    if held.state is not FoState.PACKING:
        raise NotPackedNow(fo=held.number, state=held.state.value)
    count(session, _PACKED, fo_line_id, quantity)


def unpacked(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> None:
    """Count units as not packed any more; also of what is being taken back. Raises NotPackedNow, NotSoMany."""
    del by, at  # the ledger's move is the fact
    held = hold_fo_of_line(session, fo_line_id)
    if held.state not in _UNDER_WAY:
        raise NotPackedNow(fo=held.number, state=held.state.value)
    count(session, _PACKED, fo_line_id, -quantity)


def all_packed(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that each unit is in a box that was closed and weighed. Raises NotNow, NotAllPacked."""
    held = hold_fo(session, fo_id)
    left = sum(line.picked - line.packed for line in lines_of(session, fo_id))
    if left:
        raise NotAllPacked(fo=held.number, n=left)
    after = move_state(session, fo_id, held.state, FoVerb.ALL_PACKAGES_CLOSED)
    announce(session, FulfillmentPacked(fo_id, held.order_id), by=by, at=at)
    return after


def reopen_packing(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that a box of a packed fulfillment order is open again. Raises NotNow, PartlyGone."""
    del by, at  # the box that is opened is the fact
    held = hold_fo(session, fo_id)
    see_that_none_left(session, held)
    return move_state(session, fo_id, held.state, FoVerb.REOPEN)


def shipped(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> None:
    """Count units as gone with a box; from then on the fulfillment order cannot be revoked.

    Raises StillBeingPacked where not all of it is packed, NotPackedNow, NotSoMany.
    """
    del by, at  # the ledger's move is the fact
    held = hold_fo_of_line(session, fo_line_id)
    if held.state is FoState.PACKING:
        raise StillBeingPacked(fo=held.number)
    if held.state is not FoState.PACKED:
        raise NotPackedNow(fo=held.number, state=held.state.value)
    count(session, _SHIPPED, fo_line_id, quantity)


def hand_over(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Note that its last box left the house. Raises NotNow, NotAllPacked where units did not leave."""
    held = hold_fo(session, fo_id)
    left = sum(line.picked - line.shipped for line in lines_of(session, fo_id))
    if left:
        raise NotAllPacked(fo=held.number, n=left)
    after = move_state(session, fo_id, held.state, FoVerb.HAND_OVER)
    announce(session, FulfillmentShipped(fo_id, held.order_id), by=by, at=at)
    follow(session, held.order_id, by=by, at=at)
    return after


def delivered(session: Session, order_id: int, *, by: int, at: datetime) -> OrderState:
    """Note that every parcel of an order arrived; one that is not shipped whole stays as it is."""
    order = hold_order(session, order_id)
    if order.state != OrderState.SHIPPED:
        return OrderState(order.state)
    after = transition(order, ORDER, OrderVerb.DELIVER)
    session.flush()
    announce(session, OrderStateFollowed(order_id, after.value), by=by, at=at)
    return after


def lines_of(session: Session, fo_id: int) -> Sequence[FoLine]:
    """Return the lines of a fulfillment order, whose row is locked, as they are now."""
    session.flush()
    query = select(FoLine).where(FoLine.fo_id == fo_id).order_by(FoLine.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def count(session: Session, statement: Prepared, fo_line_id: int, units: int) -> None:
    """Count units of a line; raises NotSoMany where the counters would not hold together."""
    if statement.run(session, {"id": fo_line_id, "units": units}) != 1:
        raise NotSoMany(quantity=abs(units))
