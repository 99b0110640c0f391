"""What the house does by itself every so often: rows with leases, so that one process among many does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wms.kernel.back_off import back_off
from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.kernel.logs import in_short
from wms.kernel.tables import ScheduledJob

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""How long a job may take before another process may take it over."""

TROUBLE_LIMIT = 500


@dataclass(frozen=True)
class Job:
    """`do(session, by, at)` every so many seconds, in one write transaction. Must be repeatable and touch no wire."""

    every_s: int
    do: Callable[[Session, int, datetime], object]


@dataclass(frozen=True)
class Claimed:
    """A run that is ours until `lease_until`: who comes back later does nothing."""

    name: str
    due_at: datetime
    lease_until: datetime


def enter(database: Database, jobs: Mapping[str, Job], clock: Clock) -> None:
    """Write the timetable down, so that every process shares it."""
    at = clock.now()
    for name, job in jobs.items():
        try:
            database.write(housekeeping("schedule.enter", at=at), _entry(name, job, at))
        except IntegrityError:  # another process wrote it in the same moment: then it is there
            continue


def run_due(database: Database, jobs: Mapping[str, Job], clock: Clock) -> bool:
    """Run one job that is due, if any; returns whether there was one."""
    claimed = _claim(database, jobs, clock)
    if claimed is None:
        return False
    at = clock.now()
    key = f"schedule:{claimed.name}:{claimed.due_at.isoformat()}"
    act = housekeeping(claimed.name, at=at, key=key)
    try:
        database.write(act, lambda session: _do(session, jobs[claimed.name], claimed, at))
    except Exception as trouble:
        log.exception("scheduled job stopped", job=claimed.name)
        words = in_short(trouble)
        later = housekeeping("schedule.put_off", at=clock.now())
        database.write(later, lambda session: _put_off(session, claimed, words, later.at))
    return True


def end_leases(session: Session, *, at: datetime) -> None:
    """Take back what a process that died had in hand. Only where it is certain that there is no other process."""
    held = update(ScheduledJob).where(ScheduledJob.lease_until > at)
    session.execute(held.values(lease_until=at), execution_options={"synchronize_session": False})


def _entry(name: str, job: Job, at: datetime) -> Callable[[Session], None]:
    def do(session: Session) -> None:
        row = session.get(ScheduledJob, name)
        if row is None:
            session.add(ScheduledJob(name=name, every_s=job.every_s, due_at=at, lease_until=at))
        else:
            row.every_s = job.every_s

    return do


def _claim(database: Database, jobs: Mapping[str, Job], clock: Clock) -> Claimed | None:
    if not jobs:
        return None
    now = clock.now()
    due = (
        select(ScheduledJob.name)
        .where(
            ScheduledJob.name.in_(list(jobs)),
            ScheduledJob.due_at <= now,
            ScheduledJob.lease_until <= now,
        )
        .order_by(ScheduledJob.due_at, ScheduledJob.name)
        .limit(1)
    )
    with database.read() as session:  # an idle house never takes the write lock
        if session.scalar(due) is None:
            return None
    take = (
        update(ScheduledJob)
        .where(ScheduledJob.name == due.with_for_update(skip_locked=True).scalar_subquery())
        .values(lease_until=now + LEASE, tries=ScheduledJob.tries + 1)
        .returning(ScheduledJob.name, ScheduledJob.due_at, ScheduledJob.lease_until)
        .execution_options(synchronize_session=False)
    )
    act = housekeeping("schedule.claim", at=now)
    row = database.write(act, lambda session: session.execute(take).first()).value
    return Claimed(*row) if row else None


def _do(session: Session, job: Job, claimed: Claimed, at: datetime) -> None:
    row = _ours(session, claimed)
    if row is None:
        return
    job.do(session, HOUSE, at)
    row.due_at = at + timedelta(seconds=job.every_s)
    row.lease_until, row.tries, row.done_at, row.trouble = at, 0, at, None


def _put_off(session: Session, claimed: Claimed, trouble: str, at: datetime) -> None:
    row = _ours(session, claimed)
    if row is None:
        return
    row.due_at = at + back_off(row.tries, claimed.name)
    row.lease_until, row.trouble = at, trouble[:TROUBLE_LIMIT]


def _ours(session: Session, claimed: Claimed) -> ScheduledJob | None:
    held = select(ScheduledJob).where(
        ScheduledJob.name == claimed.name,
        ScheduledJob.due_at == claimed.due_at,
        ScheduledJob.lease_until == claimed.lease_until,
    )
    return session.scalar(held.with_for_update())
