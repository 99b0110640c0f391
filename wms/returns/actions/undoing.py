"""Taking back what was done last at a returns bench: a grade, or a scan."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from wms.kernel.lifecycle import NotNow
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.moving import actions as moving
from wms.returns.actions.flagging import (
    close_case_of_none,
    count_again,
    flagged_as,
    may_count_again,
)
from wms.returns.actions.leading import Lying
from wms.returns.actions.rows import live_units, yours
from wms.returns.events import ReturnStepUndone
from wms.returns.grades import Disposition
from wms.returns.lifecycle import State
from wms.returns.tables import Return, ReturnLine, ReturnUnit
from wms.stock import actions as stock
from wms.stock.moves import Reason
from wms.stock.tables import StockMove


class NothingScannedYet(Refusal):
    """Nothing was scanned out of this parcel."""

    sentence = "returns.nothing_to_undo"


class CarriedAlready(Refusal):
    """Somebody carries the units to a shelf already, or they are there."""

    sentence = "returns.cannot_undo"


class CountedElsewhere(Refusal):
    """The order has no room for the units any more: another parcel brought as many, or it came to light since."""

    sentence = "returns.counted_elsewhere"


class Verb(StrEnum):
    """What was taken back."""

    SCAN = "scan"
    GRADE = "grade"
    FLAG = "flag"
    """That units are not right: they lie before the person again."""


@dataclass(frozen=True)
class Undone:
    """What was taken back, of which item, how many units."""

    verb: Verb
    item_id: int
    quantity: int


def undo(session: Session, *, return_id: int, by: int, at: datetime) -> Undone:
    """Take back the newest grade or flag, or the newest scan that has none.

    Raises NoSuchReturn, NotYourParcel, NothingScannedYet, CarriedAlready, CountedElsewhere, CannotReverse.
    """
    row = yours(session, return_id, by)
    live = live_units(session, row.id)
    if not live or row.state != State.INSPECTING:
        raise NothingScannedYet(number=row.number)
    unit, line = live[0]
    if flagged_as(session, unit) is not None:
        total = _unflag(session, row, live, by=by, at=at)
        return _told(session, row, Undone(Verb.FLAG, line.item_id, total), by=by, at=at)
    if not unit.disposition or unit.is_wrong_item:
        if unit.is_wrong_item:
            _call_off(session, unit.move_task_id, by=by, at=at)
            _ungrade(session, row, unit, line, by=by, at=at)
        total = _unscan(session, row, live, by=by, at=at)
        close_case_of_none(session, row, by=by, at=at)
        return _told(session, row, Undone(Verb.SCAN, line.item_id, total), by=by, at=at)
    batch = [
        pair for pair in live if _is_same_act(pair[0], unit) and pair[1].item_id == line.item_id
    ]
    _call_off(session, unit.move_task_id, by=by, at=at)
    for its, its_line in batch:
        _ungrade(session, row, its, its_line, by=by, at=at)
    total = sum(its.quantity for its, _ in batch)
    return _told(session, row, Undone(Verb.GRADE, line.item_id, total), by=by, at=at)


def _unscan(session: Session, row: Return, live: Lying, *, by: int, at: datetime) -> int:
    """Put what came with the newest scan back into the parcel, on however many lines it counted; returns how many."""
    newest, first = live[0]
    lines: set[int] = set()
    total = 0
    for unit, line in live:
        is_of_it = (unit.scanned_at, line.item_id) == (newest.scanned_at, first.item_id)
        if not is_of_it or line.id in lines or unit.disposition:
            break
        take_out(session, row, unit, line, by=by, at=at)
        lines.add(line.id)
        total += unit.quantity
    return total


def _unflag(session: Session, row: Return, live: Lying, *, by: int, at: datetime) -> int:
    """Let units lie ungraded before the person again that were flagged in one act; returns how many."""
    newest, line = live[0]
    flagged_at, total = newest.graded_at, 0
    for unit, apart in live:
        before = flagged_as(session, unit)
        if before is None or (unit.graded_at, apart.id) != (flagged_at, line.id):
            break
        if not may_count_again(session, row, before):
            raise CountedElsewhere(number=row.number)
        _call_off(session, unit.move_task_id, by=by, at=at)
        _ungrade(session, row, unit, apart, by=by, at=at)
        count_again(session, unit, apart, before, at=at)
        total += unit.quantity
    close_case_of_none(session, row, by=by, at=at)
    return total


def take_out(
    session: Session, row: Return, unit: ReturnUnit, line: ReturnLine, *, by: int, at: datetime
) -> None:
    """Put units that have no grade back into the parcel, as if they had not been scanned."""
    _reverse(session, row, unit, line, Reason.RETURN, by=by, at=at)
    line.arrived -= unit.quantity
    unit.undone_at = at
    session.flush()


def _is_same_act(one: ReturnUnit, other: ReturnUnit) -> bool:
    """Tell whether units got their grade together."""
    if other.move_task_id is not None:
        return one.move_task_id == other.move_task_id
    return (one.graded_at, one.grade, one.disposition) == (
        other.graded_at,
        other.grade,
        other.disposition,
    )


def _call_off(session: Session, move_task_id: int | None, *, by: int, at: datetime) -> None:
    if move_task_id is None:
        return
    try:
        moving.cancel(session, move_task_id=move_task_id, by=by, at=at)
    except NotNow:
        raise CarriedAlready(id=move_task_id) from None


def _ungrade(
    session: Session, row: Return, unit: ReturnUnit, line: ReturnLine, *, by: int, at: datetime
) -> None:
    fate = Disposition(unit.disposition)
    reason = Reason.SCRAP if fate is Disposition.SCRAP else Reason.STATUS
    _reverse(session, row, unit, line, reason, by=by, at=at)
    match fate:
        case Disposition.RESTOCK:
            line.restocked -= unit.quantity
        case Disposition.QUARANTINE:
            line.quarantined -= unit.quantity
        case Disposition.SCRAP:
            line.scrapped -= unit.quantity
    unit.grade, unit.disposition, unit.graded_at, unit.move_task_id = "", "", None, None
    unit.is_wrong_item = False
    session.flush()


def _reverse(
    session: Session,
    row: Return,
    unit: ReturnUnit,
    line: ReturnLine,
    reason: Reason,
    *,
    by: int,
    at: datetime,
) -> None:
    """Take the newest move back that did this to units like these: like ones are not told apart by the ledger."""
    undone = aliased(StockMove)
    arrives = StockMove.target_id == unit.place_id
    leaves = StockMove.source_id == unit.place_id
    query = select(StockMove.id).where(
        StockMove.reference == row.number,
        StockMove.reason == reason.value,
        arrives if reason is Reason.RETURN else leaves,
        StockMove.item_id == line.item_id,
        StockMove.lot_id == unit.lot_id,
        StockMove.serial_id == unit.serial_id,
        StockMove.quantity == unit.quantity,
        StockMove.reverses_id.is_(None),
        ~exists().where(undone.reverses_id == StockMove.id),
    )
    found = session.scalars(query.order_by(StockMove.id.desc()).limit(1)).one()
    stock.reverse(session, [found], by=by, at=at)


def _told(session: Session, row: Return, undone: Undone, *, by: int, at: datetime) -> Undone:
    fact = ReturnStepUndone(row.id, undone.verb.value, undone.quantity)
    announce(session, fact, by=by, at=at)
    return undone
