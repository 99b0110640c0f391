"""Units go from their bin into a tote, and a task is put off."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import Gate
from wms.picking.actions.late import is_kept, keep_again, orphan
from wms.picking.actions.noting import ActVerb, Snapshot, note
from wms.picking.actions.rows import come_to_bin, held_task
from wms.picking.actions.unbinding import state_of
from wms.picking.events import TaskPicked
from wms.picking.lifecycle import LIVE, TASK, TaskState, TaskVerb
from wms.picking.tables import PickRun, PickTask, ToteBinding
from wms.stock import actions as stock
from wms.stock.moves import Move, Pile, Reason
from wms.stock.tables import Allocation, StockBalance
from wms.waves import actions as waves


class OrderStopped(Refusal):
    """The order was cancelled, or is held."""

    sentence = "picking.order_stopped"


class MoreThanAsked(Refusal):
    """The task wants fewer units."""

    sentence = "picking.more_than_asked"


class NotItsTote(Refusal):
    """The tote is not open for the order."""

    sentence = "picking.not_its_tote"


def take(
    session: Session,
    run: PickRun,
    *,
    task_id: int,
    tote_id: int,
    quantity: int,
    is_late: bool = False,
    by: int,
    at: datetime,
) -> PickTask:
    """Move units into a tote; their promise is fulfilled and the line counts them.

    What is told late happened already: it is booked whatever the book says, and never refused for lack of stock.
    Raises OrderStopped, MoreThanAsked, NotItsTote, NotEnoughStock, PromiseOver.
    """
    task = held_task(session, run.id, task_id)
    gate = orders.gate(session, task.fo_id)
    pile = pile_of(session, task)
    if is_late and not _still_wanted(session, task, gate, pile, quantity, by=by, at=at):
        orphan(session, task, gate, pile, tote_id=tote_id, quantity=quantity, by=by, at=at)
        return task
    _check(task, gate, quantity)
    binding = _binding(session, run, task, tote_id)
    before = Snapshot.of(task)
    one = Move(
        pile.item_id,
        pile.location_id,
        tote_id,
        quantity,
        Reason.PICK,
        lot_id=pile.lot_id,
        serial_id=pile.serial_id,
        reference=gate.number,
        allocation_id=task.allocation_id,
    )
    moves = stock.post(session, [one], by=by, at=at)
    orders.picked(session, fo_line_id=task.fo_line_id, quantity=quantity, by=by, at=at)
    _count(session, task, quantity, at)
    if state_of(session, tote_id) is LpnState.BOUND:
        bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.FIRST_UNIT, by=by, at=at)
    if run.started_at is None:
        run.started_at = at
    waves.started(session, wave_id=run.wave_id, by=by, at=at)
    told = {
        "task": vars(before),
        "moves": moves,
        "quantity": quantity,
        "tote": binding.tote_id,
        "source": task.location_id,
        "serial": pile.serial_id,
    }
    note(session, run, ActVerb.TAKE, told, task_id=task.id, by=by, at=at)
    fact = TaskPicked(task.fo_id, task.id, task.location_id, tote_id, task.item_id, quantity)
    announce(session, fact, by=by, at=at)
    return task


def arrive(session: Session, run: PickRun, *, task_id: int) -> PickTask:
    """Note that the worker stands before the bin of a task."""
    task = held_task(session, run.id, task_id)
    come_to_bin(session, task)
    return task


def skip(session: Session, run: PickRun, *, task_id: int, by: int, at: datetime) -> PickTask:
    """Put a task off to the end of the walk."""
    task = held_task(session, run.id, task_id)
    before = Snapshot.of(task)
    if task.state == TaskState.QUEUED:
        transition(task, TASK, TaskVerb.CLAIM)
    transition(task, TASK, TaskVerb.SKIP)
    last = session.scalar(select(func.max(PickTask.stop)).where(PickTask.run_id == run.id)) or 0
    task.stop, task.skips = last + 1, task.skips + 1
    session.flush()
    note(session, run, ActVerb.SKIP, {"task": vars(before)}, task_id=task.id, by=by, at=at)
    return task


def pile_of(session: Session, task: PickTask) -> Pile:
    """Return exactly what a task takes from: the place, lot and piece of its promise."""
    serial_id = session.scalar(
        select(StockBalance.serial_id)
        .join(Allocation, Allocation.balance_id == StockBalance.id)
        .where(Allocation.id == task.allocation_id)
    )
    return Pile(task.location_id, task.item_id, task.lot_id, serial_id or 0)


def _check(task: PickTask, gate: Gate, quantity: int) -> None:
    if gate.stop:
        raise OrderStopped(order=gate.number, why=gate.stop.kind.value)
    rest = task.asked - task.picked - task.short
    if quantity > rest:
        raise MoreThanAsked(n=rest, quantity=quantity)


def _binding(session: Session, run: PickRun, task: PickTask, tote_id: int) -> ToteBinding:
    binding = session.scalar(
        select(ToteBinding).where(
            ToteBinding.tote_id == tote_id,
            ToteBinding.run_id == run.id,
            ToteBinding.ended_at.is_(None),
        )
    )
    if binding is None or binding.is_full or binding.fo_id not in {None, task.fo_id}:
        raise NotItsTote(tote=tote_id)
    return binding


def _still_wanted(
    session: Session,
    task: PickTask,
    gate: Gate,
    pile: Pile,
    quantity: int,
    *,
    by: int,
    at: datetime,
) -> bool:
    """Tell whether what happened without us can be booked as the pick that it was meant to be."""
    if gate.stop or task.state not in LIVE or quantity > task.asked - task.picked:
        return False
    return is_kept(session, task) or keep_again(session, task, gate, pile, by=by, at=at)


def _count(session: Session, task: PickTask, quantity: int, at: datetime) -> None:
    come_to_bin(session, task)
    task.picked += quantity
    transition(task, TASK, TaskVerb.SCAN_ITEM)
    if task.picked == task.asked:
        transition(task, TASK, TaskVerb.COMPLETE)
        task.ended_at = at
    session.flush()
