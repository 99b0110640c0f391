"""A wave goes to the floor, and comes back from it while nobody has begun."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.kernel.versions import same_version
from wms.orders import actions as orders
from wms.picking.actions.making import NewRun, make_run
from wms.picking.actions.rows import held_runs, live_bindings, live_tasks
from wms.picking.actions.unbinding import unbind
from wms.picking.events import RunEnded
from wms.picking.lifecycle import RUN, TASK, RunState, RunVerb, TaskVerb
from wms.picking.tables import PickRun, PickTask
from wms.waves import actions as waves
from wms.waves import queries as wave_queries


class PickingBegan(Refusal):
    """Somebody has picked something of the wave already."""

    sentence = "picking.began"


def release(
    session: Session, *, wave_id: int, expected: int | None = None, by: int, at: datetime
) -> list[int]:
    """Make trips of a wave's plan; returns them. Raises UnknownWave, Stale, NothingToPlan, NotNow, NotReleasable.

    The plan is laid out anew where anything changed since; orders that a hold forbids are named and refused.
    """
    same_version(wave_queries.wave(session, wave_id), expected)
    plan = waves.begin_release(session, wave_id=wave_id, by=by, at=at)
    orders.release(session, sorted(plan.fo_ids), by=by, at=at)
    wave = wave_queries.wave(session, wave_id)
    made = (NewRun(run.kind.value, run.stops, run.metres) for run in plan.runs)
    return [make_run(session, wave, new, by=by, at=at).id for new in made]


def unrelease(
    session: Session, *, wave_id: int, expected: int | None = None, by: int, at: datetime
) -> None:
    """Take a wave back from the floor; its orders stay allocated. Raises UnknownWave, Stale, NotNow, PickingBegan."""
    wave = wave_queries.wave(session, wave_id)
    same_version(wave, expected)
    runs = held_runs(
        session, session.scalars(select(PickRun.id).where(PickRun.wave_id == wave_id)).all()
    )
    numbers = [run.id for run in runs]
    began = select(PickTask.id).where(
        PickTask.run_id.in_(numbers), (PickTask.picked > 0) | (PickTask.short > 0)
    )
    if session.scalar(began.limit(1)):
        raise PickingBegan(number=wave.number)
    fo_ids = {task.fo_id for run in runs for task in live_tasks(session, run_id=run.id)}
    orders.unrelease(session, sorted(fo_ids), by=by, at=at)
    waves.unrelease(session, wave_id=wave_id, by=by, at=at)
    for run in runs:
        if RunState(run.state) not in RUN.ends:
            take_back(session, run, by=by, at=at)


def take_back(session: Session, run: PickRun, *, by: int, at: datetime) -> None:
    """Cancel a trip on which nothing was picked, with its tasks; its totes are free again."""
    for task in live_tasks(session, run_id=run.id):
        transition(task, TASK, TaskVerb.CANCEL)
        task.ended_at = at
    for binding in live_bindings(session, run.id):
        unbind(session, binding, by=by, at=at)
    transition(run, RUN, RunVerb.CANCEL)
    run.worker_id, run.lease_until, run.ended_at = None, None, at
    session.flush()
    announce(session, RunEnded(run.id, run.state, None), by=by, at=at)
