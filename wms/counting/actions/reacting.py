"""What others did that makes somebody count."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.counting.actions.asking import ask
from wms.counting.causes import Cause
from wms.moving.events import UnitsMissing
from wms.stock.events import StockFound


def count_what_was_found(session: Session, fact: StockFound, by: int, at: datetime) -> None:
    """The floor had units that the book did not know of: count what else lies there."""
    ask(session, location_id=fact.location_id, cause=Cause.FOUND, by=by, at=at)


def count_what_is_missing(session: Session, fact: UnitsMissing, by: int, at: datetime) -> None:
    """Somebody who moved units found fewer than the book says: count what lies there."""
    ask(
        session,
        location_id=fact.location_id,
        cause=Cause.SHORT,
        reference=f"Move {fact.move_task_id}",
        seen_by=fact.worker_id,
        by=by,
        at=at,
    )
