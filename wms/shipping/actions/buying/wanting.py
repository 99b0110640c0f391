"""Whether a label is still wanted, and what follows where it is not."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.packing import queries as packages
from wms.packing.tables import Package
from wms.shipping.actions.rows import WEIGHED, Held, settle
from wms.shipping.actions.wishing import wish


def is_wanted(session: Session, one: Held) -> bool:
    """Tell whether the package still waits for this very label."""
    if one.package.state != WEIGHED or one.is_cancelled:
        return False
    size = packages.parcel(session, one.package.id)
    told = one.shipment.parcel
    return (size.weight_g, size.length_mm, size.width_mm, size.height_mm) == (
        one.shipment.weight_g,
        told["length_mm"],
        told["width_mm"],
        told["height_mm"],
    )


def wish_or_settle(session: Session, package: Package, *, by: int, at: datetime) -> None:
    """Wish for a label anew where the package still wants one, else settle its order."""
    session.flush()
    if wish(session, package_id=package.id, by=by, at=at) is None:
        settle(session, package.fo_id, by=by, at=at)
