"""Taking back what was done last, by moves and counts that go the other way."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import Shorted
from wms.picking.actions.noting import ActVerb
from wms.picking.actions.rows import held_task
from wms.picking.actions.unbinding import state_of, unbind, units_in
from wms.picking.events import ActUndone
from wms.picking.lifecycle import LIVE, TASK, TaskState, TaskVerb
from wms.picking.tables import PickAct, PickRun, PickTask, ToteBinding
from wms.stock import actions as stock
from wms.stock.promises import Promise

DEEP = 10
"""How many acts of a person can be taken back one after the other on a trip."""


class NothingToUndo(Refusal):
    """There is nothing that could be taken back any more."""

    sentence = "picking.nothing_to_undo"


class CannotUndo(Refusal):
    """What was done went on since: the order stopped, the tote was put down, others acted on it."""

    sentence = "picking.cannot_undo"


def undo(session: Session, run: PickRun, *, by: int, at: datetime) -> PickAct:
    """Take back the newest act of a person on a trip. Raises NothingToUndo, CannotUndo, CannotReverse."""
    act = _newest(session, run, by)
    if act is None:
        raise NothingToUndo
    task = held_task(session, run.id, act.task_id) if act.task_id else None
    if task is not None:
        gate = orders.gate(session, task.fo_id)
        if gate.stop:
            raise CannotUndo
        _WITH_TASK[ActVerb(act.verb)](session, task, act.before, by, at)
    else:
        _WITH_TOTE[ActVerb(act.verb)](session, act.before, by, at)
    act.undone_at = at
    session.flush()
    announce(session, ActUndone(run.id, act.verb, act.task_id), by=by, at=at)
    return act


def _newest(session: Session, run: PickRun, by: int) -> PickAct | None:
    """Return what somebody did last and did not take back; None after ten in a row."""
    mine = (PickAct.run_id == run.id, PickAct.worker_id == by)
    last = session.scalar(select(func.max(PickAct.acted_at)).where(*mine))
    if last is None:
        return None
    in_a_row = select(func.count(PickAct.id)).where(*mine, PickAct.undone_at >= last)
    if (session.scalar(in_a_row) or 0) >= DEEP:
        return None
    query = select(PickAct).where(*mine, PickAct.undone_at.is_(None))
    return session.scalars(query.order_by(PickAct.id.desc()).limit(1)).first()


def _untake(
    session: Session, task: PickTask, before: Mapping[str, Any], by: int, at: datetime
) -> None:
    tote_id, quantity = before["tote"], before["quantity"]
    if state_of(session, tote_id) is not LpnState.FILLING:
        raise CannotUndo
    stock.reverse(session, before["moves"], by=by, at=at)
    orders.unpicked(
        session,
        fo_line_id=task.fo_line_id,
        allocation_id=task.allocation_id,
        quantity=quantity,
        by=by,
        at=at,
    )
    if task.state == TaskState.PICKED:
        transition(task, TASK, TaskVerb.UNDO)
    elif task.state not in LIVE:
        raise CannotUndo
    task.picked, task.ended_at = task.picked - quantity, None
    session.flush()
    if not units_in(session, tote_id):
        bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.LAST_UNIT_OUT, by=by, at=at)


def _unshort(
    session: Session, task: PickTask, before: Mapping[str, Any], by: int, at: datetime
) -> None:
    for number in before["others"]:
        other = held_task(session, task.run_id, number)
        if other.state not in LIVE or other.picked:
            raise CannotUndo
        transition(other, TASK, TaskVerb.CANCEL)
        other.ended_at = at
    if before["aside"]:
        stock.reverse(session, before["aside"], by=by, at=at)
    came = Shorted(
        tuple(
            Promise(number, item_id, quantity, balance_id)
            for number, item_id, quantity, balance_id in before["promises"]
        ),
        before["missing"],
    )
    orders.unshort(
        session,
        fo_line_id=task.fo_line_id,
        allocation_id=task.allocation_id,
        came=came,
        by=by,
        at=at,
    )
    transition(task, TASK, TaskVerb.UNDO)
    task.short, task.short_reason, task.ended_at = 0, "", None
    session.flush()


def _unskip(
    session: Session, task: PickTask, before: Mapping[str, Any], by: int, at: datetime
) -> None:
    del by, at  # nothing moved
    if task.state not in LIVE:
        raise CannotUndo
    task.stop, task.skips = before["task"]["stop"], before["task"]["skips"]
    session.flush()


def _unload(session: Session, before: Mapping[str, Any], by: int, at: datetime) -> None:
    binding = session.get_one(ToteBinding, before["binding"], populate_existing=True)
    if binding.ended_at is not None or not unbind(session, binding, by=by, at=at):
        raise CannotUndo


def _unfull(session: Session, before: Mapping[str, Any], by: int, at: datetime) -> None:
    del by, at  # nothing moved
    binding = session.get_one(ToteBinding, before["binding"], populate_existing=True)
    if binding.ended_at is not None:
        raise CannotUndo
    binding.is_full = False
    session.flush()


_WITH_TASK: Mapping[ActVerb, Callable[..., None]] = {
    ActVerb.TAKE: _untake,
    ActVerb.SHORT: _unshort,
    ActVerb.SKIP: _unskip,
}
_WITH_TOTE: Mapping[ActVerb, Callable[..., None]] = {
    ActVerb.LOAD: _unload,
    ActVerb.FULL: _unfull,
}
