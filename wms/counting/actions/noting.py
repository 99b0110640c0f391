"""Noting what is counted, thing by thing, until the bin is done."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.counting.actions.claiming import renew, yours
from wms.counting.lifecycle import State
from wms.counting.tables import CountLine, CountTask
from wms.counting.things import Thing
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Fault, Wrong


def note(
    session: Session, *, count_id: int, thing: Thing, counted: int, by: int, at: datetime
) -> None:
    """Note how many units of a thing were counted so far in this round; none takes the thing off the sheet again.

    Raises SomebodyCounts, NotNow where nobody counts, Wrong for numbers that nobody counts to.
    """
    task = yours(session, count_id, by)
    if task.state != State.COUNTING:
        raise NotNow(thing="count", state=task.state, verb="note")
    most = 1 if thing.serial_id else QUANTITY_LIMIT
    if not 0 <= counted <= most:
        raise Wrong(Fault("counted", "counting.counted_range", {"most": most}))
    line = _line(session, task, thing)
    if line is None and counted:
        session.add(
            CountLine(
                count_id=task.id,
                round=task.round,
                **thing._asdict(),
                counted=counted,
                counted_by=by,
                counted_at=at,
            )
        )
    elif line is not None and counted:
        line.counted, line.counted_by, line.counted_at = counted, by, at
    elif line is not None:
        session.delete(line)
    renew(session, task, at)


def sheet(session: Session, task: CountTask) -> dict[Thing, int]:
    """Return what was counted so far in the round that runs."""
    rows = session.execute(
        select(CountLine.item_id, CountLine.lot_id, CountLine.serial_id, CountLine.counted).where(
            CountLine.count_id == task.id, CountLine.round == task.round
        )
    )
    return {Thing(item, lot, serial): counted for item, lot, serial, counted in rows}


def _line(session: Session, task: CountTask, thing: Thing) -> CountLine | None:
    return session.scalars(
        select(CountLine).where(
            CountLine.count_id == task.id,
            CountLine.round == task.round,
            CountLine.item_id == thing.item_id,
            CountLine.lot_id == thing.lot_id,
            CountLine.serial_id == thing.serial_id,
        )
    ).first()
