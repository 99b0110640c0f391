"""Which sheet is due: of each printer the oldest, where nothing is under way and nobody asks it how it is."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
)

from wms.kernel.prepared import Prepared
from wms.printing.lifecycle import State
from wms.printing.rules import ASKING
from wms.printing.tables import WAITING, PrinterNow, PrintJob
from wms.stations.tables import Device

Moment = datetime | BindParameter[datetime]


def due(at: datetime) -> Mapping[str, datetime]:
    """Return what the questions for sheets that are due want to know."""
    return {"at": at, "asked": at + ASKING}


def next_due(at: Moment, asked: Moment, printer_id: int | None = None) -> Select[int]:
    """Return the question for the next sheet: of any printer that is reached from here, or of one."""
    sending = func.sum(case((PrintJob.state == State.SENDING, 1), else_=0))
    oldest = (
        select(func.min(PrintJob.id))
        .where(text(WAITING))
        .group_by(PrintJob.printer_id)
        .having(sending == 0)
    )
    reached = Device.address.is_not(None) if printer_id is None else Device.id == printer_id
    return (
        select(PrintJob.id)
        .join(Device, Device.id == PrintJob.printer_id)
        .outerjoin(PrinterNow, PrinterNow.device_id == PrintJob.printer_id)
        .where(PrintJob.id.in_(oldest), PrintJob.state == State.QUEUED, PrintJob.due_at <= at)
        .where(Device.revoked_at.is_(None), reached)
        .where(or_(PrinterNow.is_held.is_(None), PrinterNow.is_held.is_(False)))
        .where(not_asked(at, asked))
        .order_by(PrintJob.due_at, PrintJob.id)
        .limit(1)
    )


def not_asked(at: Moment, asked: Moment) -> ColumnElement[bool]:
    """Many printers serve one connection: while somebody asks one how it is, no sheet goes there."""
    told = PrinterNow.told_at
    return or_(told.is_(None), told <= at, told > asked)


def left_behind(at: Moment) -> Select[int]:
    """Return the question for sheets whose sender died."""
    return (
        select(PrintJob.id)
        .where(text(WAITING), PrintJob.state == State.SENDING, PrintJob.lease_until <= at)
        .order_by(PrintJob.id)
    )


DUE = (
    Prepared(next_due(bindparam("at"), bindparam("asked"))),
    Prepared(left_behind(bindparam("at"))),
)
"""The questions whether there is a sheet to send `at` a moment, or one whose sender died."""
