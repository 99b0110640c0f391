"""A sheet once more, or out of another printer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.printing.actions.asking import UnfitForPrinter, enter
from wms.printing.actions.rows import held, let_be, printer, queue
from wms.printing.events import SheetRerouted
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import prints
from wms.printing.tables import PrintJob
from wms.stations.tables import Device


class ComesByItself(Refusal):
    """The sheet waits already: a second one would be one too many."""

    sentence = "printing.comes_by_itself"


def reprint(
    session: Session,
    *,
    job_id: int,
    reason: str,
    printer_id: int | None = None,
    by: int,
    at: datetime,
) -> int:
    """Ask for the same sheet once more, marked REPRINT; returns the number of the new job.

    It comes out of the same printer, or of another one that somebody chose. Of the old one nobody asks any more
    whether it came out. Raises NoSuchJob, ComesByItself while it waits, NoSuchPrinter, UnfitForPrinter.
    """
    old = held(session, job_id)
    state = State(old.state)
    if state in (State.QUEUED, State.SENDING):
        raise ComesByItself(number=old.number)
    device = printer(session, printer_id or old.printer_id)
    _understands(device, old)
    if state in (State.SENT, State.UNSURE):
        let_be(session, old, reason, by=by, at=at)
    job = PrintJob(
        state=LIFECYCLE.start.value,
        printer_id=device.id,
        station_id=old.station_id,
        kind=old.kind,
        title=old.title,
        label=old.label,
        document=old.document,
        media_type=old.media_type,
        sha256=old.sha256,
        expects=old.expects,
        subject=old.subject,
        subject_id=old.subject_id,
        reprint_of_id=old.id,
        reason=reason,
        generation=old.generation + 1,
    )
    return enter(session, job, by=by, at=at)


def reroute(session: Session, *, job_id: int, printer_id: int, by: int, at: datetime) -> None:
    """Let a sheet that has not been sent come out of another printer.

    Raises NoSuchJob, NoSuchPrinter, UnfitForPrinter, NotNow once it was sent.
    """
    job = held(session, job_id)
    device = printer(session, printer_id)
    _understands(device, job)
    hand_on(session, job, device, by=by, at=at)


def hand_on(session: Session, job: PrintJob, device: Device, *, by: int, at: datetime) -> None:
    """Let a sheet that is held come out of a printer that understands it. Raises NotNow once it was sent."""
    transition(job, LIFECYCLE, Verb.REROUTE)
    before, job.printer_id = job.printer_id, device.id
    queue(session, job, at)
    fact = SheetRerouted(job.id, job.kind, job.subject, job.subject_id, before, device.id)
    announce(session, fact, by=by, at=at)


def reroute_all(session: Session, *, device_id: int, printer_id: int, by: int, at: datetime) -> int:
    """Let all that waits for a printer come out of another one; returns how many sheets.

    Raises NoSuchPrinter, UnfitForPrinter.
    """
    query = (
        select(PrintJob.id)
        .where(PrintJob.printer_id == device_id, PrintJob.state == State.QUEUED)
        .order_by(PrintJob.id)
        .with_for_update()
    )
    waiting = session.scalars(query).all()
    for number in waiting:
        reroute(session, job_id=number, printer_id=printer_id, by=by, at=at)
    return len(waiting)


def _understands(device: Device, job: PrintJob) -> None:
    if not prints(device.address, job.media_type or None):
        raise UnfitForPrinter(printer=device.name, media_type=job.media_type)
