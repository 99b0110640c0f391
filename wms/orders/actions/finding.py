"""Units that were missing when they were to be packed, and are found after all: nobody waits for others any more."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.orders.actions.allocating import WAITING
from wms.orders.actions.following import follow
from wms.orders.actions.gating import hold_fo
from wms.orders.actions.missing import Missed
from wms.orders.actions.packing import NotPackedNow, count, lines_of
from wms.orders.actions.picks import NotSoMany
from wms.orders.actions.releasing import PICKING, involve
from wms.orders.actions.revoking import end_promises, revoke, see_that_none_left
from wms.orders.actions.works import WorkLine, held_works, move_state, write_lines
from wms.orders.events import FulfillmentPicked
from wms.orders.gate import Gate
from wms.orders.lifecycle import FoState, FoVerb
from wms.orders.tables import FoLine

_FOUND = Prepared(
    text("""
    UPDATE fo_line SET picked = picked + :units, missing = missing - :units
    WHERE id = :id AND missing - :units >= 0 AND allocated + picked + :units + short <= ordered
    """)
)
_MORE = Prepared(text("UPDATE fo_line SET ordered = ordered + :units WHERE id = :id"))
_SHORT = Prepared(
    text("UPDATE fo_line SET short = short + :units WHERE id = :id AND short + :units >= 0")
)
_COMES_BACK = Prepared(text("UPDATE fo_line SET fo_id = :fo_id WHERE id = :id"))

_AT_THE_BENCH = frozenset({FoState.PICKED, FoState.PACKING, FoState.PACKED})
_NOBODY_BEGAN = WAITING | {FoState.ALLOCATED}


def found_at_packing(
    session: Session,
    *,
    fo_id: int,
    fo_line_id: int,
    quantity: int,
    missed: Missed,
    by: int,
    at: datetime,
) -> FoState:
    """Take back that units are missing: they count as picked again, and what waits for others is given up.

    The caller books them back into the tote. Returns where that leads. Raises NotPackedNow or NotSoMany where the
    order went on since, PartlyGone where a box of it left.
    """
    held = hold_fo(session, fo_id)
    if missed.rest_id is not None:
        state = _join(session, held, missed.rest_id, fo_line_id, quantity, by=by, at=at)
    elif missed.state is FoState.BACKORDERED:
        state = _wait_no_more(session, held, missed, by=by, at=at)
    else:
        state = _lack_less(session, held, fo_line_id, quantity)
    count(session, _FOUND, fo_line_id, quantity)
    follow(session, held.order_id, by=by, at=at)
    return state


def _join(
    session: Session,
    held: Gate,
    rest_id: int,
    fo_line_id: int,
    quantity: int,
    *,
    by: int,
    at: datetime,
) -> FoState:
    """Let the part that waits want nothing any more, as long as nobody began with it."""
    if held.state not in _AT_THE_BENCH:
        raise NotPackedNow(fo=held.number, state=held.state.value)
    see_that_none_left(session, held)
    rest = hold_fo(session, rest_id)
    if rest.state not in _NOBODY_BEGAN:
        raise NotPackedNow(fo=rest.number, state=rest.state.value)
    [wanted, *others] = lines_of(session, rest_id)
    if others or wanted.ordered != quantity:
        raise NotSoMany(quantity=quantity)
    revoke(session, rest_id, by=by, at=at)
    if wanted.id == fo_line_id:
        _come_back(session, held, rest_id, wanted)
    else:
        _MORE.run(session, {"id": fo_line_id, "units": quantity})
    if held.state is FoState.PACKED:
        return move_state(session, held.fo_id, held.state, FoVerb.REOPEN)
    return held.state


def _come_back(session: Session, held: Gate, rest_id: int, line: FoLine) -> None:
    """Let a line that went over be one of its own part again; the part that is cancelled keeps what it wanted."""
    [rest] = held_works(session, [rest_id])
    write_lines(session, [(rest, WorkLine(line.order_line_id, line.item_id, line.ordered))])
    _COMES_BACK.run(session, {"id": line.id, "fo_id": held.fo_id})


def _wait_no_more(
    session: Session, held: Gate, missed: Missed, *, by: int, at: datetime
) -> FoState:
    """Let what waited whole for others be picked again, or wait for what it lacked before."""
    state = held.state
    if state not in _NOBODY_BEGAN:
        raise NotPackedNow(fo=held.number, state=state.value)
    if state is FoState.ALLOCATED:
        state = move_state(session, held.fo_id, state, FoVerb.DEALLOCATE)
        end_promises(session, held.fo_id, by=by, at=at)
    involve(session, held.fo_id, PICKING, at=at)
    for line_id, units in missed.shorts.items():
        count(session, _SHORT, line_id, units)
    state = move_state(session, held.fo_id, state, FoVerb.FOUND_AGAIN)
    if missed.was is FoState.AWAITING_STOCK:
        return move_state(session, held.fo_id, state, FoVerb.SHORT_WAIT)
    announce(session, FulfillmentPicked(held.fo_id, held.order_id), by=by, at=at)
    return state


def _lack_less(session: Session, held: Gate, fo_line_id: int, quantity: int) -> FoState:
    """Let what waits for missing units wait for fewer; what lacks nothing is picked."""
    if held.state is not FoState.AWAITING_STOCK:
        raise NotPackedNow(fo=held.number, state=held.state.value)
    count(session, _SHORT, fo_line_id, -quantity)
    if any(line.short for line in lines_of(session, held.fo_id)):
        return held.state
    return move_state(session, held.fo_id, held.state, FoVerb.LATE_PICK_DONE)
