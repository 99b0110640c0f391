"""The house's own label of a parcel, and who sends and gets it, read together for paper and for carriers."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from labels.designs.house_label import house_label
from labels.label import Label
from wms.kernel.words import say
from wms.orders.tables import FulfillmentOrder, OrderContact
from wms.packing.tables import Package
from wms.shipping.means import Means
from wms.shipping.tables import ShipFrom, Shipment

GRAMS = 1000


@dataclass(frozen=True)
class Party:
    """Who sends or gets a parcel, and where."""

    name: str
    street1: str
    city: str
    zip: str
    country: str
    company: str = ""
    street2: str = ""
    province: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a carrier could find it."""
        return all((self.name or self.company, self.street1, self.city, self.country))

    def lines(self) -> tuple[str, ...]:
        """Return the address as it stands on paper."""
        town = " ".join(part for part in (self.city, self.province, self.zip) if part)
        parts = (self.name, self.company, self.street1, self.street2, town, self.country)
        return tuple(part for part in parts if part)


def sender(session: Session, package: Package) -> Party | None:
    """Return where the parcels of the package's warehouse come from; None where nobody said."""
    fo = session.get_one(FulfillmentOrder, package.fo_id)
    return _party(session.get(ShipFrom, fo.warehouse_id))


def recipient(session: Session, package: Package) -> Party | None:
    """Return who gets a package; None where the order says nothing of it."""
    fo = session.get_one(FulfillmentOrder, package.fo_id)
    return _party(session.get(OrderContact, fo.order_id))


def services() -> Mapping[Means, str]:
    """Return what it is called when no carrier's service takes a parcel."""
    return {means: say(f"shipping.means_{means.value}") for means in Means}


def house_sheet(session: Session, row: Shipment) -> Label:
    """Return the house's own label of a parcel."""
    package = session.get_one(Package, row.package_id)
    fo = session.get_one(FulfillmentOrder, package.fo_id)
    to, from_ = recipient(session, package), sender(session, package)
    return house_label(
        service=row.service,
        lane=row.carrier,
        to=to.lines() if to else (),
        sender=from_.lines() if from_ else (),
        code=row.tracking_number or "",
        about=f"{fo.number} · {package.number}",
        weight=f"{row.weight_g / GRAMS:.2f} kg",
    )


def _party(row: ShipFrom | OrderContact | None) -> Party | None:
    if row is None:
        return None
    return Party(
        name=row.name,
        street1=row.street1,
        city=row.city,
        zip=row.zip,
        country=row.country,
        company=row.company,
        street2=row.street2,
        province=row.province,
        phone=row.phone,
        email=row.email,
    )
