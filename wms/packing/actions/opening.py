"""Boxes come onto the bench and go away again."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.kernel.statements import Numbered
from wms.orders import actions as orders
from wms.orders import queries as order_queries
from wms.orders.gate import FoState
from wms.packing.actions.noting import ActVerb, forget, note
from wms.packing.actions.rows import go, held_package, held_packages, pass_gate
from wms.packing.events import PackageOpened, PackageVoided
from wms.packing.lifecycle import PACKAGE, PackageState, PackageVerb
from wms.packing.tables import Package, PackageItem
from wms.stations.tables import Station

_NUMBERS = Numbered(Package)


class BoxNotEmpty(Refusal):
    """Units are in the box: they go back into a tote first."""

    sentence = "packing.box_not_empty"


def open_package(
    session: Session, *, fo_id: int, station_id: int | None, by: int, at: datetime
) -> Package:
    """Open a box for a fulfillment order; the first one starts its packing. Raises OrderStopped, NotNow."""
    gate = pass_gate(session, fo_id)
    if gate.state is not FoState.PACKING:
        orders.start_pack(session, fo_id, by=by, at=at)
    warehouse_id = order_queries.fo(session, fo_id).warehouse_id
    [package_id] = _NUMBERS.numbers(session, 1)
    number = _free_number(session, warehouse_id, package_id)
    place = bins.create_location(
        session, warehouse_id=warehouse_id, code=number, kind=Kind.PACKAGE, by=by, at=at
    )
    place.parent_id = _bench(session, station_id, warehouse_id)
    last = session.scalar(select(func.max(Package.part)).where(Package.fo_id == fo_id))
    package = Package(
        id=package_id,
        number=number,
        fo_id=fo_id,
        part=(last or 0) + 1,
        location_id=place.id,
        station_id=station_id,
        packed_by=by,
        state=PACKAGE.start.value,
        label_words={},
        created_at=at,
    )
    session.add(package)
    session.flush()
    announce(session, PackageOpened(package_id, fo_id, station_id), by=by, at=at)
    note(session, ActVerb.OPEN, fo_id=fo_id, package=package, by=by, at=at)
    return package


def take_over(session: Session, *, package_id: int, station_id: int | None, by: int) -> Package:
    """Let a box stand before somebody else, at their bench. Raises NoSuchPackage."""
    _, package = held_package(session, package_id, step=None)
    place = session.get_one(Location, package.location_id)
    place.parent_id = _bench(session, station_id, place.warehouse_id)
    package.packed_by, package.station_id = by, station_id
    session.flush()
    return package


def void(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Give an open, empty box up. Raises BoxNotEmpty, NotNow."""
    _, package = held_package(session, package_id, step=None)
    end(session, package, by=by, at=at)
    forget(session, package, at)
    stop_packing_without_boxes(session, package.fo_id, by=by, at=at)
    return package


def end(session: Session, package: Package, *, by: int, at: datetime) -> None:
    """Make a box that is held none: nothing is in it, and its place is gone. Raises BoxNotEmpty, NotNow."""
    if units := units_in(session, package):
        raise BoxNotEmpty(package=package.number, n=units)
    go(session, package, PackageVerb.VOID)
    bins.end_package(session, location_id=package.location_id, at=at)
    announce(session, PackageVoided(package.id, package.fo_id), by=by, at=at)


def revive(session: Session, package: Package, *, by: int, at: datetime) -> None:
    """Let a box that was given up stand on its bench again, empty. Raises NotNow."""
    go(session, package, PackageVerb.REVIVE)
    place = session.get_one(Location, package.location_id, with_for_update={"key_share": True})
    bench = _bench(session, package.station_id, place.warehouse_id)
    bins.begin_package(session, location_id=place.id, parent_id=bench)
    announce(session, PackageOpened(package.id, package.fo_id, package.station_id), by=by, at=at)


def stop_packing_without_boxes(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Let a fulfillment order of which no box is left wait for a packer again."""
    if orders.gate(session, fo_id).state is FoState.PACKING and not held_packages(session, fo_id):
        orders.undo_start(session, fo_id, by=by, at=at)


def units_in(session: Session, package: Package) -> int:
    """Return how many units are in a box."""
    session.flush()
    total = select(func.sum(PackageItem.quantity)).where(PackageItem.package_id == package.id)
    return int(session.scalar(total) or 0)


def is_open(package: Package) -> bool:
    """Tell whether something can still be put into a box."""
    return package.state == PackageState.OPEN


def _bench(session: Session, station_id: int | None, warehouse_id: int) -> int | None:
    """Return the place of a station, where it is one of that warehouse."""
    return session.scalar(
        select(Location.id)
        .join(Station, Station.location_id == Location.id)
        .where(Station.id == station_id, Location.warehouse_id == warehouse_id)
    )


def _free_number(session: Session, warehouse_id: int, package_id: int) -> str:
    """Return how people call a box. Where somebody gave that code to another thing, a letter is added."""
    plain = f"P-{package_id:06d}"
    for letter in ("", "X", "Y", "Z"):
        if not bins.clashes(session, warehouse_id, [plain + letter]):
            return plain + letter
    return f"{plain}-{warehouse_id}-PACKAGE"
