"""Units that are not what their code says: they count apart from the order, until somebody takes that back.

The row of the scan stays behind, taken back, and names the same walk as the row that stands for it now.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases.queries import open_case_about
from wms.kernel.words import say
from wms.returns.actions.rows import hold_lines, line_of, live_units
from wms.returns.queries import owing
from wms.returns.tables import Return, ReturnLine, ReturnUnit

WRONG_ITEM = "wrong_item_back"
"""The kind of case that asks what becomes of them."""


def count_apart(
    session: Session, row: Return, unit: ReturnUnit, line: ReturnLine, *, at: datetime
) -> tuple[ReturnUnit, ReturnLine]:
    """Let ungraded units count on no line of the order; returns the row that stands for them now, and its line."""
    apart = line_of(session, row.id, order_line_id=None, item_id=line.item_id)
    other = ReturnUnit(
        line_id=apart.id,
        lot_id=unit.lot_id,
        serial_id=unit.serial_id,
        quantity=unit.quantity,
        place_id=unit.place_id,
        worker_id=unit.worker_id,
        scanned_at=unit.scanned_at,
    )
    session.add(other)
    line.arrived -= unit.quantity
    apart.arrived += unit.quantity
    unit.undone_at = at
    session.flush()
    return other, apart


def flagged_as(session: Session, unit: ReturnUnit) -> ReturnUnit | None:
    """Return the scan that units stood for before somebody said that they are not right; None without one."""
    if not unit.is_wrong_item:
        return None
    query = select(ReturnUnit).where(
        ReturnUnit.move_task_id == unit.move_task_id,
        ReturnUnit.undone_at.is_not(None),
        ReturnUnit.id < unit.id,
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def may_count_again(session: Session, row: Return, before: ReturnUnit) -> bool:
    """Tell whether its line of the order takes the units of a scan again: another parcel may have brought as many."""
    line = session.get_one(ReturnLine, before.line_id)
    if line.order_line_id is None or row.order_id is None:
        return row.order_id is None
    hold_lines(session, row.order_id, [line.order_line_id])
    return any(
        one.left >= before.quantity
        for one in owing(session, row.order_id)
        if (one.order_line_id, one.item_id) == (line.order_line_id, line.item_id)
    )


def count_again(
    session: Session, unit: ReturnUnit, apart: ReturnLine, before: ReturnUnit, *, at: datetime
) -> None:
    """Let units that have no fate any more count as they did when they were scanned."""
    line = session.get_one(ReturnLine, before.line_id)
    apart.arrived -= unit.quantity
    line.arrived += unit.quantity
    unit.undone_at, before.undone_at, before.move_task_id = at, None, None
    session.flush()


def close_case_of_none(session: Session, row: Return, *, by: int, at: datetime) -> None:
    """Close the case of wrong items of a parcel in which none is any more."""
    if any(unit.is_wrong_item for unit, _ in live_units(session, row.id)):
        return
    case_id = open_case_about(session, kind=WRONG_ITEM, subject="return", subject_id=row.id)
    if case_id is not None:
        outcome = say("returns.case_taken_back")
        cases.close(session, case_id=case_id, outcome=outcome, by=by, at=at)
