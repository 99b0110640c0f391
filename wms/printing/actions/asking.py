"""Asking for sheets: for a printer, for a bench, or to see whether a printer prints."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from labels import plain
from labels.designs.test_sheet import test_sheet
from labels.label import Label
from wms.codes.queries import normal
from wms.kernel.commands import fresh_key
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.printing.actions.rows import printer
from wms.printing.events import SheetAsked
from wms.printing.lifecycle import LIFECYCLE
from wms.printing.rules import PRINTERS, is_up, prints
from wms.printing.tables import PrinterNow, PrintJob
from wms.stations.tables import Device, DeviceBinding

TITLE_LIMIT = 120
"""As much of a title as is kept: a long name of an item says enough by then."""


class UnfitForPrinter(Refusal):
    """The printer does not understand what is to be printed."""

    sentence = "printing.unfit_for_printer"
    status = 422


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
        state=LIFECYCLE.start.value,
        printer_id=printer_id,
        station_id=station_id,
        kind=kind,
        title=title[:TITLE_LIMIT],
        label=kept,
        document=document if label is None else None,
        media_type=media_type if label is None else "",
        sha256=_digest(kept, document),
        expects=normal(expects) if expects else "",
        subject=subject,
        subject_id=subject_id,
    )
    return enter(session, job, by=by, at=at)


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


def ask_for_test(session: Session, *, device_id: int, words: str, by: int, at: datetime) -> int:
    """Ask for a sheet that shows that a printer prints; returns the number of the job. Raises NoSuchPrinter."""
    name = printer(session, device_id).name
    return ask(
        session,
        printer_id=device_id,
        kind="test_sheet",
        title=name,
        label=test_sheet(printer=name, words=words),
        by=by,
        at=at,
    )


def enter(session: Session, job: PrintJob, *, by: int, at: datetime) -> int:
    """Let a new job wait for its printer; returns its number."""
    job.asked_by, job.created_at = by, at
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
    """Return the printer that serves a bench: one that is up before one that is not, the longest bound first.

    An agent that holds a printer of its own comes last: it fetches sheets when it is there.
    """
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
        .order_by(Device.address.is_(None), DeviceBinding.id)
    )
    fit = [row for row in session.execute(query) if prints(row.address, media_type)]
    up = [row for row in fit if not row.is_held and is_up(row.condition or "unknown")]
    return next((row.id for row in (*up, *fit)), None)
