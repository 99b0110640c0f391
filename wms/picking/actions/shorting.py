"""Units that are not where they were promised: other bins at once, a count of this one, and nothing promised twice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.counting import actions as counting
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.orders import actions as orders
from wms.orders.gate import Shorted
from wms.picking.actions.late import free_in, is_kept
from wms.picking.actions.making import add_task
from wms.picking.actions.noting import ActVerb, Snapshot, note
from wms.picking.actions.rows import come_to_bin, held_task
from wms.picking.actions.taking import OrderStopped, pile_of
from wms.picking.events import TaskShort
from wms.picking.lifecycle import TASK, TaskVerb
from wms.picking.tables import PickRun, PickTask
from wms.stock import actions as stock
from wms.stock.moves import Promises, StockStatus
from wms.stock.tables import StockBalance
from wms.waves.plan import PlannedStop

EMPTY = "empty"
DAMAGED = "damaged"
GONE = "gone"
"""The promise was broken before anybody came: by a count, or by somebody who took the units."""


@dataclass(frozen=True)
class Came:
    """What came of a short: units that wait in other bins, and units that nobody has."""

    elsewhere: int
    missing: int


def short(
    session: Session, run: PickRun, *, task_id: int, reason: str, by: int, at: datetime
) -> Came:
    """End a task with what was picked of it; the rest is looked for in other bins, at once and on this trip.

    What the floor says is not there is set aside until somebody counted, so that it is not promised again. Raises
    OrderStopped, NotNow.
    """
    task = held_task(session, run.id, task_id)
    gate = orders.gate(session, task.fo_id)
    if gate.stop:
        raise OrderStopped(order=gate.number, why=gate.stop.kind.value)
    before, rest = Snapshot.of(task), task.asked - task.picked
    was_kept = is_kept(session, task)
    came = orders.short(
        session,
        fo_line_id=task.fo_line_id,
        allocation_id=task.allocation_id,
        quantity=rest,
        by=by,
        at=at,
    )
    aside: list[int] = []
    if was_kept:
        aside = _set_aside(session, task, rest, reason, gate.number, by=by, at=at)
        cause = counting.Cause.SHORT
        counting.ask(
            session,
            location_id=task.location_id,
            cause=cause,
            reference=gate.number,
            by=by,
            at=at,
        )
    others = _look_elsewhere(session, run, task, came, at=at)
    come_to_bin(session, task)
    transition(task, TASK, TaskVerb.SHORT)
    task.short, task.short_reason, task.ended_at = rest, reason, at
    session.flush()
    told = {
        "task": vars(before),
        "aside": aside,
        "missing": came.short,
        "promises": [
            [one.allocation_id, one.item_id, one.quantity, one.balance_id] for one in came.promises
        ],
        "others": others,
    }
    note(session, run, ActVerb.SHORT, told, task_id=task.id, by=by, at=at)
    fact = TaskShort(
        task.fo_id, task.id, task.location_id, task.item_id, reason, rest, rest - came.short
    )
    announce(session, fact, by=by, at=at)
    return Came(rest - came.short, came.short)


def _set_aside(
    session: Session,
    task: PickTask,
    rest: int,
    reason: str,
    reference: str,
    *,
    by: int,
    at: datetime,
) -> list[int]:
    """Take units out of what can be promised: those that are missing, and all that are free where the bin is empty."""
    pile = pile_of(session, task)
    free = free_in(session, pile)
    units = free if reason == EMPTY else min(rest, free)
    if units < 1:
        return []
    status = StockStatus.DAMAGED if reason == DAMAGED else StockStatus.HELD
    move = stock.change_status(
        session,
        pile=pile,
        quantity=units,
        status=status,
        reference=reference,
        promises=Promises.BREAK,
        by=by,
        at=at,
    )
    return [move]


def _look_elsewhere(
    session: Session, run: PickRun, task: PickTask, came: Shorted, *, at: datetime
) -> list[int]:
    """Add tasks for the promises of other bins, next on the walk."""
    added = []
    for one in came.promises:
        lies = session.get_one(StockBalance, one.balance_id)
        stop = PlannedStop(
            lies.location_id,
            one.item_id,
            lies.lot_id,
            task.fo_id,
            task.fo_line_id,
            one.allocation_id,
            one.quantity,
        )
        added.append(add_task(session, run, stop, task.stop, at=at))
    session.flush()
    return [other.id for other in added]
