"""Doing it: units are lifted into somebody's hands, and put down where they belong or where they came from."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.versions import same_version
from wms.moving.actions.asking import end, held
from wms.moving.actions.claiming import let_go, renew, yours
from wms.moving.actions.hands import hands, last_move
from wms.moving.actions.placing import aim, fits, suggest
from wms.moving.events import MoveTaskLifted, MoveTaskPutDown, MoveTaskRedirected, UnitsMissing
from wms.moving.lifecycle import LIFECYCLE, State, Verb
from wms.moving.tables import MoveTask
from wms.moving.tasks import Kind
from wms.stock import actions as stock
from wms.stock.moves import Move, Pile, Reason, StockStatus
from wms.stock.tables import StockBalance, StockMove

REASONS = {
    Kind.PUTAWAY: Reason.PUTAWAY,
    Kind.REPLENISH: Reason.REPLENISH,
    Kind.PUT_BACK: Reason.PUT_BACK,
    Kind.CROSS_DOCK: Reason.MOVE,
    Kind.RELOCATE: Reason.MOVE,
}


def lift(
    session: Session,
    *,
    move_task_id: int,
    quantity: int | None = None,
    happened: bool = False,
    by: int,
    at: datetime,
) -> MoveTask:
    """Take the units into one's hands; fewer than asked is a shortage that is told, so that somebody counts.

    `happened` books what was done while the tablet was offline, whatever the book says. Raises SomebodyElses, NotNow,
    Wrong, NotEnoughStock.
    """
    task = yours(session, move_task_id, by)
    units = task.asked if quantity is None else quantity
    if not 0 < units <= task.asked:
        raise Wrong(Fault("quantity", "moving.too_many", {"asked": task.asked}))
    transition(task, LIFECYCLE, Verb.LIFT)
    into = hands(session, warehouse_id=task.warehouse_id, user_id=by, by=by, at=at)
    if happened:
        _book(session, task, into, units, by=by, at=at)
    else:
        stock.move(session, _way(task, task.source_id, into, units), by=by, at=at)
    task.lifted = units
    if units < task.asked:
        _tell_missing(session, task, units, by=by, at=at)
    announce(session, MoveTaskLifted(task.id, units), by=by, at=at)
    aim(session, task, by=by, at=at)
    return renew(session, task, at)


def short(session: Session, *, move_task_id: int, by: int, at: datetime) -> MoveTask:
    """Say that nothing of it lies there: nothing is moved, and somebody counts. Raises SomebodyElses, NotNow."""
    task = yours(session, move_task_id, by)
    transition(task, LIFECYCLE, Verb.SHORT)
    _tell_missing(session, task, 0, by=by, at=at)
    end(session, task, by=by, at=at)
    return task


def put_down_source(session: Session, *, move_task_id: int, by: int, at: datetime) -> MoveTask:
    """Put the units back where they were lifted; the task is still the same person's.

    Raises NoSuchMoveTask, SomebodyElses, NotNow where nothing is in hand.
    """
    task = yours(session, move_task_id, by)
    _put_back(session, task, by=by, at=at)
    return renew(session, task, at)


def release(
    session: Session, *, move_task_id: int, expected: int | None = None, by: int, at: datetime
) -> MoveTask:
    """Take a task from whoever has it, so that somebody else can do it; what was lifted is back at its source.

    Raises NoSuchMoveTask, Stale, NotNow where nobody has it.
    """
    task = held(session, move_task_id)
    same_version(task, expected)
    if task.state == State.IN_HAND:
        _put_back(session, task, by=by, at=at)
    let_go(session, task, by=by, at=at)
    return task


def drop(
    session: Session, *, move_task_id: int, location_id: int, by: int, at: datetime
) -> MoveTask:
    """Put the units down, where they were meant to go or elsewhere.

    Raises SomebodyElses, NotNow, NoPlaceToPut, DoesNotFit with the reason.
    """
    task = yours(session, move_task_id, by)
    transition(task, LIFECYCLE, Verb.DROP)
    fits(session, task, location_id)
    carried = hands(session, warehouse_id=task.warehouse_id, user_id=by, by=by, at=at)
    stock.move(session, _way(task, carried, location_id, task.lifted), by=by, at=at)
    if location_id != task.target_id:
        task.target_id = location_id
    task.moved = task.lifted
    end(session, task, by=by, at=at)
    return task


def redirect(
    session: Session,
    *,
    move_task_id: int,
    target_id: int | None = None,
    reason: str,
    by: int,
    at: datetime,
) -> MoveTask:
    """Take the units elsewhere: to a place that somebody chose, or to the next best the house finds.

    Raises SomebodyElses, NotNow, NoPlaceToPut, DoesNotFit.
    """
    task = yours(session, move_task_id, by)
    transition(task, LIFECYCLE, Verb.REDIRECT)
    if target_id is not None:
        fits(session, task, target_id)
        task.target_id = target_id
    else:
        passed = [task.target_id] if task.target_id is not None else []
        task.target_id = suggest(session, task, but=passed, by=by, at=at)
    if task.target_id is not None:
        announce(session, MoveTaskRedirected(task.id, task.target_id, reason), by=by, at=at)
    return renew(session, task, at)


def _put_back(session: Session, task: MoveTask, *, by: int, at: datetime) -> None:
    transition(task, LIFECYCLE, Verb.PUT_DOWN_SOURCE)
    assert task.worker_id is not None
    carried = hands(session, warehouse_id=task.warehouse_id, user_id=task.worker_id, by=by, at=at)
    stock.reverse(session, [_lift_of(session, task, carried)], by=by, at=at)
    announce(session, MoveTaskPutDown(task.id, task.lifted), by=by, at=at)
    task.lifted = 0


def _tell_missing(session: Session, task: MoveTask, found: int, *, by: int, at: datetime) -> None:
    """Set aside what the floor did not find, so that nobody is promised it, and let somebody count."""
    missing = min(task.asked - found, _free_units(session, task))
    if missing > 0:
        pile = Pile(task.source_id, task.item_id, task.lot_id, task.serial_id)
        stock.change_status(
            session,
            pile=pile,
            quantity=missing,
            status=StockStatus.HELD,
            reference=_reference(task),
            by=by,
            at=at,
        )
    fact = UnitsMissing(task.source_id, task.item_id, task.id, by, task.asked, found)
    announce(session, fact, by=by, at=at)


def _free_units(session: Session, task: MoveTask) -> int:
    """Return how many units of the task's kind could be promised where they should have been."""
    source = session.get_one(Location, task.source_id)
    if not source.holds_sellable or task.status != StockStatus.AVAILABLE.value:
        return 0
    query = select(StockBalance.quantity - StockBalance.reserved).where(
        StockBalance.location_id == task.source_id,
        StockBalance.item_id == task.item_id,
        StockBalance.lot_id == task.lot_id,
        StockBalance.serial_id == task.serial_id,
        StockBalance.status == task.status,
    )
    return session.scalar(query) or 0


def _book(
    session: Session, task: MoveTask, into: int, units: int, *, by: int, at: datetime
) -> None:
    pile = Pile(task.source_id, task.item_id, task.lot_id, task.serial_id, StockStatus(task.status))
    stock.found(
        session,
        pile=pile,
        target_id=into,
        quantity=units,
        reason=REASONS[Kind(task.kind)],
        reference=_reference(task),
        by=by,
        at=at,
    )


def _way(task: MoveTask, source_id: int, target_id: int, units: int) -> Move:
    return Move(
        task.item_id,
        source_id,
        target_id,
        units,
        REASONS[Kind(task.kind)],
        lot_id=task.lot_id,
        serial_id=task.serial_id,
        status_from=StockStatus(task.status),
        reference=_reference(task),
    )


def _reference(task: MoveTask) -> str:
    return task.reference or f"Move {task.id}"


def _lift_of(session: Session, task: MoveTask, carried: int) -> int:
    """Return the move by which the units came into these hands."""
    return last_move(
        session,
        task,
        StockMove.source_id == task.source_id,
        StockMove.target_id == carried,
        StockMove.status_to == task.status,
        StockMove.quantity == task.lifted,
    )
