"""Who does it: a move is somebody's as long as their lease runs; every scan renews it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.moving.actions.asking import held
from wms.moving.events import MoveTaskClaimed, MoveTaskGivenBack
from wms.moving.lifecycle import LIFECYCLE, State, Verb
from wms.moving.tables import MoveTask
from wms.moving.tasks import Kind

LEASE = timedelta(minutes=15)
"""So long a move stays somebody's without a scan: longer than a walk through the building and a pause for breath."""

AT_ONCE = 200
"""Most leases that one run of the schedule ends."""

FIRST = (Kind.PUT_BACK.value, Kind.CROSS_DOCK.value)
"""Orders wait for these."""


class SomebodyElses(Refusal):
    """Another person has the task in hand."""

    sentence = "moving.somebody_elses"


def claim(session: Session, *, move_task_id: int, by: int, at: datetime) -> MoveTask:
    """Take a task. Raises NoSuchMoveTask, SomebodyElses, NotNow where it is over."""
    task = held(session, move_task_id)
    if task.worker_id == by and task.state in (State.ASSIGNED, State.IN_HAND):
        return renew(session, task, at)
    if task.worker_id is not None and task.state in (State.ASSIGNED, State.IN_HAND):
        raise SomebodyElses(id=task.id)
    return _take(session, task, by, at)


def claim_next(
    session: Session, *, but: Collection[int] = (), by: int, at: datetime
) -> MoveTask | None:
    """Take the next best task, leaving out those passed over; None where nothing waits."""
    rank = case((MoveTask.kind.in_(FIRST), 0), else_=1)
    query = (
        select(MoveTask)
        .where(MoveTask.state == State.QUEUED.value, MoveTask.id.not_in(but))
        .order_by(rank, MoveTask.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    task = session.scalars(query).first()
    return _take(session, task, by, at) if task else None


def renew(session: Session, task: MoveTask, at: datetime) -> MoveTask:
    """Let a lease run anew."""
    task.lease_until = at + LEASE
    session.flush()
    return task


def leave(session: Session, *, move_task_id: int, by: int, at: datetime) -> None:
    """Give a task back that was not lifted. Raises NoSuchMoveTask, SomebodyElses, NotNow."""
    task = yours(session, move_task_id, by)
    let_go(session, task, by=by, at=at)


def yours(session: Session, move_task_id: int, by: int) -> MoveTask:
    """Return a task under lock that this person has; raises NoSuchMoveTask, SomebodyElses."""
    task = held(session, move_task_id)
    if task.worker_id != by:
        raise SomebodyElses(id=task.id)
    return task


def release_overdue(session: Session, *, by: int, at: datetime) -> int:
    """Give back tasks whose lease ran out before anything was lifted; returns how many."""
    query = (
        select(MoveTask)
        .where(MoveTask.state == State.ASSIGNED.value, MoveTask.lease_until < at)
        .order_by(MoveTask.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    overdue = session.scalars(query).all()
    for task in overdue:
        let_go(session, task, by=by, at=at)
    return len(overdue)


def let_go(session: Session, task: MoveTask, *, by: int, at: datetime) -> None:
    """Put a locked task back among those that wait."""
    transition(task, LIFECYCLE, Verb.RELEASE_LEASE)
    announce(session, MoveTaskGivenBack(task.id, task.worker_id), by=by, at=at)
    task.worker_id, task.lease_until = None, None
    session.flush()


def _take(session: Session, task: MoveTask, by: int, at: datetime) -> MoveTask:
    transition(task, LIFECYCLE, Verb.CLAIM)
    task.worker_id = by
    announce(session, MoveTaskClaimed(task.id, by), by=by, at=at)
    return renew(session, task, at)
