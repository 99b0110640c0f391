"""Orders that somebody takes out of the pickers' hands: cancelled ones go back to their bins, held ones wait."""

from collections import Counter
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.moving import actions as moving
from wms.moving.tables import MoveTask
from wms.orders import actions as orders
from wms.orders.gate import FoState, Gate, StopKind
from wms.picking.actions.origins import origins_of
from wms.picking.actions.rows import held_runs, live_tasks
from wms.picking.actions.unbinding import state_of, unbind, units_in
from wms.picking.events import PickingStopped, RunEnded
from wms.picking.lifecycle import RUN, TASK, RunState, RunVerb, TaskVerb
from wms.picking.queries import in_totes_of, totes_of_fo
from wms.picking.tables import PickRun, PickTask, ToteBinding

PARTY = "picking"
"""As which `orders` knows us: what is revoked waits until each party has let go."""

Pile = tuple[int, int, int, int, int]
"""Tote, bin, item, lot, serial."""


def stop(session: Session, fo_id: int, *, by: int, at: datetime) -> Gate:
    """Take a stopped fulfillment order out of every trip; one that may go on is left alone. Done twice, done once.

    What was picked of a cancelled one is to be put back, out of the totes it lies in. The totes of a held one are put
    aside until the hold is lifted.
    """
    runs = hold_trips(session, fo_id)
    gate = orders.gate(session, fo_id)
    if gate.stop is None:
        return gate
    tasks = live_tasks(session, fo_id=fo_id)
    for task in tasks:
        _take_off(task, at)
    session.flush()
    _park(session, fo_id, by=by, at=at)
    back = 0
    if gate.stop.kind is StopKind.CANCELLED:
        back = _put_back(session, gate, by=by, at=at)
    if tasks or back:
        fact = PickingStopped(fo_id, gate.stop.kind.value, back)
        announce(session, fact, by=by, at=at)
    for run in runs:
        _end_if_nothing_left(session, run, by=by, at=at)
    return gate


def let_go(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Settle a revoked fulfillment order when all its goods are back, and free the totes they were in."""
    under_way = select(MoveTask.id).where(*_put_backs(fo_id), MoveTask.ended_at.is_(None))
    if session.scalar(under_way.limit(1)) is not None:
        return
    for binding in _totes_of(session, fo_id):
        if state_of(session, binding.tote_id) in {LpnState.PROBLEM, LpnState.STAGED}:
            unbind(session, binding, by=by, at=at)
    if orders.gate(session, fo_id).state is FoState.REVOKING:
        orders.settle(session, fo_id, party=PARTY, by=by, at=at)


def hold_trips(session: Session, fo_id: int) -> list[PickRun]:
    """Return the trips that an order is on and that are not over, under lock; taken before the order itself."""
    numbers = session.scalars(
        select(PickTask.run_id).where(PickTask.fo_id == fo_id).distinct()
    ).all()
    over = {state.value for state in RUN.ends}
    return [run for run in held_runs(session, numbers) if run.state not in over]


def _take_off(task: PickTask, at: datetime) -> None:
    """End a task with what was picked of it."""
    if task.picked:
        task.asked = task.picked
        transition(task, TASK, TaskVerb.CUT)
    else:
        transition(task, TASK, TaskVerb.CANCEL)
    task.ended_at = at


def _park(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Put the order's own totes aside; empty ones are free at once."""
    for binding in totes_of_fo(session, fo_id):
        state = state_of(session, binding.tote_id)
        if state is LpnState.BOUND:
            unbind(session, binding, by=by, at=at)
        elif state in {LpnState.FILLING, LpnState.STAGED}:
            bins.use_lpn(session, lpn_id=binding.tote_id, verb=LpnVerb.PROBLEM, by=by, at=at)
        elif state is LpnState.UNPACKING and units_in(session, binding.tote_id):
            bins.use_lpn(session, lpn_id=binding.tote_id, verb=LpnVerb.LEFTOVER, by=by, at=at)


def _put_back(session: Session, gate: Gate, *, by: int, at: datetime) -> int:
    """Ask for what lies in totes and nobody asked for yet to be put back where it came from; returns how many units."""
    piles = _left_in_totes(session, gate)
    for (tote_id, source_id, item_id, lot_id, serial_id), units in sorted(piles.items()):
        moving.ask(
            session,
            kind=moving.Kind.PUT_BACK,
            source_id=tote_id,
            item_id=item_id,
            lot_id=lot_id,
            serial_id=serial_id,
            quantity=units,
            target_id=source_id,
            why=moving.Why.CANCELLED,
            reference=gate.number,
            fo_id=gate.fo_id,
            by=by,
            at=at,
        )
    if not piles:
        let_go(session, gate.fo_id, by=by, at=at)
    return sum(piles.values())


def _left_in_totes(session: Session, gate: Gate) -> Counter[Pile]:
    """Return what lies in which tote that nobody was asked to put back, and a bin that such units came from."""
    asked = _asked_back(session, gate.fo_id)
    origins = origins_of(session, gate.fo_id)
    piles: Counter[Pile] = Counter()
    for tote_id, held in in_totes_of(session, gate.number).items():
        for thing, units in held.items():
            left = units - asked[tote_id, *thing]
            for source_id, some in origins.share(thing, left):
                piles[tote_id, source_id, *thing] += some
    return piles


def _asked_back(session: Session, fo_id: int) -> Counter[tuple[int, int, int, int]]:
    """Return how many units somebody was asked to take out of which tote, and did not take."""
    asked: Counter[tuple[int, int, int, int]] = Counter()
    for task in session.scalars(select(MoveTask).where(*_put_backs(fo_id))):
        still = task.asked - max(task.lifted, task.moved)
        asked[task.source_id, task.item_id, task.lot_id, task.serial_id] += still
    return asked


def _put_backs(fo_id: int) -> tuple[ColumnElement[bool], ...]:
    return (MoveTask.fo_id == fo_id, MoveTask.kind == moving.Kind.PUT_BACK.value)


def _totes_of(session: Session, fo_id: int) -> list[ToteBinding]:
    """Return the bound totes that units of the order went into, its own and shared ones."""
    went_into = origins_of(session, fo_id).totes
    query = select(ToteBinding).where(
        ToteBinding.ended_at.is_(None),
        (ToteBinding.fo_id == fo_id) | ToteBinding.tote_id.in_(went_into),
    )
    return list(session.scalars(query.order_by(ToteBinding.id)))


def _end_if_nothing_left(session: Session, run: PickRun, *, by: int, at: datetime) -> None:
    """Cancel a trip that nobody walks and that has neither tasks nor totes left."""
    bound = select(ToteBinding.id).where(
        ToteBinding.run_id == run.id, ToteBinding.ended_at.is_(None)
    )
    if run.state != RunState.QUEUED or live_tasks(session, run_id=run.id):
        return
    if session.scalar(bound.limit(1)) is not None:
        return
    transition(run, RUN, RunVerb.CANCEL)
    run.ended_at = at
    session.flush()
    announce(session, RunEnded(run.id, run.state, None), by=by, at=at)
