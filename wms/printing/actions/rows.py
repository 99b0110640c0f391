"""Rows of printing under lock, and the few words by which a job's life ends or goes on."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound
from wms.printing.events import SheetAbandoned, SheetCancelled, SheetConfirmed, SheetUnsure
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import NOTHING_WENT, PRINTERS, Condition, Doubt, Proof
from wms.printing.tables import PrintAttempt, PrinterNow, PrintJob
from wms.stations.tables import Device


class NoSuchJob(NotFound):
    """There is no print job of that number."""

    sentence = "printing.no_such_job"


class NoSuchPrinter(NotFound):
    """There is no printer of that number, or it is not used any more."""

    sentence = "printing.no_such_printer"


def held(session: Session, job_id: int) -> PrintJob:
    """Return a job under lock, as it is now; raises NoSuchJob."""
    session.flush()
    job = session.get(PrintJob, job_id, with_for_update=True, populate_existing=True)
    if job is None:
        raise NoSuchJob(id=job_id)
    return job


def printer(session: Session, device_id: int) -> Device:
    """Return a printer that is in use; raises NoSuchPrinter."""
    found = session.get(Device, device_id)
    if found is None or found.kind not in PRINTERS or found.revoked_at is not None:
        raise NoSuchPrinter(id=device_id)
    return found


def now_of(session: Session, device_id: int, at: datetime) -> PrinterNow:
    """Return how a printer is, under lock; of one that was never asked it is unknown."""
    query = select(PrinterNow).where(PrinterNow.device_id == device_id).with_for_update()
    row = session.scalar(query)
    if row is None:
        row = PrinterNow(
            device_id=device_id, condition=Condition.UNKNOWN.value, told_at=at, since=at
        )
        session.add(row)
        session.flush()
    return row


def confirm(
    session: Session, job: PrintJob, verb: Verb, proof: Proof, *, by: int, at: datetime
) -> None:
    """Note that a sheet came out, and by what that is known. Raises NotNow."""
    transition(job, LIFECYCLE, verb)
    end(session, job, at)
    announce(
        session, SheetConfirmed(job.id, job.kind, job.subject, job.subject_id, proof), by=by, at=at
    )


def doubt(
    session: Session, job: PrintJob, verb: Verb, cause: Doubt, *, by: int, at: datetime
) -> None:
    """Note that nobody knows whether a sheet came out. Raises NotNow."""
    transition(job, LIFECYCLE, verb)
    session.flush()
    fact = SheetUnsure(job.id, job.kind, job.subject, job.subject_id, job.printer_id, cause)
    announce(session, fact, by=by, at=at)


def withdraw(session: Session, job: PrintJob, *, by: int, at: datetime) -> None:
    """Cancel a sheet that never went out. Raises NotNow."""
    transition(job, LIFECYCLE, Verb.CANCEL)
    _over(session, job, "", by=by, at=at)


def let_be(
    session: Session,
    job: PrintJob,
    reason: str,
    verb: Verb = Verb.ABANDON,
    *,
    by: int,
    at: datetime,
) -> None:
    """Wait no longer for a sheet that may have come out. Raises NotNow."""
    transition(job, LIFECYCLE, verb)
    _over(session, job, reason, by=by, at=at)


def make_void(session: Session, job: PrintJob, *, by: int, at: datetime) -> None:
    """Wait no longer for a sheet that nobody needs: what has not been sent never is. Raises NotNow."""
    transition(job, LIFECYCLE, Verb.VOID)
    _over(session, job, "", by=by, at=at)


def queue(session: Session, job: PrintJob, at: datetime) -> None:
    """Let a job that waits be sent at once."""
    job.due_at, job.lease_until = at, at
    session.flush()
    session.info["wake"] = True


def end(session: Session, job: PrintJob, at: datetime) -> None:
    """Note that nothing is left to do about a sheet."""
    job.ended_at, job.lease_until = at, at
    session.flush()


def is_open(job: PrintJob) -> bool:
    """Tell whether anything can still become of a job."""
    return State(job.state) not in LIFECYCLE.ends


def went(session: Session, job_ids: Collection[int]) -> frozenset[int]:
    """Return those of which some bytes went to a printer, as far as anybody knows."""
    query = select(PrintAttempt.job_id).where(
        PrintAttempt.job_id.in_(job_ids), PrintAttempt.outcome.not_in(NOTHING_WENT)
    )
    return frozenset(session.scalars(query))


def _over(session: Session, job: PrintJob, reason: str, *, by: int, at: datetime) -> None:
    end(session, job, at)
    about = (job.id, job.kind, job.subject, job.subject_id)
    is_cancelled = job.state == State.CANCELLED
    fact = SheetCancelled(*about) if is_cancelled else SheetAbandoned(*about, reason)
    announce(session, fact, by=by, at=at)
