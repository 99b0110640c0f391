"""Making the book say what was counted, and setting it right when moves of before become known later."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.counting.actions.applying import Booker
from wms.counting.actions.asking import ask
from wms.counting.book import book_at
from wms.counting.causes import ON_THE_FLOOR, Cause
from wms.counting.events import CountPosted
from wms.counting.lifecycle import LIFECYCLE, Verb
from wms.counting.rules import Steps, steps, truth
from wms.counting.tables import CountTask
from wms.counting.things import Thing
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.stock.tables import ItemAvailability, StockMove


def book(
    session: Session, task: CountTask, counted: Mapping[Thing, int], *, by: int, at: datetime
) -> None:
    """Book an accepted count and end it. What moved since it was counted stays moved: only differences are booked.

    Where units that should be taken away have left meanwhile, somebody counts once more.
    """
    wanted = _wanted(session, task, counted)
    applied = Booker(session, task.location_id, reference(task), by, at).book(wanted)
    transition(task, LIFECYCLE, Verb.POST)
    task.ended_at, task.booked_after = at, session.scalar(select(func.max(StockMove.id))) or 0
    session.flush()
    fact = CountPosted(task.id, task.location_id, applied.changed)
    announce(session, fact, by=by, at=at)
    if applied.left_over:
        ask(
            session,
            location_id=task.location_id,
            cause=Cause.ASKED,
            reference=reference(task),
            by=by,
            at=at,
        )


def hold(session: Session, warehouse_id: int, item_ids: Collection[int]) -> None:
    """Lock items, in the one order in which everybody locks them: their book stays as it is until we are done."""
    session.flush()
    query = select(ItemAvailability.item_id).where(
        ItemAvailability.warehouse_id == warehouse_id, ItemAvailability.item_id.in_(item_ids)
    )
    session.execute(query.order_by(ItemAvailability.item_id).with_for_update())


def reference(task: CountTask) -> str:
    """Return what the ledger says these moves were for."""
    return f"Count {task.id}"


def _wanted(session: Session, task: CountTask, counted: Mapping[Thing, int]) -> dict[Thing, Steps]:
    assert task.counted_at is not None
    before = book_at(session, task.location_id, task.counted_at)
    hold(session, task.warehouse_id, {thing.item_id for thing in before.keys() | counted.keys()})
    book = book_at(session, task.location_id, task.counted_at)
    frees_held = task.cause in ON_THE_FLOOR
    return {
        thing: steps(
            book.get(thing, {}),
            truth(book.get(thing, {}), counted.get(thing, 0), frees_held=frees_held),
        )
        for thing in book.keys() | counted.keys()
    }
