"""The boxes of an order with their labels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.packing.tables import Package, PackageItem
from wms.shipping.tables import Shipment


@dataclass(frozen=True)
class Parcel:
    """A box of this order, what it holds, and its label: the one that counts, or the last there was."""

    package: Package
    units: int
    shipment: Shipment | None


def parcels_of(session: Session, fo_ids: Collection[int]) -> list[Parcel]:
    """Return the boxes that count, each with its units and its label."""
    units = (
        select(func.coalesce(func.sum(PackageItem.quantity), 0))
        .where(PackageItem.package_id == Package.id)
        .scalar_subquery()
    )
    query = select(Package, units).where(Package.fo_id.in_(fo_ids), Package.state != "void")
    rows = session.execute(query.order_by(Package.id)).all()
    numbers = [package.id for package, _ in rows]
    labels = session.scalars(
        select(Shipment)
        .where(Shipment.package_id.in_(numbers), Shipment.is_return.is_(False))
        .order_by(Shipment.id)
    )
    last = {one.package_id: one for one in labels}
    return [Parcel(package, count, last.get(package.id)) for package, count in rows]


def shipments_of(session: Session, parcels: Sequence[Parcel]) -> Sequence[int]:
    """Return the numbers of every label that was asked for on these boxes."""
    numbers = [one.package.id for one in parcels]
    return session.scalars(select(Shipment.id).where(Shipment.package_id.in_(numbers))).all()
