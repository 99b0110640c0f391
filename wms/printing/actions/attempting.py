"""One try at a sheet: claimed before the first byte goes out, recorded after the last, by whoever holds the lease."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.printing.actions.passing_on import pass_on
from wms.printing.actions.reporting import report_unprintable
from wms.printing.actions.rows import confirm, doubt, held, let_be, now_of
from wms.printing.actions.telling import tell
from wms.printing.events import SheetSent
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import ASKING, Condition, Doubt, Outcome, Proof, wait
from wms.printing.tables import WAITING, PrintAttempt, PrinterNow, PrintJob
from wms.stations.tables import Device

LEASE = timedelta(seconds=60)
"""Longer than any printer is waited for, so that a lease that ran out means a worker that died."""


HOLDER = "holder"
"""Where it stands among the evidence who claimed a sheet for a printer of theirs."""


@dataclass(frozen=True)
class Holder:
    """Whoever claims sheets for a printer that the house does not reach itself: which account, on which device."""

    actor_id: int
    device_id: int | None


@dataclass(frozen=True)
class Claimed:
    """A sheet that is ours to send, once. Who comes back when the lease is over changes nothing any more."""

    job_id: int
    number: str
    attempt_id: int
    attempt: int
    printer_id: int
    address: str | None
    dpi: int
    title: str
    label: Mapping[str, Any] | None
    document: bytes | None
    media_type: str
    generation: int


def claim_next(
    session: Session,
    *,
    printer_id: int | None = None,
    holder: Holder | None = None,
    at: datetime,
) -> Claimed | None:
    """Take the next sheet: of each printer its oldest, and never two at once.

    Without `printer_id`, of any printer that is reached from here; else for the `holder` of that one. None where
    there is none, or where another worker was faster. A sheet whose sender died is in doubt from now on.
    """
    _see_to_the_left_behind(session, at)
    query = _next(**due(at), printer_id=printer_id)
    number = session.scalar(query.with_for_update(of=PrintJob, skip_locked=True))
    if number is None:
        return None
    job = session.get_one(PrintJob, number)
    if not _is_left_alone(session, job.printer_id, at):
        return None
    transition(job, LIFECYCLE, Verb.SEND)
    job.tries += 1
    job.lease_until = at + LEASE
    attempt = PrintAttempt(
        job_id=job.id,
        number=_attempts(session, job.id) + 1,
        printer_id=job.printer_id,
        began_at=at,
        evidence={} if holder is None else {HOLDER: asdict(holder)},
    )
    session.add(attempt)
    session.flush()
    return _claimed(session, job, attempt)


def record(
    session: Session,
    *,
    attempt_id: int,
    outcome: Outcome,
    condition: Condition,
    evidence: Mapping[str, Any],
    by: int,
    at: datetime,
) -> None:
    """Write down what became of a try. Of a sheet that was settled meanwhile only the evidence is kept."""
    attempt = session.get_one(PrintAttempt, attempt_id)
    job = held(session, attempt.job_id)
    session.refresh(attempt)
    if attempt.ended_at is not None:
        return
    attempt.ended_at, attempt.outcome = at, outcome.value
    attempt.evidence = {**evidence, **attempt.evidence}
    detail = str(evidence.get("why", ""))
    now = tell(
        session, device_id=attempt.printer_id, condition=condition, detail=detail, by=by, at=at
    )
    if job.state == State.SENDING:
        _settle(session, job, attempt, outcome, condition, by=by, at=at)
    pass_on(session, now, by=by, at=at)


def is_held_by(attempt: PrintAttempt, holder: Holder) -> bool:
    """Tell whether a try is theirs."""
    return attempt.evidence.get(HOLDER) == asdict(holder)


def give_up(session: Session, *, attempt_id: int, reason: str, at: datetime) -> None:
    """Note that a sheet cannot be drawn for its printer at all: trying again would change nothing."""
    attempt = session.get_one(PrintAttempt, attempt_id)
    job = held(session, attempt.job_id)
    if attempt.ended_at is None and job.state == State.SENDING:
        attempt.ended_at, attempt.outcome = at, Verb.UNPRINTABLE.value
        attempt.evidence = {"reason": reason}
        let_be(session, job, reason, Verb.UNPRINTABLE, by=HOUSE, at=at)
        report_unprintable(session, job, reason, by=HOUSE, at=at)


Moment = datetime | BindParameter[datetime]


def due(at: datetime) -> Mapping[str, datetime]:
    """Return what the questions for sheets that are due want to know."""
    return {"at": at, "asked": at + ASKING}


def _next(at: Moment, asked: Moment, printer_id: int | None = None) -> Select[int]:
    sending = func.sum(case((PrintJob.state == State.SENDING, 1), else_=0))
    oldest = (
        select(func.min(PrintJob.id))
        .where(text(WAITING))
        .group_by(PrintJob.printer_id)
        .having(sending == 0)
    )
    reached = Device.address.is_not(None) if printer_id is None else Device.id == printer_id
    return (
        select(PrintJob.id)
        .join(Device, Device.id == PrintJob.printer_id)
        .outerjoin(PrinterNow, PrinterNow.device_id == PrintJob.printer_id)
        .where(PrintJob.id.in_(oldest), PrintJob.state == State.QUEUED, PrintJob.due_at <= at)
        .where(Device.revoked_at.is_(None), reached)
        .where(or_(PrinterNow.is_held.is_(None), PrinterNow.is_held.is_(False)))
        .where(_not_asked(at, asked))
        .order_by(PrintJob.due_at, PrintJob.id)
        .limit(1)
    )


def _not_asked(at: Moment, asked: Moment) -> ColumnElement[bool]:
    """Many printers serve one connection: while somebody asks one how it is, no sheet goes there."""
    told = PrinterNow.told_at
    return or_(told.is_(None), told <= at, told > asked)


def _is_left_alone(session: Session, device_id: int, at: datetime) -> bool:
    """Hold the printer; tell whether nobody asks it how it is, or is about to."""
    if session.get(PrinterNow, device_id) is None:
        now_of(session, device_id, at)
    found = select(PrinterNow.device_id).where(
        PrinterNow.device_id == device_id, _not_asked(**due(at))
    )
    return session.scalar(found.with_for_update(skip_locked=True)) is not None


def _left_behind(at: Moment) -> Select[int]:
    return (
        select(PrintJob.id)
        .where(text(WAITING), PrintJob.state == State.SENDING, PrintJob.lease_until <= at)
        .order_by(PrintJob.id)
    )


DUE = (
    Prepared(_next(bindparam("at"), bindparam("asked"))),
    Prepared(_left_behind(bindparam("at"))),
)
"""The questions whether there is a sheet to send `at` a moment, or one whose sender died."""


def _see_to_the_left_behind(session: Session, at: datetime) -> None:
    for number in session.scalars(_left_behind(at).with_for_update(skip_locked=True)).all():
        job = held(session, number)
        attempt = _latest(session, job.id)
        attempt.ended_at, attempt.outcome = at, Verb.LEASE_EXPIRED.value
        doubt(session, job, Verb.LEASE_EXPIRED, Doubt.WORKER_DIED, by=HOUSE, at=at)


def _settle(
    session: Session,
    job: PrintJob,
    attempt: PrintAttempt,
    outcome: Outcome,
    condition: Condition,
    *,
    by: int,
    at: datetime,
) -> None:
    """Take a job where its outcome leads."""
    job.lease_until = at
    if outcome is Outcome.NOT_SENT:
        transition(job, LIFECYCLE, Verb.ERROR_BEFORE_ANY_BYTE)
        job.due_at = at + wait(job.tries, job.number)
        session.flush()
        return
    if outcome is Outcome.BROKEN_OFF:
        doubt(session, job, Verb.ERROR_MID_STREAM, Doubt.BROKEN_OFF, by=by, at=at)
        return
    transition(job, LIFECYCLE, Verb.WRITTEN)
    session.flush()
    about = (job.id, job.kind, job.subject, job.subject_id)
    announce(session, SheetSent(*about, attempt.printer_id, attempt.number), by=by, at=at)
    if outcome is Outcome.CONFIRMED:
        confirm(session, job, Verb.STATUS_OK, Proof.STATUS, by=by, at=at)
    elif outcome is Outcome.BAD:
        doubt(session, job, Verb.STATUS_BAD, Doubt.BAD, by=by, at=at)
    elif condition is not Condition.UNKNOWN:  # it could have said something
        doubt(session, job, Verb.STATUS_BAD, Doubt.SILENT, by=by, at=at)


def _attempts(session: Session, job_id: int) -> int:
    highest = select(func.max(PrintAttempt.number)).where(PrintAttempt.job_id == job_id)
    return session.scalar(highest) or 0


def _latest(session: Session, job_id: int) -> PrintAttempt:
    query = select(PrintAttempt).where(PrintAttempt.job_id == job_id)
    return session.scalars(query.order_by(PrintAttempt.number.desc()).limit(1)).one()


def _claimed(session: Session, job: PrintJob, attempt: PrintAttempt) -> Claimed:
    device = session.get_one(Device, job.printer_id)
    now = session.get(PrinterNow, job.printer_id)
    return Claimed(
        job_id=job.id,
        number=job.number,
        attempt_id=attempt.id,
        attempt=attempt.number,
        printer_id=job.printer_id,
        address=device.address,
        dpi=now.dpi if now else 203,
        title=job.title,
        label=job.label,
        document=job.document,
        media_type=job.media_type,
        generation=job.generation,
    )
