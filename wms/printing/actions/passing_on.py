"""What waits for a printer that cannot print comes out of another one that can."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from sqlalchemy import select, text
from sqlalchemy.orm import Session, aliased

from wms.printing.actions.repeating import hand_on
from wms.printing.actions.rows import now_of
from wms.printing.lifecycle import State
from wms.printing.rules import PRINTERS, is_up, language, prints
from wms.printing.tables import WAITING, PrinterNow, PrintJob
from wms.stations.tables import Device, DeviceBinding


def pass_on(session: Session, now: PrinterNow, *, by: int, at: datetime) -> None:
    """Let what waits for a printer that is down come out of the next one that is up and understands it.

    Where none was named, of another one that serves the same bench. A sheet that somebody else holds at this moment is
    left to them: this never waits, and never refuses.
    """
    if not (is_up(now.condition) or now.is_held):
        _spread(session, now, by=by, at=at)


def pass_on_from_revoked(session: Session, *, by: int, at: datetime) -> None:
    """Let what waits for printers that are not used any more come out of others, where there are any."""
    waits = select(PrintJob.printer_id).where(text(WAITING), PrintJob.state == State.QUEUED)
    gone = select(Device.id).where(Device.revoked_at.is_not(None), Device.id.in_(waits))
    for device_id in session.scalars(gone.order_by(Device.id)).all():
        _spread(session, now_of(session, device_id, at), by=by, at=at)


def _spread(session: Session, now: PrinterNow, *, by: int, at: datetime) -> None:
    followers = list(_followers(session, now))
    for job in _waiting(session, now.device_id):
        others = chain(followers, _at_its_bench(session, job))
        fit = (one for one in others if prints(one.address, job.media_type or None))
        target = next(fit, None)
        if target is not None:
            hand_on(session, job, target, by=by, at=at)


def _waiting(session: Session, device_id: int) -> list[PrintJob]:
    session.flush()
    query = (
        select(PrintJob)
        .where(PrintJob.printer_id == device_id, PrintJob.state == State.QUEUED)
        .order_by(PrintJob.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query).all())


def _followers(session: Session, now: PrinterNow) -> Iterator[Device]:
    """Give the printers along the chain that can take over, the nearest first; a chain that closes ends there.

    An address may be another one since the printer was named: what speaks another language now takes nothing over.
    """
    seen = {now.device_id}
    spoken = language(session.get_one(Device, now.device_id).address)
    here: PrinterNow | None = now
    while here is not None and here.next_id is not None and here.next_id not in seen:
        seen.add(here.next_id)
        device = session.get_one(Device, here.next_id)
        here = session.get(PrinterNow, device.id)
        if language(device.address) is spoken and _is_usable(device, here):
            yield device


def _at_its_bench(session: Session, job: PrintJob) -> Iterator[Device]:
    """Give the other printers that serve the bench of a sheet as its own does: first those that the house reaches."""
    here, other = aliased(DeviceBinding), aliased(DeviceBinding)
    query = (
        select(Device)
        .join(other, other.device_id == Device.id)
        .join(here, (here.station_id == other.station_id) & (here.role == other.role))
        .where(here.station_id == job.station_id, here.device_id == job.printer_id)
        .where(Device.id != job.printer_id, Device.kind.in_(PRINTERS))
        .order_by(Device.address.is_(None), other.id)
    )
    for device in session.scalars(query).unique():
        if _is_usable(device, session.get(PrinterNow, device.id)):
            yield device


def _is_usable(device: Device, now: PrinterNow | None) -> bool:
    is_ready = now is None or (is_up(now.condition) and not now.is_held)
    return device.revoked_at is None and is_ready
