"""Units out of the parcel: they come in from the customer, ungraded, and nobody can be promised them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.cases import actions as cases
from wms.catalog.queries import names as skus
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.returns.actions.flagging import WRONG_ITEM
from wms.returns.actions.leading import ask_away
from wms.returns.actions.rows import hold_lines, line_of, ungraded, yours
from wms.returns.actions.undoing import take_out
from wms.returns.events import UnitsReturned, WrongItemReturned
from wms.returns.goods import Goods
from wms.returns.grades import Disposition
from wms.returns.lifecycle import LIFECYCLE, State, Verb
from wms.returns.queries import lines, owing
from wms.returns.rules import Owed, allot
from wms.returns.tables import Return, ReturnLine, ReturnUnit
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus


class NotOfOrder(Refusal):
    """Nothing of this item left the house with the order."""

    sentence = "returns.not_of_order"


class TooManyBack(Refusal):
    """More would come back than left the house."""

    sentence = "returns.too_many_back"


@dataclass(frozen=True)
class Share:
    """So many units of one thing on one line, and the bench that they come in on."""

    goods: Goods
    quantity: int
    location_id: int


def take_in(
    session: Session,
    *,
    return_id: int,
    goods: Goods,
    quantity: int,
    location_id: int,
    by: int,
    at: datetime,
) -> list[ReturnUnit]:
    """Take units out of the parcel onto the bench, ungraded.

    Raises NotYourParcel, NotNow, NotOfOrder, TooManyBack; Wrong and SerialElsewhere as the ledger does.
    """
    row = _begun(session, return_id, quantity, by=by)
    shares = _shares(session, row, goods.item_id, quantity)
    found = [
        _enter(session, row, line, Share(goods, units, location_id), by=by, at=at)
        for line, units in shares
    ]
    announce(session, UnitsReturned(row.id, goods.item_id, quantity), by=by, at=at)
    return found


def set_aside(
    session: Session,
    *,
    return_id: int,
    goods: Goods,
    quantity: int,
    location_id: int,
    by: int,
    at: datetime,
) -> ReturnUnit:
    """Take in units that do not belong to the order, or are too many: a case, and quarantine, whatever their grade.

    Raises NotYourParcel, NotNow; Wrong and SerialElsewhere as the ledger does.
    """
    row = _begun(session, return_id, quantity, by=by)
    line = line_of(session, row.id, order_line_id=None, item_id=goods.item_id)
    unit = _enter(session, row, line, Share(goods, quantity, location_id), by=by, at=at)
    quarantine(session, row, unit, line, by=by, at=at)
    return unit


def count_to(
    session: Session, *, return_id: int, quantity: int, location_id: int, by: int, at: datetime
) -> None:
    """Say how many of what lies ungraded before the person there are: more come in, or the newest are taken back.

    Raises NotYourParcel, NothingToGrade as `grade` does, and what `take_in` raises.
    """
    row = yours(session, return_id, by)
    lying = ungraded(session, row.id)
    assert lying, "there is something to count"
    newest, line = lying[0]
    goods = Goods(line.item_id, newest.lot_id, newest.serial_id)
    there = sum(unit.quantity for unit, _ in lying)
    for unit, its_line in lying:
        if there <= quantity:
            break
        take_out(session, row, unit, its_line, by=by, at=at)
        there -= unit.quantity
    if there < quantity:
        take_in(
            session,
            return_id=row.id,
            goods=goods,
            quantity=quantity - there,
            location_id=location_id,
            by=by,
            at=at,
        )


def quarantine(
    session: Session, row: Return, unit: ReturnUnit, line: ReturnLine, *, by: int, at: datetime
) -> None:
    """Set units aside that came as a wrong item, and let a case ask what becomes of them."""
    move = Move(
        line.item_id,
        unit.place_id,
        unit.place_id,
        unit.quantity,
        Reason.STATUS,
        lot_id=unit.lot_id,
        serial_id=unit.serial_id,
        status_from=StockStatus.RETURNED_UNGRADED,
        status_to=StockStatus.QUARANTINE,
        reference=row.number,
    )
    stock.move(session, move, by=by, at=at)
    unit.is_wrong_item, unit.disposition, unit.graded_at = True, Disposition.QUARANTINE.value, at
    line.quarantined += unit.quantity
    session.flush()
    ask_away(session, row, [(unit, line)], Disposition.QUARANTINE, by=by, at=at)
    announce(session, WrongItemReturned(row.id, line.item_id, unit.quantity), by=by, at=at)
    sku = skus(session, [line.item_id])[line.item_id]
    cases.open_case(
        session,
        kind=WRONG_ITEM,
        subject="return",
        subject_id=row.id,
        sentence="returns.case_wrong_item",
        values={"number": row.number, "sku": sku},
        by=by,
        at=at,
    )


def _begun(session: Session, return_id: int, quantity: int, *, by: int) -> Return:
    """Return the return in hand; the first unit begins the looking."""
    if quantity < 1:
        raise Wrong(Fault("quantity", "stock.no_units", {"quantity": quantity}))
    row = yours(session, return_id, by)
    if row.state != State.INSPECTING:
        transition(row, LIFECYCLE, Verb.INSPECT)
        session.flush()
    return row


def _shares(
    session: Session, row: Return, item_id: int, quantity: int
) -> Sequence[tuple[ReturnLine, int]]:
    """Return on which lines these units count. Lines are held, so that two parcels of an order never bring too much."""
    if row.order_id is None:
        return [(line_of(session, row.id, order_line_id=None, item_id=item_id), quantity)]
    hold_lines(session, row.order_id)
    told = {line.order_line_id: line.advised - line.arrived for line in lines(session, [row.id])}
    owed = [
        Owed(one.order_line_id, one.left, max(0, told.get(one.order_line_id, 0)))
        for one in owing(session, row.order_id)
        if one.item_id == item_id
    ]
    sku = skus(session, [item_id])[item_id]
    if not owed:
        raise NotOfOrder(sku=sku, number=row.number)
    left = sum(one.left for one in owed)
    if left < quantity:
        raise TooManyBack(sku=sku, left=left, quantity=quantity)
    return [
        (line_of(session, row.id, order_line_id=line_id, item_id=item_id), units)
        for line_id, units in allot(quantity, owed)
    ]


def _enter(
    session: Session, row: Return, line: ReturnLine, share: Share, *, by: int, at: datetime
) -> ReturnUnit:
    goods = share.goods
    warehouse_id = session.get_one(Location, share.location_id).warehouse_id
    move = Move(
        goods.item_id,
        outside(session, warehouse_id, Outside.CUSTOMER),
        share.location_id,
        share.quantity,
        Reason.RETURN,
        lot_id=goods.lot_id,
        serial_id=goods.serial_id,
        status_to=StockStatus.RETURNED_UNGRADED,
        reference=row.number,
    )
    stock.move(session, move, by=by, at=at)
    unit = ReturnUnit(
        line_id=line.id,
        lot_id=goods.lot_id,
        serial_id=goods.serial_id,
        quantity=share.quantity,
        place_id=share.location_id,
        worker_id=by,
        scanned_at=at,
    )
    session.add(unit)
    line.arrived += share.quantity
    session.flush()
    return unit
