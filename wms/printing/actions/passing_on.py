"""What waits for a printer that cannot print comes out of another one that can."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.printing.actions.repeating import hand_on
from wms.printing.lifecycle import State
from wms.printing.rules import is_up, language, prints
from wms.printing.tables import PrinterNow, PrintJob
from wms.stations.tables import Device


def pass_on(session: Session, now: PrinterNow, *, by: int, at: datetime) -> None:
    """Let what waits for a printer that is down come out of the next one that is up and understands it.

    A sheet that somebody else holds at this moment is left to them: this never waits, and never refuses.
    """
    if is_up(now.condition) or now.is_held:
        return
    followers = list(_followers(session, now))
    if not followers:
        return
    for job in _waiting(session, now.device_id):
        fit = (one for one in followers if prints(one.address, job.media_type or None))
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


def _is_usable(device: Device, now: PrinterNow | None) -> bool:
    is_ready = now is None or (is_up(now.condition) and not now.is_held)
    return device.revoked_at is None and is_ready
