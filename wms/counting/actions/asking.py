"""Asking for a count, and taking the wish back."""

from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from wms.bins.places import UNSCANNED
from wms.bins.tables import Location
from wms.counting.causes import ON_THE_FLOOR, Cause
from wms.counting.events import CountAsked, CountCancelled
from wms.counting.lifecycle import LIFECYCLE, Verb
from wms.counting.tables import CountTask
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.versions import same_version


class NoSuchCount(NotFound):
    """There is no count of that number."""

    sentence = "counting.no_such_count"


# Two who ask at the same moment meet at the index of open counts; the slower one is told the number of the other's.
_ASK = text("""
    INSERT INTO count_task
    (version, warehouse_id, location_id, state, cause, round, reference, asked_by, created_at, outcome)
    VALUES (1, :warehouse_id, :location_id, 'requested', :cause, 1, :reference, :asked_by, :at, '')
    ON CONFLICT (location_id) WHERE state NOT IN ('posted', 'cancelled') DO NOTHING
    RETURNING id
""").bindparams(bindparam("at", type_=CountTask.created_at.type))


def ask(
    session: Session,
    *,
    location_id: int,
    cause: Cause | str,
    reference: str = "",
    seen_by: int | None = None,
    by: int,
    at: datetime,
) -> int:
    """Ask for a count of a place; returns its number. Where one is open it stands for this one too. Raises Wrong.

    `seen_by` is who noticed that something is wrong, where that is not who asks: their count alone does not prove it.
    """
    cause = Cause(cause)
    place = session.get(Location, location_id)
    if place is None or place.kind in UNSCANNED:
        raise Wrong(Fault("location_id", "stock.unknown_place", {"id": location_id}))
    session.flush()
    values = {
        "warehouse_id": place.warehouse_id,
        "location_id": location_id,
        "cause": cause.value,
        "reference": reference[:80],
        "asked_by": by if seen_by is None else seen_by,
        "at": at,
    }
    made = session.execute(_ASK, values).scalar()
    if made is None:
        return _stands_for(session, location_id, cause, reference)
    announce(session, CountAsked(made, location_id, cause.value, reference), by=by, at=at)
    return int(made)


def cancel(
    session: Session,
    *,
    count_id: int,
    reason: str,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> CountTask:
    """Say that nobody needs to count there. Raises NoSuchCount, Stale, NotNow while somebody counts or it is over."""
    task = held(session, count_id)
    same_version(task, expected)
    transition(task, LIFECYCLE, Verb.CANCEL)
    task.ended_at, task.outcome = at, reason
    announce(session, CountCancelled(task.id, task.location_id, reason), by=by, at=at)
    session.flush()
    return task


def held(session: Session, count_id: int) -> CountTask:
    """Return a count under lock, as it is now; raises NoSuchCount."""
    session.flush()
    task = session.get(CountTask, count_id, with_for_update=True, populate_existing=True)
    if task is None:
        raise NoSuchCount(id=count_id)
    return task


def _stands_for(session: Session, location_id: int, cause: Cause, reference: str) -> int:
    """Return the open count of a place. One that was only asked for learns that units are missing."""
    is_open = (CountTask.location_id == location_id, CountTask.state.not_in(LIFECYCLE.ends))
    number, known = session.execute(select(CountTask.id, CountTask.cause).where(*is_open)).one()
    if cause in ON_THE_FLOOR and known not in ON_THE_FLOOR:
        task = held(session, number)
        task.cause, task.reference = cause.value, reference[:80] or task.reference
        session.flush()
    return int(number)
