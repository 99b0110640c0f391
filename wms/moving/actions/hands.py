"""What people carry: units in somebody's hands are at a place of theirs, never nowhere."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.queries import location_by_code
from wms.moving.tables import MoveTask
from wms.stock.tables import StockMove


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


def last_move(session: Session, task: MoveTask, *journey: ColumnElement[bool]) -> int:
    """Return the number of the last move of a task's goods on this journey that was not taken back."""
    undo = aliased(StockMove)
    query = select(StockMove.id).where(
        *journey,
        StockMove.item_id == task.item_id,
        StockMove.lot_id == task.lot_id,
        StockMove.serial_id == task.serial_id,
        StockMove.reverses_id.is_(None),
        ~exists().where(undo.reverses_id == StockMove.id),
    )
    return session.scalars(query.order_by(StockMove.id.desc()).limit(1)).one()
