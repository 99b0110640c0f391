"""Who walks a trip: a lease that every scan renews, and that somebody else may take over."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.people.tables import User
from wms.picking.actions.rows import held_run, held_runs
from wms.picking.events import RunClaimed, RunGivenBack
from wms.picking.lifecycle import RUN, RunState, RunVerb
from wms.picking.queries.runs import is_waiting
from wms.picking.tables import PickRun

LEASE = timedelta(minutes=15)
"""So long a trip stays somebody's without a scan: longer than a walk through the building and a pause for breath."""

AT_ONCE = 100
"""Most candidates that are tried for one person, and most leases that one run of the schedule ends."""


class TakenOver(Refusal):
    """Somebody else walks the trip now."""

    sentence = "picking.taken_over"


def mine(session: Session, worker_id: int) -> PickRun | None:
    """Return the trip that somebody has in hand."""
    query = select(PickRun).where(
        PickRun.worker_id == worker_id, PickRun.state == RunState.ASSIGNED.value
    )
    return session.scalars(query.order_by(PickRun.id).limit(1)).first()


def claim_next(session: Session, *, by: int, at: datetime) -> PickRun | None:
    """Give somebody the trip that leaves first: by the time to ship, then priority. None where none waits.

    Two who ask at once never get the same: each takes by a change that counts only where nobody was faster.
    """
    waiting = session.execute(
        select(PickRun.id, PickRun.worker_id)
        .where(is_waiting(at))
        .order_by(PickRun.ship_by.is_(None), PickRun.ship_by, PickRun.priority.desc(), PickRun.id)
        .limit(AT_ONCE)
    ).all()
    for run_id, had_it in waiting:
        taken = session.execute(
            update(PickRun)
            .where(PickRun.id == run_id, is_waiting(at))
            .values(
                state=RUN.after(RunState.QUEUED, RunVerb.CLAIM).value,
                worker_id=by,
                lease_until=at + LEASE,
                version=PickRun.version + 1,
            )
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount:  # type: ignore[attr-defined]
            announce(session, RunClaimed(run_id, by, had_it), by=by, at=at)
            return held_run(session, run_id)
    return None


def take_over(session: Session, *, run_id: int, by: int, at: datetime) -> PickRun:
    """Walk on with somebody's trip; whoever had it is told with the next scan. Raises NoSuchRun, NotNow."""
    run = held_run(session, run_id)
    had_it = run.worker_id
    verb = RunVerb.CLAIM if run.state == RunState.QUEUED else RunVerb.TAKE_OVER
    transition(run, RUN, verb)
    run.worker_id, run.lease_until = by, at + LEASE
    session.flush()
    announce(session, RunClaimed(run_id, by, had_it), by=by, at=at)
    return run


def renew(session: Session, run: PickRun, *, by: int, at: datetime) -> None:
    """Let the lease run anew; raises TakenOver where the trip is somebody else's now, or nobody's."""
    if run.state != RunState.ASSIGNED or run.worker_id != by:
        raise TakenOver(number=run.number, name=_name(session, run.worker_id))
    run.lease_until = at + LEASE
    session.flush()


def give_back(session: Session, run: PickRun, *, by: int, at: datetime) -> None:
    """Let somebody else walk a trip; its totes stay on it."""
    had_it = run.worker_id
    transition(run, RUN, RunVerb.RELEASE_LEASE)
    run.worker_id, run.lease_until = None, None
    session.flush()
    announce(session, RunGivenBack(run.id, had_it), by=by, at=at)


def give_back_overdue(session: Session, *, by: int, at: datetime) -> int:
    """Give back trips whose lease ran out; returns how many."""
    query = select(PickRun.id).where(
        PickRun.state == RunState.ASSIGNED.value, PickRun.lease_until < at
    )
    overdue = session.scalars(query.order_by(PickRun.id).limit(AT_ONCE)).all()
    left = [
        run
        for run in held_runs(session, overdue)
        if run.state == RunState.ASSIGNED and run.lease_until and run.lease_until < at
    ]
    for run in left:
        give_back(session, run, by=by, at=at)
    return len(left)


def _name(session: Session, worker_id: int | None) -> str:
    if worker_id is None:
        return ""
    return session.scalar(select(User.name).where(User.id == worker_id)) or ""
