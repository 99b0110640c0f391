"""What others may ask about places."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.tables import Location


def outside(session: Session, warehouse_id: int, place: Outside) -> int:
    """Return the number of an outside place of a warehouse."""
    query = select(Location.id).where(Location.warehouse_id == warehouse_id, Location.code == place)
    return session.scalars(query).one()
