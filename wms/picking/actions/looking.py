"""Asking whether a bin is empty that is empty by the book: a count for free."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.counting import actions as counting
from wms.kernel.outbox import announce
from wms.picking.events import BinSeenEmpty


def look(session: Session, *, bin_id: int, is_empty: bool, by: int, at: datetime) -> None:
    """Note what somebody saw; a bin that is not empty is counted."""
    announce(session, BinSeenEmpty(bin_id, is_empty), by=by, at=at)
    if not is_empty:
        counting.ask(session, location_id=bin_id, cause=counting.Cause.ZERO_CHECK, by=by, at=at)
