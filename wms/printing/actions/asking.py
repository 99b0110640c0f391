"""Asking for sheets: for a printer, for a bench, once more, or elsewhere."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from labels import plain
from labels.label import Label
from wms.codes.queries import normal
from wms.kernel.commands import fresh_key
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.printing.actions.rows import held, let_be, printer, queue
from wms.printing.events import SheetAsked, SheetRerouted
from wms.printing.lifecycle import LIFECYCLE, State, Verb
from wms.printing.rules import PRINTERS, is_up, prints
from wms.printing.tables import PrinterNow, PrintJob
from wms.stations.tables import Device, DeviceBinding


class UnfitForPrinter(Refusal):
    """The printer does not understand what is to be printed."""

    sentence = "printing.unfit_for_printer"
    status = 422


class ComesByItself(Refusal):
    """The sheet waits already: a second one would be one too many."""

    sentence = "printing.comes_by_itself"


def ask(
    session: Session,
    *,
    printer_id: int,
    kind: str,
    title: str,
    label: Label | None = None,
    document: bytes | None = None,
    media_type: str = "",
    expects: str = "",
    subject: str = "",
    subject_id: int | None = None,
    station_id: int | None = None,
    by: int,
    at: datetime,
) -> int:
    """Ask for a sheet, a `Label` or somebody's document; returns the number of the job.

    `expects` is the barcode that the sheet carries: scanning it proves that the sheet came out. `subject` and
    `subject_id` say what it is about. Raises NoSuchPrinter, UnfitForPrinter.
    """
    device = printer(session, printer_id)
    if not prints(device.address, media_type if label is None else None):
        raise UnfitForPrinter(printer=device.name, media_type=media_type)
    kept = None if label is None else plain.kept(label)
    job = PrintJob(
        printer_id=printer_id,
        station_id=station_id,
        kind=kind,
        title=title,
        label=kept,
        document=document if label is None else None,
        media_type=media_type if label is None else "",
        sha256=_digest(kept, document),
        expects=normal(expects) if expects else "",
        subject=subject,
        subject_id=subject_id,
    )
    return _enter(session, job, by=by, at=at)


def ask_at(
    session: Session,
    *,
    station_id: int,
    part: str,
    kind: str,
    title: str,
    label: Label | None = None,
    document: bytes | None = None,
    media_type: str = "",
    expects: str = "",
    subject: str = "",
    subject_id: int | None = None,
    by: int,
    at: datetime,
) -> int | None:
    """Ask for a sheet at a bench, from the printer that serves it as `part` ("labels" or "documents").

    The first that is up and understands it takes it; where none is up, the first that understands it. Returns None
    where the bench has none.
    """
    found = _serving(session, station_id, part, media_type if label is None else None)
    if found is None:
        return None
    return ask(
        session,
        printer_id=found,
        kind=kind,
        title=title,
        label=label,
        document=document,
        media_type=media_type,
        expects=expects,
        subject=subject,
        subject_id=subject_id,
        station_id=station_id,
        by=by,
        at=at,
    )


def reprint(session: Session, *, job_id: int, reason: str, by: int, at: datetime) -> int:
    """Ask for the same sheet once more, marked REPRINT; returns the number of the new job.

    Of the old one nobody asks any more whether it came out. Raises NoSuchJob, ComesByItself while it waits,
    NoSuchPrinter.
    """
    old = held(session, job_id)
    state = State(old.state)
    if state in (State.QUEUED, State.SENDING):
        raise ComesByItself(number=old.number)
    printer(session, old.printer_id)
    if state in (State.SENT, State.UNSURE):
        let_be(session, old, reason, by=by, at=at)
    job = PrintJob(
        printer_id=old.printer_id,
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
    return _enter(session, job, by=by, at=at)


def reroute(session: Session, *, job_id: int, printer_id: int, by: int, at: datetime) -> None:
    """Let a sheet that has not been sent come out of another printer.

    Raises NoSuchJob, NoSuchPrinter, UnfitForPrinter, NotNow once it was sent.
    """
    job = held(session, job_id)
    device = printer(session, printer_id)
    if not prints(device.address, job.media_type or None):
        raise UnfitForPrinter(printer=device.name, media_type=job.media_type)
    transition(job, LIFECYCLE, Verb.REROUTE)
    before, job.printer_id = job.printer_id, printer_id
    queue(session, job, at)
    fact = SheetRerouted(job.id, job.kind, job.subject, job.subject_id, before, printer_id)
    announce(session, fact, by=by, at=at)


def _enter(session: Session, job: PrintJob, *, by: int, at: datetime) -> int:
    job.state, job.asked_by, job.created_at = LIFECYCLE.start.value, by, at
    job.due_at, job.lease_until = at, at
    job.number = (
        fresh_key()
    )  # until the row has its own: two that are asked for at once never wait for each other
    session.add(job)
    session.flush()
    job.number = f"L-{job.id:06d}"
    session.flush()
    session.info["wake"] = True
    fact = SheetAsked(
        job.id,
        job.kind,
        job.subject,
        job.subject_id,
        job.printer_id,
        job.reprint_of_id,
        job.reason,
    )
    announce(session, fact, by=by, at=at)
    return job.id


def _digest(label: dict[str, Any] | None, document: bytes | None) -> str:
    whole = json.dumps(label, sort_keys=True).encode() if document is None else document
    return hashlib.sha256(whole).hexdigest()


def _serving(session: Session, station_id: int, part: str, media_type: str | None) -> int | None:
    """Return the printer that serves a bench: one that is up before one that is not, the longest bound first."""
    query = (
        select(Device.id, Device.address, PrinterNow.condition, PrinterNow.is_held)
        .join(DeviceBinding, DeviceBinding.device_id == Device.id)
        .outerjoin(PrinterNow, PrinterNow.device_id == Device.id)
        .where(
            DeviceBinding.station_id == station_id,
            DeviceBinding.role == part,
            Device.kind.in_(PRINTERS),
            Device.revoked_at.is_(None),
        )
        .order_by(DeviceBinding.id)
    )
    fit = [row for row in session.execute(query) if prints(row.address, media_type)]
    up = [row for row in fit if not row.is_held and is_up(row.condition or "unknown")]
    return next((row.id for row in (*up, *fit)), None)
