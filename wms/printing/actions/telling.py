"""How printers are, as they tell; what waits for one that is down goes to the next, or waits until it is up."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BindParameter, Select, and_, bindparam, or_, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared, among
from wms.printing.actions.passing_on import pass_on
from wms.printing.actions.rows import now_of
from wms.printing.events import PrinterChanged
from wms.printing.lifecycle import State
from wms.printing.rules import ASK_A_SICK_ONE, ASK_AGAIN, ASKING, PRINTERS, UP, Condition, is_up
from wms.printing.tables import WAITING, PrinterNow, PrintJob
from wms.stations.tables import Device

DETAIL_LIMIT = 400


def tell(
    session: Session,
    *,
    device_id: int,
    condition: Condition,
    detail: str = "",
    by: int,
    at: datetime,
) -> PrinterNow:
    """Note how a printer is. What waits for one that is up again is sent at once."""
    now = now_of(session, device_id, at)
    was = now.condition
    values: dict[str, object] = {"told_at": at, "detail": detail[:DETAIL_LIMIT]}
    if was != condition:
        values |= {"condition": condition.value, "since": at}
    # Not through the row: its version counts what people decide, and nobody decides this.
    session.execute(update(PrinterNow).where(PrinterNow.device_id == device_id).values(**values))
    session.refresh(now)
    if was != condition:
        announce(session, PrinterChanged(device_id, was, condition.value), by=by, at=at)
        if is_up(condition) and not is_up(was):
            _go_on(session, device_id, at)
    return now


def hear(
    session: Session, *, device_id: int, condition: Condition, detail: str, by: int, at: datetime
) -> None:
    """Take in how a printer that was asked says it is, and see to what waits for it."""
    session.info["wake"] = True  # it may get sheets again
    now = tell(session, device_id=device_id, condition=condition, detail=detail, by=by, at=at)
    pass_on(session, now, by=by, at=at)


def asked_before(at: datetime) -> Mapping[str, datetime]:
    """Return since when a printer must have been silent to be asked: one that is sick is asked more often."""
    return {"well": at - ASK_AGAIN, "sick": at - ASK_A_SICK_ONE}


def ask_next(session: Session, *, at: datetime) -> tuple[int, str] | None:
    """Take a printer to be asked, for this worker alone; returns its number and address, None where there is none."""
    # Not against who only names the device: a sheet that is claimed does.
    query = _unheard(**asked_before(at))
    number = session.scalar(query.with_for_update(of=Device, skip_locked=True, key_share=True))
    if number is None:
        return None
    now_of(session, number, at)
    if session.scalar(select(_sending(number).exists())):  # claimed since we looked
        return None
    asked = update(PrinterNow).where(PrinterNow.device_id == number).values(told_at=at + ASKING)
    session.execute(asked)
    address = session.get_one(Device, number).address
    return (number, address) if address else None


Moment = datetime | BindParameter[datetime]


def _sending(device_id: int | InstrumentedAttribute[int]) -> Select[int]:
    return select(PrintJob.id).where(
        text(WAITING), PrintJob.printer_id == device_id, PrintJob.state == State.SENDING
    )


def _unheard(well: Moment, sick: Moment) -> Select[int]:
    sending = _sending(Device.id)
    is_sick = ~among(PrinterNow.condition, UP)
    due = or_(PrinterNow.told_at <= well, and_(is_sick, PrinterNow.told_at <= sick))
    return (
        select(Device.id)
        .outerjoin(PrinterNow, PrinterNow.device_id == Device.id)
        .where(Device.kind == PRINTERS[0], Device.address.is_not(None))
        .where(Device.revoked_at.is_(None), ~sending.exists())
        .where(or_(PrinterNow.told_at.is_(None), due))
        .order_by(PrinterNow.told_at, Device.id)
        .limit(1)
    )


UNHEARD = Prepared(_unheard(bindparam("well"), bindparam("sick")))
"""The question for a printer that has not told anything for a while and has no sheet on its way."""


def _go_on(session: Session, device_id: int, at: datetime) -> None:
    waiting = update(PrintJob).where(
        PrintJob.printer_id == device_id, PrintJob.state == State.QUEUED, PrintJob.due_at > at
    )
    session.execute(waiting.values(due_at=at), execution_options={"synchronize_session": False})
    session.info["wake"] = True
