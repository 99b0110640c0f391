"""Who counts: a count is somebody's as long as their lease runs, and a second one is somebody else's."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, literal, select
from sqlalchemy.orm import Session

from wms.counting.actions.asking import held
from wms.counting.causes import ON_THE_FLOOR
from wms.counting.lifecycle import LIFECYCLE, State, Verb
from wms.counting.queries import counted_last_by, is_being_graded
from wms.counting.tables import CountLine, CountTask
from wms.kernel.lifecycle import transition
from wms.kernel.refusal import Refusal

LEASE = timedelta(minutes=30)
"""So long a count stays somebody's without a scan: a full pallet takes a while between two of them."""

AT_ONCE = 200
"""Most leases that one run of the schedule ends."""


class SomebodyCounts(Refusal):
    """Another person counts there."""

    sentence = "counting.somebody_counts"


class CountedBefore(Refusal):
    """Whoever counted last does not count again: two pairs of eyes see more than one."""

    sentence = "counting.counted_before"


class BeingGraded(Refusal):
    """Units of a return lie there that somebody is looking at: they are still coming and going."""

    sentence = "counting.being_graded"


def claim(session: Session, *, count_id: int, by: int, at: datetime) -> CountTask:
    """Take a count.

    Raises NoSuchCount, SomebodyCounts, CountedBefore, BeingGraded, NotNow where there is nothing to count.
    """
    task = held(session, count_id)
    if task.state == State.COUNTING:
        if task.worker_id != by:
            raise SomebodyCounts(id=task.id)
        return renew(session, task, at)
    if task.id in session.scalars(counted_last_by(by).where(CountTask.id == task.id)):
        raise CountedBefore(id=task.id)
    if session.scalar(select(is_being_graded(literal(task.location_id)))):
        raise BeingGraded(id=task.id)
    return _take(session, task, by, at)


def claim_next(
    session: Session, *, but: Collection[int] = (), by: int, at: datetime
) -> CountTask | None:
    """Take the next count that this person may do, what the floor missed first; None where none waits."""
    floor_first = CountTask.cause.in_([cause.value for cause in ON_THE_FLOOR])
    query = (
        select(CountTask)
        .where(
            CountTask.state == State.REQUESTED.value,
            CountTask.id.not_in(but),
            CountTask.id.not_in(counted_last_by(by)),
            ~is_being_graded(CountTask.location_id),
        )
        .order_by(floor_first.desc(), CountTask.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    task = session.scalars(query).first()
    return _take(session, task, by, at) if task else None


def renew(session: Session, task: CountTask, at: datetime) -> CountTask:
    """Let a lease run anew."""
    task.lease_until = at + LEASE
    session.flush()
    return task


def yours(session: Session, count_id: int, by: int) -> CountTask:
    """Return a count under lock that this person is at; raises NoSuchCount, SomebodyCounts."""
    task = held(session, count_id)
    if task.worker_id != by:
        raise SomebodyCounts(id=task.id)
    return task


def leave(session: Session, *, count_id: int, by: int, at: datetime) -> None:  # noqa: ARG001 - as every action
    """Give a count back unfinished: what was counted of it is forgotten. Raises SomebodyCounts, NotNow."""
    _let_go(session, yours(session, count_id, by))


def release_overdue(session: Session, *, by: int, at: datetime) -> int:  # noqa: ARG001 - as every action
    """Give back counts whose lease ran out; returns how many."""
    query = (
        select(CountTask)
        .where(CountTask.state == State.COUNTING.value, CountTask.lease_until < at)
        .order_by(CountTask.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    overdue = session.scalars(query).all()
    for task in overdue:
        _let_go(session, task)
    return len(overdue)


def _take(session: Session, task: CountTask, by: int, at: datetime) -> CountTask:
    transition(task, LIFECYCLE, Verb.CLAIM)
    task.worker_id = by
    return renew(session, task, at)


def _let_go(session: Session, task: CountTask) -> None:
    transition(task, LIFECYCLE, Verb.RELEASE_LEASE)
    session.execute(
        delete(CountLine).where(CountLine.count_id == task.id, CountLine.round == task.round)
    )
    task.worker_id, task.lease_until = None, None
    session.flush()
