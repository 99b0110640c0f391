"""What a tablet tells of a parcel whose label was scanned between two pieces of work."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes.queries import Meaning
from wms.floor.process import Card
from wms.floor.turn import Thing, say
from wms.orders.tables import FulfillmentOrder
from wms.packing.offering import may_be_opened
from wms.packing.tables import Package


def parcel_card(session: Session, meaning: Meaning) -> Card | None:
    """Return whose parcel it is, for which carrier, and how far it is."""
    query = (
        select(Package, FulfillmentOrder.number)
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .where(Package.location_id == meaning.target_id)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    package, number = found
    more = tuple(part for part in (package.carrier, package.label_code) if part)
    told = say(f"shipping.card_{package.state}", package=package.number, number=number)
    return Card(Thing("", package.number, None, more), told, may_be_opened(session, package))
