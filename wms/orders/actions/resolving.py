"""The walk is over for a fulfillment order: it is picked, waits for what was short, or goes on without it."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.orders.actions.allocating import split_off
from wms.orders.actions.following import follow
from wms.orders.actions.gating import hold_fo
from wms.orders.actions.releasing import PICKING, let_go
from wms.orders.actions.sharing import tell
from wms.orders.actions.shorts import ON_A_WALK
from wms.orders.actions.works import Work, WorkLine, held_works, move_state
from wms.orders.events import FulfillmentAwaitsStock, FulfillmentPicked, FulfillmentSplit
from wms.orders.lifecycle import FoState, FoVerb
from wms.orders.tables import FoLine

_FORGET_SHORTS = Prepared(text("UPDATE fo_line SET short = 0 WHERE fo_id = :fo_id"))
_ALL_OVER = Prepared(text("UPDATE fo_line SET short = 0 WHERE id = :id"))
_LESS = Prepared(text("UPDATE fo_line SET ordered = ordered - short, short = 0 WHERE id = :id"))


def resolve(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Say that no task is open any more; returns where that leads. Nothing happens while a unit is still promised.

    All short: it waits whole for new goods. Some short: where the channel ships partly, the rest becomes a part of its
    own; else what was picked waits for it.
    """
    held = hold_fo(session, fo_id)
    lines = session.execute(
        select(FoLine.allocated, FoLine.picked, FoLine.short).where(FoLine.fo_id == fo_id)
    ).all()
    if held.state not in ON_A_WALK or any(line.allocated for line in lines):
        return held.state
    if not any(line.picked for line in lines):
        return _wait_whole(session, fo_id, held.state, by=by, at=at)
    state = move_state(session, fo_id, held.state, FoVerb.ALL_LINES_RESOLVED)
    if not any(line.short for line in lines):
        announce(session, FulfillmentPicked(fo_id, held.order_id), by=by, at=at)
        return state
    [work] = held_works(session, [fo_id])
    if work.ships_partly:
        return _go_without(session, work, FoVerb.SHORT_SPLIT, by=by, at=at)
    announce(session, FulfillmentAwaitsStock(fo_id, held.order_id), by=by, at=at)
    return move_state(session, fo_id, state, FoVerb.SHORT_WAIT)


def ship_partial(session: Session, fo_id: int, *, by: int, at: datetime) -> FoState:
    """Let what is picked go on, and the rest become a part of its own. Raises NotNow where it does not wait."""
    hold_fo(session, fo_id)
    [work] = held_works(session, [fo_id])
    return _go_without(session, work, FoVerb.SHIP_PARTIAL, by=by, at=at)


def _wait_whole(session: Session, fo_id: int, state: FoState, *, by: int, at: datetime) -> FoState:
    after = move_state(session, fo_id, state, FoVerb.ALL_SHORT)
    _FORGET_SHORTS.run(session, {"fo_id": fo_id})
    let_go(session, fo_id, PICKING)
    [work] = held_works(session, [fo_id])
    tell(session, [work], by=by, at=at)
    follow(session, work.order_id, by=by, at=at)
    return after


def _go_without(session: Session, work: Work, verb: FoVerb, *, by: int, at: datetime) -> FoState:
    after = move_state(session, work.id, work.state, verb)
    rest = _rest(session, work)
    split_off(session, [rest], at=at)
    units = sum(line.ordered for line in rest.lines)
    fact = FulfillmentSplit(work.id, work.order_id, rest.id, units)
    announce(session, fact, by=by, at=at)
    tell(session, [rest], by=by, at=at)
    announce(session, FulfillmentPicked(work.id, work.order_id), by=by, at=at)
    return after


def _rest(session: Session, work: Work) -> Work:
    """Take the short units off a fulfillment order; returns the part that wants them."""
    rows = session.execute(
        select(FoLine.id, FoLine.order_line_id, FoLine.item_id, FoLine.ordered, FoLine.short)
        .where(FoLine.fo_id == work.id, FoLine.short > 0)
        .order_by(FoLine.id)
    ).all()
    wants = []
    for row in rows:
        is_whole = row.short == row.ordered
        wants.append(WorkLine(row.order_line_id, row.item_id, row.short, row.id if is_whole else 0))
        (_ALL_OVER if is_whole else _LESS).run(session, {"id": row.id})
    rest = work.rest(wants)
    rest.goes(FoVerb.NO_STOCK)
    return rest
