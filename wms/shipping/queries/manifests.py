"""Trucks: what each took, and what they are called."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wms.bins.tables import CarrierLane
from wms.kernel.refusal import NotFound
from wms.packing.tables import Package
from wms.shipping.tables import Manifest, ManifestParcel, Shipment


class NoManifest(NotFound):
    """There is no such truck's list."""

    sentence = "shipping.no_such_manifest"


@dataclass(frozen=True)
class Truck:
    """One truck: whose it is, and how many parcels it takes."""

    row: Manifest
    carrier: str
    warehouse_id: int
    parcels: int


@dataclass(frozen=True)
class Aboard:
    """One parcel in a truck."""

    parcel: ManifestParcel
    shipment: Shipment
    package: Package


_ABOARD = (
    select(func.count())
    .where(ManifestParcel.manifest_id == Manifest.id)
    .correlate(Manifest)
    .scalar_subquery()
)


def manifests_asked(
    *, lane_id: int | None = None, is_open: bool | None = None
) -> Select[Manifest, str, int, int]:
    """Return the question for trucks."""
    query = select(Manifest, CarrierLane.carrier, CarrierLane.warehouse_id, _ABOARD).join(
        CarrierLane, CarrierLane.id == Manifest.lane_id
    )
    if lane_id is not None:
        query = query.where(Manifest.lane_id == lane_id)
    if is_open is not None:
        query = query.where(
            Manifest.closed_at.is_(None) if is_open else Manifest.closed_at.is_not(None)
        )
    return query


def manifest(session: Session, manifest_id: int) -> Truck:
    """Return one truck; raises NoManifest."""
    row = session.execute(manifests_asked().where(Manifest.id == manifest_id)).first()
    if row is None:
        raise NoManifest(id=manifest_id)
    return Truck(*row)


def aboard(session: Session, manifest_id: int) -> Sequence[Aboard]:
    """Return the parcels of a truck in the order in which they were loaded."""
    query = (
        select(ManifestParcel, Shipment, Package)
        .join(Shipment, Shipment.id == ManifestParcel.shipment_id)
        .join(Package, Package.id == Shipment.package_id)
        .where(ManifestParcel.manifest_id == manifest_id)
        .order_by(ManifestParcel.loaded_at, ManifestParcel.shipment_id)
    )
    return [Aboard(*row) for row in session.execute(query)]


def names(session: Session, manifest_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers of trucks' lists."""
    query = select(Manifest.id, Manifest.number).where(Manifest.id.in_(manifest_ids))
    return {row.id: row.number for row in session.execute(query)}
