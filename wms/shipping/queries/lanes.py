"""What waits in carriers' lanes, what is in their trucks, and which parcel a scanned code is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from wms.bins.tables import CarrierLane, Location
from wms.orders.gate import FoState
from wms.orders.tables import FulfillmentOrder
from wms.packing import queries as packages
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.shipping.dialogue import Lane
from wms.shipping.tables import Manifest, ManifestParcel

SHOWN_LIMIT = 20
"""So many of the parcels that wait are offered to the practice scanner."""


@dataclass(frozen=True)
class Scanned:
    """A parcel that was scanned, and whether by the barcode of its label."""

    package_id: int
    number: str
    is_label: bool


def lane(session: Session, lane_id: int) -> Lane:
    """Return a lane: how many parcels are in its truck, and how many wait for it."""
    row = session.get_one(CarrierLane, lane_id)
    loaded = (
        select(func.count())
        .select_from(ManifestParcel)
        .join(Manifest, Manifest.id == ManifestParcel.manifest_id)
        .where(Manifest.lane_id == lane_id, Manifest.closed_at.is_(None))
    )
    waiting = _waiting(select(func.count()).select_from(Package), row)
    session.flush()
    return Lane(
        lane_id, row.carrier, int(session.scalar(loaded) or 0), int(session.scalar(waiting) or 0)
    )


def labels_waiting(session: Session, lane_id: int) -> Sequence[str]:
    """Return the label codes of parcels that wait in a lane, oldest first."""
    row = session.get_one(CarrierLane, lane_id)
    query = _waiting(select(Package.label_code), row).order_by(Package.staged_at, Package.id)
    return [str(code) for code in session.scalars(query.limit(SHOWN_LIMIT))]


def staged_count(session: Session) -> int:
    """Return how many parcels wait for a truck."""
    counted = (
        select(func.count())
        .select_from(Package)
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .where(_may_leave())
    )
    return int(session.scalar(counted) or 0)


def lanes_with_parcels(session: Session) -> Sequence[str]:
    """Return the codes of the lanes in which parcels wait."""
    query = (
        select(Location.code)
        .join(CarrierLane, CarrierLane.location_id == Location.id)
        .join(FulfillmentOrder, FulfillmentOrder.warehouse_id == CarrierLane.warehouse_id)
        .join(Package, Package.fo_id == FulfillmentOrder.id)
        .where(
            CarrierLane.archived_at.is_(None),
            _may_leave(),
            or_(
                Package.carrier == "",
                func.lower(Package.carrier) == func.lower(CarrierLane.carrier),
            ),
        )
        .group_by(CarrierLane.id, Location.code)
        .order_by(CarrierLane.id)
    )
    return session.scalars(query).all()


def lane_at(session: Session, location_id: int) -> int | None:
    """Return the carrier's lane that is in a place."""
    query = select(CarrierLane.id).where(
        CarrierLane.location_id == location_id, CarrierLane.archived_at.is_(None)
    )
    return session.scalar(query.order_by(CarrierLane.id).limit(1))


def loading_of(session: Session, worker_id: int) -> int | None:
    """Return the lane whose truck somebody began to load."""
    query = select(Manifest.lane_id).where(
        Manifest.opened_by == worker_id, Manifest.closed_at.is_(None)
    )
    return session.scalar(query.order_by(Manifest.id.desc()).limit(1))


def parcel_scanned(session: Session, code: str) -> Scanned | None:
    """Return the parcel that a code belongs to: the number of its label as any carrier writes it, or its own."""
    found = packages.package_of_code(session, code)
    if found is None:
        return None
    return Scanned(found.id, found.number, packages.is_label_of(found, code))


def _waiting(query: Select[*tuple[object, ...]], row: CarrierLane) -> Select[*tuple[object, ...]]:
    return query.join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id).where(
        _may_leave(),
        FulfillmentOrder.warehouse_id == row.warehouse_id,
        _for(row.carrier),
    )


def _may_leave() -> ColumnElement[bool]:
    """Return the condition on boxes that a truck may take: of an order that is packed whole, and staged."""
    return and_(
        Package.state == PackageState.STAGED, FulfillmentOrder.state == FoState.PACKED.value
    )


def _for(carrier: str) -> ColumnElement[bool]:
    return or_(Package.carrier == "", func.lower(Package.carrier) == carrier.lower())
