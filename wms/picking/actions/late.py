"""Picks that a device told late: they happened, so the book follows, whatever became of promise and order meanwhile."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.counting import actions as counting
from wms.moving import actions as moving
from wms.orders.gate import Gate
from wms.picking.tables import PickTask
from wms.stock import actions as stock
from wms.stock.moves import Pile, Reason
from wms.stock.queries import AllocationState
from wms.stock.tables import Allocation, ItemAvailability, StockBalance


def is_kept(session: Session, task: PickTask) -> bool:
    """Tell whether the promise of a live task still stands."""
    state = session.scalar(select(Allocation.state).where(Allocation.id == task.allocation_id))
    return state == AllocationState.HARD


def free_in(session: Session, pile: Pile) -> int:
    """Return how many units of a pile are promised to nobody."""
    free = session.scalar(
        select(StockBalance.quantity - StockBalance.reserved).where(
            StockBalance.location_id == pile.location_id,
            StockBalance.item_id == pile.item_id,
            StockBalance.lot_id == pile.lot_id,
            StockBalance.serial_id == pile.serial_id,
            StockBalance.status == pile.status.value,
        )
    )
    return free or 0


def keep_again(
    session: Session, task: PickTask, gate: Gate, pile: Pile, *, by: int, at: datetime
) -> bool:
    """Keep the promise of a task again that was broken while its units were being picked; tells whether it stands.

    What the book lacks is found in the bin, and somebody counts there. It cannot stand where others were promised the
    item meanwhile.
    """
    rest = task.asked - task.picked
    missing = max(rest - free_in(session, pile), 0)
    promisable = session.scalar(
        select(ItemAvailability.sellable - ItemAvailability.soft - ItemAvailability.hard)
        .join(Allocation, Allocation.item_id == ItemAvailability.item_id)
        .where(
            Allocation.id == task.allocation_id,
            Allocation.warehouse_id == ItemAvailability.warehouse_id,
        )
        .with_for_update(of=ItemAvailability)
    )
    if (promisable or 0) + missing < rest:
        return False
    if missing:
        stock.adjust(
            session,
            pile=pile,
            difference=missing,
            reason=Reason.FOUND,
            note=gate.number,
            reference=gate.number,
            by=by,
            at=at,
        )
    ask_count(session, task, gate, by=by, at=at)
    stock.reopen(session, allocation_id=task.allocation_id, by=by, at=at)
    return True


def orphan(
    session: Session,
    task: PickTask,
    gate: Gate,
    pile: Pile,
    *,
    tote_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> None:
    """Book what lies in the tote and nobody wants any more; let it be put back, and let the bin be counted."""
    stock.found(
        session,
        pile=pile,
        target_id=tote_id,
        quantity=quantity,
        reason=Reason.PICK,
        reference=gate.number,
        by=by,
        at=at,
    )
    moving.ask(
        session,
        kind=moving.Kind.PUT_BACK,
        source_id=tote_id,
        item_id=pile.item_id,
        lot_id=pile.lot_id,
        serial_id=pile.serial_id,
        quantity=quantity,
        target_id=task.location_id,
        why=moving.Why.PROBLEM,
        reference=gate.number,
        fo_id=task.fo_id,
        by=by,
        at=at,
    )
    ask_count(session, task, gate, by=by, at=at)


def ask_count(session: Session, task: PickTask, gate: Gate, *, by: int, at: datetime) -> None:
    """Let somebody count a bin that had units which the book did not know of."""
    counting.ask(
        session,
        location_id=task.location_id,
        cause=counting.Cause.FOUND,
        reference=gate.number,
        by=by,
        at=at,
    )
