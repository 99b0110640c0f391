"""What became of a try, and where its sheet goes from there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.printing.actions.passing_on import pass_on
from wms.printing.actions.reporting import report_unprintable
from wms.printing.actions.rows import confirm, doubt, held, let_be
from wms.printing.actions.telling import tell
from wms.printing.events import SheetSent
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import Condition, Doubt, Outcome, Proof, wait
from wms.printing.tables import PrintAttempt, PrintJob


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


def give_up(session: Session, *, attempt_id: int, reason: str, at: datetime) -> None:
    """Note that a sheet cannot be drawn for its printer at all: trying again would change nothing."""
    attempt = session.get_one(PrintAttempt, attempt_id)
    job = held(session, attempt.job_id)
    if attempt.ended_at is None and job.state == State.SENDING:
        attempt.ended_at, attempt.outcome = at, Verb.UNPRINTABLE.value
        attempt.evidence = {"reason": reason}
        let_be(session, job, reason, Verb.UNPRINTABLE, by=HOUSE, at=at)
        report_unprintable(session, job, reason, by=HOUSE, at=at)


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
