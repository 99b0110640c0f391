"""Taking a sheet to send it, once: whoever holds the lease."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.lifecycle import transition
from wms.printing.actions.attempting.next_sheet import due, left_behind, next_due, not_asked
from wms.printing.actions.rows import doubt, held, now_of
from wms.printing.lifecycle import LIFECYCLE, Verb
from wms.printing.rules import Doubt
from wms.printing.tables import PrintAttempt, PrinterNow, PrintJob
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
    query = next_due(**due(at), printer_id=printer_id)
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


def is_held_by(attempt: PrintAttempt, holder: Holder) -> bool:
    """Tell whether a try is theirs."""
    return attempt.evidence.get(HOLDER) == asdict(holder)


def _see_to_the_left_behind(session: Session, at: datetime) -> None:
    for number in session.scalars(left_behind(at).with_for_update(skip_locked=True)).all():
        job = held(session, number)
        attempt = _latest(session, job.id)
        attempt.ended_at, attempt.outcome = at, Verb.LEASE_EXPIRED.value
        doubt(session, job, Verb.LEASE_EXPIRED, Doubt.WORKER_DIED, by=HOUSE, at=at)


def _is_left_alone(session: Session, device_id: int, at: datetime) -> bool:
    """Hold the printer; tell whether nobody asks it how it is, or is about to."""
    if session.get(PrinterNow, device_id) is None:
        now_of(session, device_id, at)
    found = select(PrinterNow.device_id).where(
        PrinterNow.device_id == device_id, not_asked(**due(at))
    )
    return session.scalar(found.with_for_update(skip_locked=True)) is not None


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
