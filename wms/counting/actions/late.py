"""Moves of before a count that became known after it was booked: the count had seen them, the book had not.

A tablet that was offline tells late what it picked. The count found the units missing and the book lost them then; the
late move takes them once more. So the book gets them back, linked to the count by its reference.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, select, union_all
from sqlalchemy.orm import Session, aliased

from wms.counting.actions.applying import Booker
from wms.counting.actions.booking import hold, reference
from wms.counting.events import CountCorrected
from wms.counting.lifecycle import State
from wms.counting.rules import Steps
from wms.counting.tables import CountTask
from wms.counting.things import Thing
from wms.kernel.outbox import announce
from wms.stock.moves import Reason, StockStatus
from wms.stock.tables import StockMove

REACH = timedelta(days=3)
"""So long after a count late moves of before are looked for: no tablet stays offline longer."""

AT_ONCE = 100
"""Most counts that one run of the schedule corrects."""


def correct_late(session: Session, *, by: int, at: datetime) -> int:
    """Set places right where moves of before their last count became known since; returns how many places."""
    corrected = 0
    for count_id in _suspects(session, at):
        task = session.get_one(CountTask, count_id)
        corrected += _correct(session, task, by=by, at=at)
    return corrected


def _correct(session: Session, task: CountTask, *, by: int, at: datetime) -> bool:
    todo = _differences(session, task)
    hold(session, task.warehouse_id, {thing.item_id for thing in todo})
    todo = _differences(session, task)
    if not todo:
        return False
    wanted = {thing: Steps(0, by_status) for thing, by_status in todo.items()}
    applied = Booker(session, task.location_id, _reference(task), by, at).book(wanted)
    if not applied.touched:
        return False
    fact = CountCorrected(task.id, task.location_id, applied.changed)
    announce(session, fact, by=by, at=at)
    return True


def _suspects(session: Session, at: datetime) -> list[int]:
    """Return booked counts, the last of their place, that a late move speaks of; none while somebody counts there."""
    newer = aliased(CountTask)
    late = exists().where(
        (StockMove.source_id == CountTask.location_id)
        | (StockMove.target_id == CountTask.location_id),
        StockMove.id > CountTask.booked_after,
        StockMove.occurred_at <= CountTask.counted_at,
        StockMove.reason != Reason.COUNT.value,
    )
    query = (
        select(CountTask.id)
        .where(
            CountTask.state == State.POSTED.value,
            CountTask.ended_at > at - REACH,
            ~exists().where(
                newer.location_id == CountTask.location_id,
                newer.id > CountTask.id,
                newer.state.not_in((State.REQUESTED.value, State.CANCELLED.value)),
            ),
            late,
        )
        .order_by(CountTask.id)
        .limit(AT_ONCE)
    )
    return list(session.scalars(query))


def _differences(session: Session, task: CountTask) -> dict[Thing, dict[StockStatus, int]]:
    """Return what late moves changed and no correction gave back yet, the other way round."""
    todo: dict[Thing, dict[StockStatus, int]] = defaultdict(lambda: defaultdict(int))
    for *thing, status, units in _changes(session, task):
        todo[Thing(*thing)][StockStatus(status)] -= units
    return {
        thing: {status: units for status, units in by_status.items() if units}
        for thing, by_status in todo.items()
        if any(by_status.values())
    }


def _changes(session: Session, task: CountTask) -> Iterator[Any]:
    """Yield what late moves, and the corrections made of them, did to the place."""
    ends = (
        (StockMove.target_id, StockMove.status_to, StockMove.quantity),
        (StockMove.source_id, StockMove.status_from, -StockMove.quantity),
    )
    is_late = (StockMove.occurred_at <= task.counted_at) & (StockMove.reason != Reason.COUNT.value)
    is_ours = StockMove.reference == _reference(task)
    yield from session.execute(
        union_all(
            *(
                select(
                    StockMove.item_id, StockMove.lot_id, StockMove.serial_id, status, units
                ).where(
                    place == task.location_id,
                    StockMove.id > task.booked_after,
                    is_late | is_ours,
                )
                for place, status, units in ends
            )
        )
    )


def _reference(task: CountTask) -> str:
    return f"{reference(task)} late"
