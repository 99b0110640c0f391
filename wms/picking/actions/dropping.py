"""The end of a trip: its totes stand in a place, and its orders are picked as far as they could be."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.bins.tables import Location
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import FoState
from wms.picking.actions.rows import live_bindings, live_tasks
from wms.picking.actions.stopping import stop
from wms.picking.actions.unbinding import state_of, unbind
from wms.picking.events import RunEnded
from wms.picking.lifecycle import RUN, RunState, RunVerb
from wms.picking.tables import PickRun, PickTask
from wms.waves import actions as waves

LIVE_RUNS = (RunState.QUEUED.value, RunState.ASSIGNED.value)


class StillToPick(Refusal):
    """The trip has tasks left."""

    sentence = "picking.still_to_pick"


class TotesInHand(Refusal):
    """Totes with goods must stand somewhere."""

    sentence = "picking.totes_in_hand"


def drop(
    session: Session, run: PickRun, *, place_id: int | None, by: int, at: datetime
) -> list[str]:
    """Put the totes down and end the trip; returns the orders that stopped meanwhile. None: no tote holds anything.

    Raises StillToPick, TotesInHand, NoSuchLocation.
    """
    if left := live_tasks(session, run_id=run.id):
        raise StillToPick(n=len(left))
    stopped = _settle_orders(session, run, by=by, at=at)
    for binding in live_bindings(session, run.id):
        _put_down(session, binding.tote_id, place_id, by=by, at=at)
        unbind_if_empty = state_of(session, binding.tote_id) is LpnState.BOUND
        if unbind_if_empty:
            unbind(session, binding, by=by, at=at)
    transition(run, RUN, RunVerb.COMPLETE)
    run.ended_at, run.lease_until = at, None
    session.flush()
    announce(session, RunEnded(run.id, run.state, place_id), by=by, at=at)
    end_wave_if_done(session, run.wave_id, by=by, at=at)
    return stopped


def end_wave_if_done(session: Session, wave_id: int, *, by: int, at: datetime) -> None:
    """Tell the wave when none of its trips is left."""
    left = select(PickRun.id).where(PickRun.wave_id == wave_id, PickRun.state.in_(LIVE_RUNS))
    if session.scalar(left.limit(1)) is None:
        waves.all_picked(session, wave_id=wave_id, by=by, at=at)


def resolve(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Let a fulfillment order go on of which nothing is left to pick on any trip."""
    if not live_tasks(session, fo_id=fo_id):
        orders.resolve(session, fo_id, by=by, at=at)


def _settle_orders(session: Session, run: PickRun, *, by: int, at: datetime) -> list[str]:
    stopped = []
    numbers = session.scalars(
        select(PickTask.fo_id).where(PickTask.run_id == run.id).distinct().order_by(PickTask.fo_id)
    ).all()
    for fo_id in numbers:
        gate = orders.gate(session, fo_id)
        if gate.stop and gate.state not in _OVER:
            stop(session, fo_id, by=by, at=at)
            stopped.append(gate.number)
        elif not gate.stop and gate.state in _WITH_US:
            resolve(session, fo_id, by=by, at=at)
    return stopped


_WITH_US = (FoState.RELEASED, FoState.PICKING)
_OVER = (FoState.CANCELLED, FoState.SHIPPED)


def _put_down(
    session: Session, tote_id: int, place_id: int | None, *, by: int, at: datetime
) -> None:
    state = state_of(session, tote_id)
    if state is LpnState.BOUND:
        return
    if place_id is None:
        raise TotesInHand
    if state is LpnState.FILLING:
        bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.SEAL, by=by, at=at)
    if session.get_one(Location, tote_id).parent_id != place_id:
        bins.move_lpn(session, lpn_id=tote_id, to_id=place_id, by=by, at=at)
