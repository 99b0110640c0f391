"""Labelled boxes go to their lane, back from there, and out of the house."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.kernel.outbox import announce
from wms.orders import actions as orders
from wms.orders import queries as order_queries
from wms.orders.gate import Gate
from wms.orders.holds import Step
from wms.packing.actions.noting import ActVerb, note
from wms.packing.actions.rows import go, held_package
from wms.packing.actions.units import items_of
from wms.packing.events import PackageHandedOver, PackageRecalled, PackageStaged
from wms.packing.lifecycle import PackageVerb
from wms.packing.tables import Package
from wms.printing import actions as printing
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason


def photo(session: Session, *, package_id: int, picture: str, by: int, at: datetime) -> Package:
    """Keep the name of the picture that was taken of a box. Raises OrderStopped."""
    del by, at  # the picture's own name says which it is
    _, package = held_package(session, package_id)
    package.photo = picture
    session.flush()
    return package


def stage(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Note that its label was seen on the box, which proves the print; from now on it waits in its lane.

    Raises OrderStopped, NotNow.
    """
    _, package = held_package(session, package_id, step=Step.LABEL)
    go_staged(session, package, by=by, at=at)
    printing.confirm_scanned(session, code=package.label_code, by=by, at=at)
    note(session, ActVerb.STAGE, fo_id=package.fo_id, package=package, by=by, at=at)
    return package


def recall(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Take a staged box back to the bench. Raises NotNow."""
    _, package = held_package(session, package_id, step=None)
    go_recalled(session, package, by=by, at=at)
    note(session, ActVerb.RECALL, fo_id=package.fo_id, package=package, by=by, at=at)
    return package


def hand_over(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Note that a staged box left the house; the last one ships its fulfillment order. Raises OrderStopped, NotNow."""
    gate, package = held_package(session, package_id, step=Step.HANDOVER)
    go(session, package, PackageVerb.HAND_OVER)
    package.handed_over_at = at
    items = items_of(session, package)
    for item in items:
        orders.shipped(session, fo_line_id=item.fo_line_id, quantity=item.quantity, by=by, at=at)
    lines = order_queries.lines_of(session, [package.fo_id])
    if all(line.shipped == line.picked for line in lines):
        orders.hand_over(session, package.fo_id, by=by, at=at)
    _post(session, gate, package, by=by, at=at)
    bins.end_package(session, location_id=package.location_id, at=at)
    announce(session, PackageHandedOver(package.id, package.fo_id), by=by, at=at)
    return package


def go_staged(session: Session, package: Package, *, by: int, at: datetime) -> None:
    """Make a labelled box that is held a staged one. Raises NotNow."""
    go(session, package, PackageVerb.SCAN_LABEL)
    package.staged_at = at
    session.flush()
    announce(session, PackageStaged(package.id, package.fo_id), by=by, at=at)


def go_recalled(session: Session, package: Package, *, by: int, at: datetime) -> None:
    """Make a staged box that is held a labelled one. Raises NotNow."""
    go(session, package, PackageVerb.RECALL)
    package.staged_at = None
    session.flush()
    announce(session, PackageRecalled(package.id, package.fo_id), by=by, at=at)


def _post(session: Session, gate: Gate, package: Package, *, by: int, at: datetime) -> None:
    warehouse_id = order_queries.fo(session, package.fo_id).warehouse_id
    customer = outside(session, warehouse_id, Outside.CUSTOMER)
    moves = [
        Move(
            item.item_id,
            package.location_id,
            customer,
            item.quantity,
            Reason.SHIP,
            lot_id=item.lot_id,
            serial_id=item.serial_id,
            reference=gate.number,
        )
        for item in items_of(session, package)
    ]
    stock.post(session, moves, by=by, at=at)
