"""What becomes of units that were set aside: they can be sold again, or are scrap. Whoever decides says why."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Kind as PlaceKind
from wms.bins.places import Role, holds_sellable
from wms.bins.tables import Location
from wms.kernel.refusal import Fault, Wrong
from wms.moving.actions.asking import ask, cancel
from wms.moving.lifecycle import State
from wms.moving.tables import MoveTask
from wms.moving.tasks import Kind, Why
from wms.stock import actions as stock
from wms.stock.moves import Pile, Reason, StockStatus
from wms.stock.tables import StockBalance


def release_to_sale(
    session: Session, *, pile: Pile, quantity: int, note: str, by: int, at: datetime
) -> int:
    """Let units that were set aside be sold again; where nothing is sold from, somebody is asked to put them away.

    Moves that wait for them as they were are called off. Returns the ledger's move. Raises Wrong, NotEnoughStock, and
    GradedOnTheReturn where a return still asks how they are.
    """
    _see_why(note)
    _call_off(session, pile, quantity, by=by, at=at)
    number = stock.change_status(
        session,
        pile=pile,
        quantity=quantity,
        status=StockStatus.AVAILABLE,
        note=note,
        by=by,
        at=at,
    )
    place = session.get_one(Location, pile.location_id)
    if not holds_sellable(PlaceKind(place.kind), Role(place.role)):
        ask(
            session,
            kind=Kind.PUTAWAY,
            source_id=pile.location_id,
            item_id=pile.item_id,
            lot_id=pile.lot_id,
            serial_id=pile.serial_id,
            quantity=quantity,
            why=Why.ASKED,
            by=by,
            at=at,
        )
    return number


def scrap(session: Session, *, pile: Pile, quantity: int, note: str, by: int, at: datetime) -> int:
    """Throw units away that were set aside. Returns the ledger's move. Raises Wrong, NotEnoughStock."""
    _see_why(note)
    _call_off(session, pile, quantity, by=by, at=at)
    return stock.adjust(
        session, pile=pile, difference=-quantity, reason=Reason.SCRAP, note=note, by=by, at=at
    )


def _see_why(note: str) -> None:
    if not note.strip():
        raise Wrong(Fault("note", "stock.say_why"))


def _call_off(session: Session, pile: Pile, quantity: int, *, by: int, at: datetime) -> None:
    """Call moves of the pile off, the newest first, until the others find as many as they ask for."""
    session.flush()
    lies = session.scalar(
        select(StockBalance.quantity).where(
            StockBalance.location_id == pile.location_id,
            StockBalance.item_id == pile.item_id,
            StockBalance.lot_id == pile.lot_id,
            StockBalance.serial_id == pile.serial_id,
            StockBalance.status == pile.status.value,
        )
    )
    waiting = session.scalars(
        select(MoveTask)
        .where(
            MoveTask.source_id == pile.location_id,
            MoveTask.item_id == pile.item_id,
            MoveTask.lot_id == pile.lot_id,
            MoveTask.serial_id == pile.serial_id,
            MoveTask.status == pile.status.value,
            MoveTask.state.in_([State.QUEUED.value, State.ASSIGNED.value]),
        )
        .order_by(MoveTask.id.desc())
    ).all()
    wanted = sum(task.asked for task in waiting)
    for task in waiting:
        if wanted <= (lies or 0) - quantity:
            return
        cancel(session, move_task_id=task.id, by=by, at=at)
        wanted -= task.asked
