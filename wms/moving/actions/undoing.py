"""Taking back what somebody put down last: the units are in their hands again, as long as they lie there for nobody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.moving.actions.asking import held
from wms.moving.actions.claiming import renew
from wms.moving.actions.hands import hands, last_move
from wms.moving.events import MoveTaskDropUndone
from wms.moving.lifecycle import LIFECYCLE, State, Verb
from wms.moving.tables import MoveTask
from wms.stock import actions as stock
from wms.stock.tables import StockMove

DEEP = 10
"""How many drops of a person can be taken back one after the other."""


class NothingToUndo(Refusal):
    """There is nothing that this person put down and could take up again."""

    sentence = "moving.nothing_to_undo"


class CannotUndo(Refusal):
    """The units were taken away, or are promised to somebody."""

    sentence = "moving.cannot_undo"


def undo_drop(session: Session, *, by: int, at: datetime) -> MoveTask:
    """Take up again what somebody put down last; the move is theirs as before. Raises NothingToUndo, CannotUndo."""
    task = _last(session, by)
    if task is None or not task.moved or task.target_id is None:
        raise NothingToUndo
    carried = hands(session, warehouse_id=task.warehouse_id, user_id=by, by=by, at=at)
    try:
        stock.reverse(session, [_drop_of(session, task, carried)], by=by, at=at)
    except stock.CannotReverse as no:
        raise CannotUndo(**no.values) from None
    transition(task, LIFECYCLE, Verb.UNDO_DROP)
    task.moved, task.ended_at = 0, None
    announce(session, MoveTaskDropUndone(task.id, task.target_id, task.lifted), by=by, at=at)
    return renew(session, task, at)


def _last(session: Session, by: int) -> MoveTask | None:
    """Return what somebody did last, under lock."""
    query = (
        select(MoveTask.id)
        .where(MoveTask.worker_id == by, MoveTask.state == State.DONE.value)
        .order_by(MoveTask.ended_at.desc(), MoveTask.id.desc())
        .limit(1)
    )
    found = session.scalar(query)
    task = held(session, found) if found is not None else None
    return task if task is not None and task.state == State.DONE else None


def _drop_of(session: Session, task: MoveTask, carried: int) -> int:
    """Return the move by which the units left these hands."""
    return last_move(
        session,
        task,
        StockMove.source_id == carried,
        StockMove.target_id == task.target_id,
        StockMove.status_from == task.status,
        StockMove.quantity == task.moved,
    )
