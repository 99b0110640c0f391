"""What the house does by itself every so often: rows with leases, so that one process among many does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.kernel.tables import ScheduledJob

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""How long a job may take before another process may take it over."""

LONGEST_BACK_OFF_S = 3600


@dataclass(frozen=True)
class Job:
    """`do(session, by, at)` every so many seconds, in one write transaction. Must be repeatable and touch no wire."""

    every_s: int
    do: Callable[[Session, int, datetime], object]


def enter(database: Database, jobs: Mapping[str, Job], clock: Clock) -> None:
    """Write the timetable down, so that every process shares it."""
    for name, job in jobs.items():
        try:
            database.write(housekeeping("schedule.enter", at=clock.now()), _entry(name, job, clock.now()))
        except IntegrityError:  # another process wrote it in the same moment: then it is there
            continue


def run_due(database: Database, jobs: Mapping[str, Job], clock: Clock) -> bool:
    """Run one job that is due, if any; returns whether there was one."""
    name = _claim(database, jobs, clock)
    if name is None:
        return False
    leased = clock.now()
    try:
        database.write(housekeeping(f"schedule.{name}", at=leased), lambda session: _do(session, jobs[name], name, clock))
    except Exception as trouble:
        log.exception("scheduled job stopped", job=name)
        words = f"{type(trouble).__name__}: {trouble}"[:500]
        database.write(housekeeping("schedule.back_off", at=clock.now()), lambda s: _back_off(s, name, words, clock.now()))
    return True


def _entry(name: str, job: Job, at: datetime) -> Callable[[Session], None]:
    def do(session: Session) -> None:
        row = session.get(ScheduledJob, name)
        if row is None:
            session.add(ScheduledJob(name=name, every_s=job.every_s, due_at=at, lease_until=at))
        else:
            row.every_s = job.every_s

    return do


def _claim(database: Database, jobs: Mapping[str, Job], clock: Clock) -> str | None:
    now = clock.now()
    due = (
        select(ScheduledJob.name)
        .where(ScheduledJob.name.in_(list(jobs)), ScheduledJob.due_at <= now, ScheduledJob.lease_until <= now)
        .order_by(ScheduledJob.due_at)
        .limit(1)
    )
    with database.read() as session:  # an idle house never takes the write lock
        if session.scalar(due) is None:
            return None
    take = (
        update(ScheduledJob)
        .where(ScheduledJob.name == due.with_for_update(skip_locked=True).scalar_subquery())
        .values(lease_until=now + LEASE, tries=ScheduledJob.tries + 1)
        .returning(ScheduledJob.name)
        .execution_options(synchronize_session=False)
    )
    return database.write(housekeeping("schedule.claim", at=now), lambda session: session.scalar(take)).value


def _do(session: Session, job: Job, name: str, clock: Clock) -> None:
    row = session.get(ScheduledJob, name, with_for_update=True)
    if row is None:
        return
    at = clock.now()
    job.do(session, HOUSE, at)
    row.due_at, row.lease_until, row.tries, row.done_at, row.trouble = at + timedelta(seconds=job.every_s), at, 0, at, None


def _back_off(session: Session, name: str, words: str, at: datetime) -> None:
    row = session.get_one(ScheduledJob, name, with_for_update=True)
    row.due_at = at + timedelta(seconds=min(LONGEST_BACK_OFF_S, 2**row.tries))
    row.lease_until, row.trouble = at, words
