"""A printer that is down for long, and a sheet that cannot be printed at all, become cases for somebody to see to."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.kernel.words import say
from wms.printing.actions.passing_on import pass_on_from_revoked
from wms.printing.lifecycle import State
from wms.printing.rules import DOWN_FOR, UP
from wms.printing.tables import WAITING, PrinterNow, PrintJob
from wms.stations.tables import Device

DOWN, UNPRINTABLE = "printer_down", "sheet_unprintable"
"""Kinds of cases."""

OPEN = ("open", "assigned")


def report_printers(session: Session, *, by: int, at: datetime) -> None:
    """Open a case of each printer that is down for long, and close those of printers that are up again.

    One that is not used any more is a case while sheets wait for it that no other can take.
    """
    pass_on_from_revoked(session, by=by, at=at)
    is_down = and_(
        PrinterNow.condition.not_in([condition.value for condition in UP]),
        PrinterNow.is_held.is_(False),
        Device.revoked_at.is_(None),
    )
    waits = select(PrintJob.printer_id).where(text(WAITING), PrintJob.state == State.QUEUED)
    is_left = and_(Device.revoked_at.is_not(None), Device.id.in_(waits))
    query = (
        select(PrinterNow, Device)
        .join(Device, Device.id == PrinterNow.device_id)
        .where(or_(is_left, and_(is_down, PrinterNow.since <= at - DOWN_FOR)))
        .order_by(PrinterNow.device_id)
    )
    for now, device in session.execute(query).all():
        cases.open_case(
            session,
            kind=DOWN,
            subject="device",
            subject_id=now.device_id,
            sentence="printing.case_left" if device.revoked_at else "printing.case_down",
            values={"printer": device.name},
            by=by,
            at=at,
        )
    _close_what_is_over(session, or_(is_down, is_left), by=by, at=at)


def report_unprintable(
    session: Session, job: PrintJob, reason: str, *, by: int, at: datetime
) -> None:
    """Open a case of a sheet that cannot come out of its printer."""
    cases.open_case(
        session,
        kind=UNPRINTABLE,
        subject="print_job",
        subject_id=job.id,
        sentence="printing.case_unprintable",
        values={"number": job.number, "title": job.title, "reason": reason},
        by=by,
        at=at,
    )


def _close_what_is_over(
    session: Session, is_down: ColumnElement[bool], *, by: int, at: datetime
) -> None:
    still = (
        select(PrinterNow.device_id)
        .join(Device, Device.id == PrinterNow.device_id)
        .where(PrinterNow.device_id == ExceptionCase.subject_id, is_down)
    )
    over = (
        select(ExceptionCase.id)
        .where(ExceptionCase.kind == DOWN, ExceptionCase.state.in_(OPEN), ~still.exists())
        .order_by(ExceptionCase.id)
    )
    for number in session.scalars(over).all():
        cases.close(session, case_id=number, outcome=say("printing.case_over"), by=by, at=at)
