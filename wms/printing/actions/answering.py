"""What became of a sheet: it was scanned, somebody looked, or nobody needs it any more."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes.queries import normal
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.printing.actions.rows import (
    confirm,
    held,
    is_open,
    let_be,
    make_void,
    queue,
    went,
    withdraw,
)
from wms.printing.events import SheetWantedAgain
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import Proof
from wms.printing.tables import PrintJob


def confirm_scanned(session: Session, *, code: str, by: int, at: datetime) -> int | None:
    """Take the scan of a sheet's own barcode as the proof that it came out; returns the number of its job.

    Of several sheets with that barcode the newest is meant that is open and went to a printer. Where there is none, the
    one in hand came out before: a sheet that only waits is taken back, or else the newest that was proved is meant.
    None where no sheet carries it.
    """
    wanted = normal(code)
    if not wanted:
        return None
    query = select(PrintJob).where(PrintJob.expects == wanted).order_by(PrintJob.id)
    jobs = session.scalars(query.with_for_update()).all()[::-1]
    still = [job for job in jobs if is_open(job)]
    gone = went(session, [job.id for job in still])
    found = next((job for job in still if job.id in gone), None)
    if found is not None:
        confirm(session, found, Verb.LABEL_SCANNED, Proof.SCAN, by=by, at=at)
        return found.id
    for job in still:
        withdraw(session, job, by=by, at=at)
    proved = (job for job in jobs if job.state == State.CONFIRMED)
    found = next(iter(still), None) or next(proved, None)
    return None if found is None else found.id


def came_out(session: Session, *, job_id: int, by: int, at: datetime) -> None:
    """Note that somebody saw the sheet. Raises NoSuchJob, NotNow."""
    confirm(session, held(session, job_id), Verb.OPERATOR_YES, Proof.PERSON, by=by, at=at)


def did_not_come_out(session: Session, *, job_id: int, by: int, at: datetime) -> None:
    """Note that somebody looked and the sheet was not there: it is sent once more. Raises NoSuchJob, NotNow."""
    job = held(session, job_id)
    transition(job, LIFECYCLE, Verb.OPERATOR_NO)
    job.tries = 0
    queue(session, job, at)
    fact = SheetWantedAgain(job.id, job.kind, job.subject, job.subject_id)
    announce(session, fact, by=by, at=at)


def abandon(session: Session, *, job_id: int, reason: str, by: int, at: datetime) -> None:
    """Wait no longer for a sheet of which nobody knows whether it came out. Raises NoSuchJob, NotNow."""
    let_be(session, held(session, job_id), reason, by=by, at=at)


def cancel(session: Session, *, job_id: int, by: int, at: datetime) -> None:
    """Take back a sheet that has not been sent. Raises NoSuchJob, NotNow once it was."""
    withdraw(session, held(session, job_id), by=by, at=at)


def cancel_about(session: Session, *, subject: str, subject_id: int, by: int, at: datetime) -> None:
    """Take back every sheet about a thing that is void: what waits never goes out, of the rest nobody asks any more."""
    query = (
        select(PrintJob)
        .where(
            PrintJob.subject == subject,
            PrintJob.subject_id == subject_id,
            PrintJob.state.not_in(LIFECYCLE.ends),
        )
        .order_by(PrintJob.id)
        .with_for_update()
    )
    for job in session.scalars(query).all():
        make_void(session, job, by=by, at=at)
