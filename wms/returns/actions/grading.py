"""What a person says of the units before them, and what becomes of them: the shelf, quarantine, or scrap."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.returns.actions.flagging import count_apart
from wms.returns.actions.leading import Lying, ask_away
from wms.returns.actions.rows import ungraded, yours
from wms.returns.actions.taking import quarantine
from wms.returns.events import UnitsGraded
from wms.returns.grades import Disposition, Grade, disposition
from wms.returns.tables import Return, ReturnLine, ReturnUnit
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus


class NothingToGrade(Refusal):
    """Nothing lies before the person that has no grade."""

    sentence = "returns.nothing_to_grade"


@dataclass(frozen=True)
class Graded:
    """How many units got a grade, and what becomes of them."""

    item_id: int
    quantity: int
    disposition: Disposition


def grade(session: Session, *, return_id: int, grade: Grade, by: int, at: datetime) -> Graded:
    """Say in what condition the units before the person are. Like new goes to a shelf, as far as anybody knows of it.

    Raises NoSuchReturn, NotYourParcel, NothingToGrade.
    """
    row = yours(session, return_id, by)
    lying = _lying(session, row)
    fate = disposition(grade, is_known=row.order_id is not None)
    _move(session, row, lying, fate, by=by, at=at)
    for unit, line in lying:
        unit.grade, unit.disposition, unit.graded_at = grade.value, fate.value, at
        _count(line, fate, unit.quantity)
    if fate is not Disposition.SCRAP:
        ask_away(session, row, lying, fate, by=by, at=at)
    session.flush()
    graded = Graded(lying[0][1].item_id, sum(unit.quantity for unit, _ in lying), fate)
    fact = UnitsGraded(row.id, graded.item_id, graded.quantity, grade.value, fate.value)
    announce(session, fact, by=by, at=at)
    return graded


def flag_wrong(session: Session, *, return_id: int, by: int, at: datetime) -> Graded:
    """Say that the units before the person are not what their code says, or not of this order: they are set aside.

    They count on no line of the order any more. Raises NoSuchReturn, NotYourParcel, NothingToGrade.
    """
    row = yours(session, return_id, by)
    lying = _lying(session, row)
    for unit, line in reversed(lying):
        other, apart = count_apart(session, row, unit, line, at=at)
        quarantine(session, row, other, apart, by=by, at=at)
        unit.move_task_id = other.move_task_id
        session.flush()
    total = sum(unit.quantity for unit, _ in lying)
    return Graded(lying[0][1].item_id, total, Disposition.QUARANTINE)


def _lying(session: Session, row: Return) -> Lying:
    lying = ungraded(session, row.id)
    if not lying:
        raise NothingToGrade(number=row.number)
    return lying


def _move(
    session: Session, row: Return, lying: Lying, fate: Disposition, *, by: int, at: datetime
) -> None:
    """Book what becomes of the units, one move for each scan, so that each can be taken back."""
    moves = [_fated(session, row, unit, line, fate) for unit, line in reversed(lying)]
    stock.post(session, moves, by=by, at=at)


def _fated(
    session: Session, row: Return, unit: ReturnUnit, line: ReturnLine, fate: Disposition
) -> Move:
    after = {
        Disposition.RESTOCK: StockStatus.AVAILABLE,
        Disposition.QUARANTINE: StockStatus.QUARANTINE,
        Disposition.SCRAP: StockStatus.DAMAGED,
    }[fate]
    is_scrap = fate is Disposition.SCRAP
    scrap_id = outside(session, row.warehouse_id, Outside.SCRAP)
    return Move(
        line.item_id,
        unit.place_id,
        scrap_id if is_scrap else unit.place_id,
        unit.quantity,
        Reason.SCRAP if is_scrap else Reason.STATUS,
        lot_id=unit.lot_id,
        serial_id=unit.serial_id,
        status_from=StockStatus.RETURNED_UNGRADED,
        status_to=after,
        reference=row.number,
    )


def _count(line: ReturnLine, fate: Disposition, units: int) -> None:
    match fate:
        case Disposition.RESTOCK:
            line.restocked += units
        case Disposition.QUARANTINE:
            line.quarantined += units
        case Disposition.SCRAP:
            line.scrapped += units
