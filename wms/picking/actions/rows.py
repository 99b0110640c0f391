"""Trips and tasks in hand: read under their lock, always the trip first.

Rows are locked in this sequence everywhere: runs, their tasks, fulfillment orders, their order, then stock's items.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.refusal import NotFound
from wms.picking.lifecycle import LIVE, TASK, TaskState, TaskVerb
from wms.picking.queries import NoSuchRun
from wms.picking.tables import PickRun, PickTask, ToteBinding


class NoSuchTask(NotFound):
    """The trip has no such task."""

    sentence = "picking.no_such_task"


def held_run(session: Session, run_id: int) -> PickRun:
    """Return a trip that nobody else changes until this transaction ends; raises NoSuchRun."""
    session.flush()
    run = session.get(PickRun, run_id, with_for_update=True, populate_existing=True)
    if run is None:
        raise NoSuchRun(run=run_id)
    return run


def held_runs(session: Session, run_ids: Collection[int]) -> Sequence[PickRun]:
    """Return trips under lock, in the order of their numbers."""
    session.flush()
    query = select(PickRun).where(PickRun.id.in_(run_ids)).order_by(PickRun.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).all()


def held_task(session: Session, run_id: int, task_id: int) -> PickTask:
    """Return a task of a trip that is held; raises NoSuchTask."""
    session.flush()
    task = session.get(PickTask, task_id, with_for_update=True, populate_existing=True)
    if task is None or task.run_id != run_id:
        raise NoSuchTask(task=task_id)
    return task


def live_tasks(
    session: Session, *, run_id: int | None = None, fo_id: int | None = None
) -> Sequence[PickTask]:
    """Return the tasks that somebody still has to work on, of a trip or of a fulfillment order."""
    query = select(PickTask).where(PickTask.state.in_([state.value for state in LIVE]))
    if run_id is not None:
        query = query.where(PickTask.run_id == run_id)
    if fo_id is not None:
        query = query.where(PickTask.fo_id == fo_id)
    query = query.order_by(PickTask.id).execution_options(populate_existing=True)
    return session.scalars(query).all()


def live_one(session: Session, task_id: int | None) -> int | None:
    """Return the number of a task where somebody still has to work on it."""
    live = [state.value for state in LIVE]
    return session.scalar(
        select(PickTask.id).where(PickTask.id == task_id, PickTask.state.in_(live))
    )


def live_bindings(session: Session, run_id: int) -> Sequence[ToteBinding]:
    """Return the totes that are bound to a trip, as they are now, by slot."""
    query = (
        select(ToteBinding)
        .where(ToteBinding.run_id == run_id, ToteBinding.ended_at.is_(None))
        .order_by(ToteBinding.slot, ToteBinding.id)
    )
    return session.scalars(query.execution_options(populate_existing=True)).all()


def come_to_bin(session: Session, task: PickTask) -> None:
    """Take a live task to the bin in front of which its worker stands."""
    if task.state == TaskState.QUEUED:
        transition(task, TASK, TaskVerb.CLAIM)
    if task.state == TaskState.ASSIGNED:
        transition(task, TASK, TaskVerb.SCAN_BIN)
    session.flush()
