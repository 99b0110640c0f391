"""Units that an order loses at the bench: not in their tote, damaged, or not what they should be. Others come later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.kernel.outbox import announce
from wms.moving import actions as moving
from wms.orders import actions as orders
from wms.orders import queries as order_queries
from wms.orders.gate import FoState, Gate
from wms.orders.queries import NoSuchFo
from wms.orders.tables import FoLine
from wms.packing.actions.closing import open_again, snapshot
from wms.packing.actions.filling import NotInTote, see_that_in_tote
from wms.packing.actions.instead import Instead, lay_apart
from wms.packing.actions.noting import ActVerb, forget, note
from wms.packing.actions.opening import end, is_open, units_in
from wms.packing.actions.rows import go, held_package, held_packages, pass_gate
from wms.packing.actions.units import NotInBox, Units, count
from wms.packing.actions.weighing import end_if_all_packed
from wms.packing.events import UnitsMissingAtPacking
from wms.packing.lifecycle import PackageVerb
from wms.packing.tables import Package
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus

__all__ = ["Instead", "NotInBox", "NotInTote", "missing", "set_aside"]


@dataclass(frozen=True)
class Loss:
    """Units on their way out of an order: where they lie by the book, and where they go. Nowhere: nobody finds them."""

    units: Units
    source_id: int
    place_id: int | None
    package: Package | None = None
    closed: Mapping[str, object] | None = None
    """How the box was closed before it was opened for them."""
    instead: Instead | None = None


def missing(
    session: Session,
    *,
    fo_line_id: int,
    tote_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    place_id: int | None = None,
    by: int,
    at: datetime,
) -> FoState:
    """Say that units which the tote should hold are not fit to be sent: the order gets others later.

    Without a place nobody finds them: they are lost. With one they lie there as damaged, until somebody moves them
    away. Returns where that leads: packing goes on, all waits for others (awaiting_stock), or nothing is left to pack
    (backordered). Raises OrderStopped, NotInTote, NotNow.
    """
    line = session.get(FoLine, fo_line_id)
    if line is None:
        raise NoSuchFo(fo=fo_line_id)
    gate = pass_gate(session, line.fo_id)
    units = Units(tote_id, fo_line_id, item_id, lot_id, serial_id, quantity)
    see_that_in_tote(session, units)
    if gate.state not in {FoState.PACKING, FoState.AWAITING_STOCK}:
        orders.start_pack(session, line.fo_id, by=by, at=at)
    return _lose(session, gate, Loss(units, tote_id, place_id), by=by, at=at)


def set_aside(
    session: Session,
    *,
    package_id: int,
    fo_line_id: int,
    tote_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    place_id: int | None,
    instead: Instead | None = None,
    by: int,
    at: datetime,
) -> FoState:
    """Take units that are not fit to be sent out of a box; a closed one is opened for it, and its label given back.

    They lie at the place as damaged then, or are lost where there is none: another thing lay there `instead`, or
    nothing. The order gets others later. Returns where that leads, as `missing` does. Raises OrderStopped,
    LabelInTheWay, PartlyGone, NotInBox, NotNow.
    """
    gate, package = held_package(session, package_id)
    closed = None if is_open(package) else snapshot(session, package)
    if closed is not None:
        open_again(session, gate, package, by=by, at=at)
    units = Units(tote_id, fo_line_id, item_id, lot_id, serial_id, quantity)
    go(session, package, PackageVerb.REMOVE_ITEM)
    count(session, package, units, -quantity)
    orders.unpacked(session, fo_line_id=fo_line_id, quantity=quantity, by=by, at=at)
    loss = Loss(units, package.location_id, place_id, package, closed, instead)
    return _lose(session, gate, loss, by=by, at=at)


def _lose(session: Session, gate: Gate, loss: Loss, *, by: int, at: datetime) -> FoState:
    """Count units as missing and book them to where they are; what is finished without them goes on."""
    units = loss.units
    missed = orders.missing_at_packing(
        session, fo_line_id=units.fo_line_id, quantity=units.quantity, by=by, at=at
    )
    moves = stock.post(session, [_move(session, gate, loss)], by=by, at=at)
    told = {
        "units": vars(units),
        "moves": moves,
        "missed": missed.plain(),
        "package": loss.package.id if loss.package else None,
        "closed": loss.closed,
        "task": _ask_away(session, gate, loss, by=by, at=at),
        "instead": _lay_apart(session, loss, by=by, at=at),
    }
    note(
        session,
        ActVerb.MISSING,
        fo_id=gate.fo_id,
        tote_id=units.tote_id,
        before=told,
        by=by,
        at=at,
    )
    fact = UnitsMissingAtPacking(gate.fo_id, units.item_id, loss.source_id, units.quantity)
    announce(session, fact, by=by, at=at)
    _go_on(session, gate.fo_id, missed.state, by=by, at=at)
    return missed.state


def _move(session: Session, gate: Gate, loss: Loss) -> Move:
    units, place_id = loss.units, loss.place_id
    if place_id is None:
        warehouse_id = order_queries.fo(session, gate.fo_id).warehouse_id
        place_id = outside(session, warehouse_id, Outside.LOST)
    return Move(
        units.item_id,
        loss.source_id,
        place_id,
        units.quantity,
        Reason.LOST if loss.place_id is None else Reason.STATUS,
        lot_id=units.lot_id,
        serial_id=units.serial_id,
        status_to=None if loss.place_id is None else StockStatus.DAMAGED,
        reference=gate.number,
    )


def _ask_away(session: Session, gate: Gate, loss: Loss, *, by: int, at: datetime) -> int | None:
    """Ask for damaged units to be moved off the bench; returns the task."""
    if loss.place_id is None:
        return None
    units = loss.units
    return moving.ask(
        session,
        kind=moving.Kind.RELOCATE,
        source_id=loss.place_id,
        item_id=units.item_id,
        lot_id=units.lot_id,
        serial_id=units.serial_id,
        status=StockStatus.DAMAGED,
        quantity=units.quantity,
        why=moving.Why.PROBLEM,
        reference=gate.number,
        by=by,
        at=at,
    )


def _lay_apart(
    session: Session, loss: Loss, *, by: int, at: datetime
) -> Mapping[str, object] | None:
    if loss.package is None or loss.instead is None:
        return None
    missed_id = loss.units.item_id
    return lay_apart(session, loss.package, missed_id, loss.instead, by=by, at=at)


def _go_on(session: Session, fo_id: int, after: FoState, *, by: int, at: datetime) -> None:
    if after is FoState.BACKORDERED:
        for package in held_packages(session, fo_id):
            end(session, package, by=by, at=at)
            forget(session, package, at)
    elif after is FoState.PACKING:
        _end_the_empty(session, fo_id, by=by, at=at)
        end_if_all_packed(session, fo_id, by=by, at=at)


def _end_the_empty(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Give open boxes up into which nothing more comes, where the order has others."""
    lines = order_queries.lines_of(session, [fo_id])
    if any(line.packed < line.picked for line in lines):
        return
    for package in held_packages(session, fo_id):
        if is_open(package) and not units_in(session, package):
            end(session, package, by=by, at=at)
            forget(session, package, at)
