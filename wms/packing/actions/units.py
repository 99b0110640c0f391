"""Units on their way between a tote and a box: counted by line and by box, and moved in the ledger."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import Gate
from wms.packing.events import PackageFilled
from wms.packing.tables import Package, PackageItem
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason


@dataclass(frozen=True)
class Units:
    """So many units of one thing for one line, and the tote that they come out of."""

    tote_id: int
    fo_line_id: int
    item_id: int
    lot_id: int
    serial_id: int
    quantity: int


class NotInBox(Refusal):
    """The box holds fewer such units out of that tote."""

    sentence = "packing.not_in_box"


def fill(
    session: Session, gate: Gate, package: Package, units: Units, *, by: int, at: datetime
) -> list[int]:
    """Book units into a box; returns the moves."""
    orders.packed(session, fo_line_id=units.fo_line_id, quantity=units.quantity, by=by, at=at)
    moves = stock.post(
        session, [_move(gate, units, units.tote_id, package.location_id)], by=by, at=at
    )
    count(session, package, units, units.quantity)
    announce(
        session,
        PackageFilled(package.id, package.fo_id, units.item_id, units.quantity),
        by=by,
        at=at,
    )
    return moves


def unfill(
    session: Session, gate: Gate, package: Package, units: Units, *, by: int, at: datetime
) -> list[int]:
    """Book units out of a box, into their tote; returns the moves. Raises NotInBox."""
    count(session, package, units, -units.quantity)
    orders.unpacked(session, fo_line_id=units.fo_line_id, quantity=units.quantity, by=by, at=at)
    moves = stock.post(
        session, [_move(gate, units, package.location_id, units.tote_id)], by=by, at=at
    )
    announce(
        session,
        PackageFilled(package.id, package.fo_id, units.item_id, -units.quantity),
        by=by,
        at=at,
    )
    return moves


def count(session: Session, package: Package, units: Units, change: int) -> None:
    """Count units of a box that is held, more or, below zero, fewer; raises NotInBox."""
    session.flush()
    row = session.scalar(
        select(PackageItem)
        .where(
            PackageItem.package_id == package.id,
            PackageItem.fo_line_id == units.fo_line_id,
            PackageItem.lot_id == units.lot_id,
            PackageItem.serial_id == units.serial_id,
            PackageItem.tote_id == units.tote_id,
        )
        .execution_options(populate_existing=True)
    )
    if (row.quantity if row else 0) + change < 0:
        raise NotInBox(package=package.number, n=row.quantity if row else 0, quantity=-change)
    if row is None:
        row = PackageItem(
            package_id=package.id,
            fo_line_id=units.fo_line_id,
            item_id=units.item_id,
            lot_id=units.lot_id,
            serial_id=units.serial_id,
            tote_id=units.tote_id,
            quantity=0,
        )
        session.add(row)
    row.quantity += change
    session.flush()


def items_of(session: Session, package: Package) -> list[PackageItem]:
    """Return what is in a box that is held."""
    session.flush()
    query = select(PackageItem).where(
        PackageItem.package_id == package.id, PackageItem.quantity > 0
    )
    return list(
        session.scalars(query.order_by(PackageItem.id).execution_options(populate_existing=True))
    )


def inside(session: Session, package: Package) -> list[list[int]]:
    """Return what is in a box that is held as it is noted: line, lot, serial, tote and quantity."""
    return [
        [row.fo_line_id, row.lot_id, row.serial_id, row.tote_id, row.quantity]
        for row in items_of(session, package)
    ]


def _move(gate: Gate, units: Units, source_id: int, target_id: int) -> Move:
    return Move(
        units.item_id,
        source_id,
        target_id,
        units.quantity,
        Reason.PACK,
        lot_id=units.lot_id,
        serial_id=units.serial_id,
        reference=gate.number,
    )
