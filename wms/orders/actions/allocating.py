"""Stock for fulfillment orders that wait for it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.orders.actions.sharing import share_out, tell
from wms.orders.actions.works import (
    Work,
    held_works,
    keep_promises,
    name,
    next_part,
    write_lines,
    write_new,
    write_state,
)
from wms.orders.lifecycle import FoState, FoVerb

WAITING = frozenset({FoState.OPEN, FoState.BACKORDERED})
"""Nothing is promised to it yet."""

_GOT = Prepared(text("UPDATE fo_line SET allocated = :units, ordered = :ordered WHERE id = :id"))
_GOES_OVER = Prepared(text("UPDATE fo_line SET fo_id = :fo_id WHERE id = :id"))


def allocate(
    session: Session, fo_ids: Collection[int], *, by: int, at: datetime
) -> dict[int, FoState]:
    """Promise stock to fulfillment orders that wait for it; returns the state of each. The others are left alone."""
    held = held_works(session, fo_ids)
    was = {work.id: work.state for work in held}
    waiting = [work for work in held if work.state in WAITING and work.lines]
    for work in waiting:
        if work.state is FoState.BACKORDERED:
            work.goes(FoVerb.STOCK_ARRIVED)
    if waiting:
        rests = share_out(session, waiting, by=by, at=at)
        _write_down(session, waiting, was)
        split_off(session, rests, at=at)
        changed = [work for work in waiting if work.state is not was[work.id]]
        tell(session, [*changed, *rests], by=by, at=at)
    return {work.id: work.state for work in held}


def split_off(session: Session, rests: Sequence[Work], *, at: datetime) -> None:
    """Write parts down that were split off written ones; lines that have a number already go over to them."""
    for rest in rests:
        rest.part = next_part(session, rest.order_id)
        name(session, [rest])
        fresh, over = (
            [line for line in rest.lines if not line.id],
            [line for line in rest.lines if line.id],
        )
        rest.lines = []
        write_new(session, [rest], at=at)
        write_lines(session, [(rest, line) for line in fresh])
        if over:
            _GOES_OVER.run_many(session, [{"id": line.id, "fo_id": rest.id} for line in over])
        rest.lines = [*over, *fresh]


def _write_down(session: Session, works: Sequence[Work], was: dict[int, FoState]) -> None:
    lines = [line for work in works for line in work.lines if line.promises]
    if lines:
        _GOT.run_many(
            session,
            [{"id": one.id, "units": one.promised, "ordered": one.ordered} for one in lines],
        )
    keep_promises(session, ((line.id, promise) for line in lines for promise in line.promises))
    for work in works:
        if work.state is not was[work.id]:
            write_state(session, work.id, was[work.id], work.state)
