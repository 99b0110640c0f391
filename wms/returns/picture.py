"""A return as the dialogue sees it: what may come out of the parcel, what came, and what lies ungraded."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item, Lot, Serial
from wms.orders.tables import FoLine, Order, OrderLine
from wms.packing.queries import PackageState
from wms.packing.tables import Package, PackageItem
from wms.returns.actions.rows import live_units
from wms.returns.dialogue import Lying, Parcel, Want
from wms.returns.queries import lines, owing
from wms.returns.tables import Return, ReturnLine, ReturnUnit
from wms.stock.moves import NONE


@dataclass
class Left:
    """Of one item of an order: the lots that left the house, and the single pieces that are not back."""

    lots: list[str] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)


def parcel_of(session: Session, row: Return) -> Parcel:
    """Return what the dialogue needs to know of a return."""
    live = live_units(session, row.id)
    order = session.get(Order, row.order_id) if row.order_id else None
    return Parcel(
        number=row.number,
        order=order.number if order else "",
        is_blind=order is None,
        wants=_wants(session, row, order) if order else (),
        lying=_lying(session, [(unit, line) for unit, line in live if not unit.disposition]),
        came=sum(unit.quantity for unit, _ in live),
    )


def _wants(session: Session, row: Return, order: Order) -> tuple[Want, ...]:
    told: dict[int, int] = defaultdict(int)
    for line in lines(session, [row.id]):
        if line.order_line_id is not None:
            told[line.item_id] += max(0, line.advised - line.arrived)
    owed: dict[int, int] = defaultdict(int)
    names = {}
    for one in owing(session, order.id):
        owed[one.item_id] += one.left
        names[one.item_id] = one.sku
    parted = _left_as(session, order.id)
    return tuple(
        Want(
            item_id,
            names[item_id],
            left,
            min(left, told[item_id]),
            tuple(parted[item_id].lots),
            tuple(parted[item_id].serials),
        )
        for item_id, left in owed.items()
    )


def _left_as(session: Session, order_id: int) -> Mapping[int, Left]:
    rows = session.execute(
        select(
            PackageItem.item_id, PackageItem.lot_id, Lot.code, PackageItem.serial_id, Serial.code
        )
        .join(Package, Package.id == PackageItem.package_id)
        .join(FoLine, FoLine.id == PackageItem.fo_line_id)
        .join(OrderLine, OrderLine.id == FoLine.order_line_id)
        .join(Lot, Lot.id == PackageItem.lot_id)
        .join(Serial, Serial.id == PackageItem.serial_id)
        .where(
            OrderLine.order_id == order_id,
            PackageItem.quantity > 0,
            Package.state == PackageState.HANDED_OVER.value,
        )
        .order_by(PackageItem.id)
    ).all()
    back = _serials_back(session, order_id)
    found: dict[int, Left] = defaultdict(Left)
    for item_id, lot_id, lot, serial_id, serial in rows:
        if lot_id != NONE and lot not in found[item_id].lots:
            found[item_id].lots.append(lot)
        if serial_id != NONE and serial_id not in back:
            found[item_id].serials.append(serial)
    return found


def _serials_back(session: Session, order_id: int) -> set[int]:
    query = (
        select(ReturnUnit.serial_id)
        .join(ReturnLine, ReturnLine.id == ReturnUnit.line_id)
        .join(OrderLine, OrderLine.id == ReturnLine.order_line_id)
        .where(
            OrderLine.order_id == order_id,
            ReturnUnit.serial_id != NONE,
            ReturnUnit.undone_at.is_(None),
        )
    )
    return set(session.scalars(query))


def _lying(session: Session, found: list[tuple[ReturnUnit, ReturnLine]]) -> Lying | None:
    if not found:
        return None
    item = session.get_one(Item, found[0][1].item_id)
    units = sum(unit.quantity for unit, _ in found)
    return Lying(item.id, item.sku, units, item.tracks_serials)
