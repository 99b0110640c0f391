"""What people carry: units in somebody's hands are at a place of theirs, never nowhere."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.queries import location_by_code


def hands(session: Session, *, warehouse_id: int, user_id: int, by: int, at: datetime) -> int:
    """Return the place of what somebody carries in a warehouse; it is made when they first lift something."""
    code = f"USER:{user_id}"
    known = location_by_code(session, warehouse_id, code)
    if known is not None:
        return known.id
    made = bins.create_location(
        session, warehouse_id=warehouse_id, code=code, kind=Kind.PERSON, by=by, at=at
    )
    return made.id
