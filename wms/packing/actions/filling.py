"""Units go from totes into boxes, each counted once, and out of them again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.actions import LpnState
from wms.bins.tables import Lpn
from wms.kernel.refusal import Refusal
from wms.orders.tables import FoLine
from wms.packing.actions.noting import ActVerb, note
from wms.packing.actions.rows import go, held_package
from wms.packing.actions.units import Units, fill, items_of, unfill
from wms.packing.lifecycle import PackageVerb
from wms.packing.queries import in_tote
from wms.packing.tables import Package, PackageItem
from wms.picking.queries import live_binding, picked_into


class NotInTote(Refusal):
    """The tote holds fewer such units for the line than that, or is not open at a bench."""

    sentence = "packing.not_in_tote"


class NotTheirTote(NotInTote):
    """The tote that units came out of is put away, or carries something else by now."""

    sentence = "packing.not_their_tote"


class OtherOrder(Refusal):
    """The line belongs to another fulfillment order than the box."""

    sentence = "packing.other_order"


def put_in(
    session: Session,
    *,
    package_id: int,
    tote_id: int,
    fo_line_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> Package:
    """Move units from an open tote into an open box.

    Raises OrderStopped, OtherOrder, NotInTote, NotNow, NotEnoughStock.
    """
    gate, package = held_package(session, package_id)
    units = Units(tote_id, fo_line_id, item_id, lot_id, serial_id, quantity)
    _see_that_it_belongs(session, package, units)
    see_that_in_tote(session, units)
    go(session, package, PackageVerb.SCAN_ITEM)
    moves = fill(session, gate, package, units, by=by, at=at)
    note(
        session,
        ActVerb.PUT_IN,
        fo_id=package.fo_id,
        package=package,
        tote_id=tote_id,
        before={"units": vars(units), "moves": moves},
        by=by,
        at=at,
    )
    return package


def take_out(
    session: Session,
    *,
    package_id: int,
    tote_id: int,
    fo_line_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> Package:
    """Move units from an open box back into the open tote they came out of.

    Raises OrderStopped, NotInBox, NotTheirTote where the tote is not open any more or is another order's, NotNow.
    """
    gate, package = held_package(session, package_id)
    units = Units(tote_id, fo_line_id, item_id, lot_id, serial_id, quantity)
    see_that_theirs(session, units)
    go(session, package, PackageVerb.REMOVE_ITEM)
    moves = unfill(session, gate, package, units, by=by, at=at)
    note(
        session,
        ActVerb.TAKE_OUT,
        fo_id=package.fo_id,
        package=package,
        tote_id=tote_id,
        before={"units": vars(units), "moves": moves},
        by=by,
        at=at,
    )
    return package


def empty(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Move everything in an open box back into the open totes it came from, as `take_out` does."""
    _, package = held_package(session, package_id)
    for row in items_of(session, package):
        take_out(session, package_id=package_id, **vars(_units(row)), by=by, at=at)
    return package


def see_that_theirs(session: Session, units: Units) -> None:
    """Raise NotTheirTote where the tote that units came out of is not open at a bench, or is somebody else's by now."""
    lines = {one.fo_line_id for one in picked_into(session, units.tote_id)}
    if not _is_open(session, units.tote_id) or units.fo_line_id not in lines:
        raise NotTheirTote(n=0, quantity=units.quantity)


def _is_open(session: Session, tote_id: int) -> bool:
    state = session.scalar(select(Lpn.state).where(Lpn.location_id == tote_id))
    return state == LpnState.UNPACKING and live_binding(session, tote_id) is not None


def _see_that_it_belongs(session: Session, package: Package, units: Units) -> None:
    of = session.execute(
        select(FoLine.fo_id, FoLine.item_id).where(FoLine.id == units.fo_line_id)
    ).first()
    if of is None or tuple(of) != (package.fo_id, units.item_id):
        raise OtherOrder(package=package.number)


def see_that_in_tote(session: Session, units: Units) -> None:
    """Raise NotInTote where a tote is not open at a bench, or fewer such units wait in it."""
    if not _is_open(session, units.tote_id):
        raise NotInTote(n=0, quantity=units.quantity)
    wanted = (units.fo_line_id, units.item_id, units.lot_id, units.serial_id)
    left = sum(
        one.quantity
        for one in in_tote(session, units.tote_id)
        if (one.fo_line_id, one.item_id, one.lot_id, one.serial_id) == wanted
    )
    if left < units.quantity:
        raise NotInTote(n=left, quantity=units.quantity)


def _units(row: PackageItem) -> Units:
    return Units(row.tote_id, row.fo_line_id, row.item_id, row.lot_id, row.serial_id, row.quantity)
