"""Asking for units to be moved, and taking the wish back."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Kind as PlaceKind
from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.versions import same_version
from wms.moving.events import MoveTaskAsked, MoveTaskEnded
from wms.moving.lifecycle import LIFECYCLE, Verb
from wms.moving.tables import MoveTask
from wms.moving.tasks import Kind, Why
from wms.stock.moves import NONE, StockStatus


class NoSuchMoveTask(NotFound):
    """There is no move task of that number."""

    sentence = "moving.no_such_task"


def ask(
    session: Session,
    *,
    kind: Kind | str,
    source_id: int,
    item_id: int,
    lot_id: int = NONE,
    serial_id: int = NONE,
    status: StockStatus | str = StockStatus.AVAILABLE,
    quantity: int,
    target_id: int | None = None,
    why: Why | str,
    reference: str = "",
    fo_id: int | None = None,
    by: int,
    at: datetime,
) -> int:
    """Ask for units to be moved; returns the number of the task. Without a target the house suggests one later.

    `fo_id` names the fulfillment order that waits for them. Nothing is promised or moved yet. Raises Wrong.
    """
    if found := [*_faults(session, source_id, target_id, item_id, quantity)]:
        raise Wrong(*found)
    source = session.get_one(Location, source_id)
    task = MoveTask(
        warehouse_id=source.warehouse_id,
        kind=Kind(kind).value,
        state=LIFECYCLE.start.value,
        source_id=source_id,
        target_id=target_id,
        item_id=item_id,
        lot_id=lot_id,
        serial_id=serial_id,
        status=StockStatus(status).value,
        asked=quantity,
        why=Why(why).value,
        reference=reference,
        fo_id=fo_id,
        created_at=at,
    )
    session.add(task)
    session.flush()
    fact = MoveTaskAsked(task.id, task.kind, source_id, item_id, quantity, reference)
    announce(session, fact, by=by, at=at)
    return task.id


def cancel(
    session: Session, *, move_task_id: int, expected: int | None = None, by: int, at: datetime
) -> MoveTask:
    """Take the wish back. Raises NoSuchMoveTask, Stale, NotNow where units are in somebody's hands or it is over."""
    task = held(session, move_task_id)
    same_version(task, expected)
    transition(task, LIFECYCLE, Verb.CANCEL)
    end(session, task, by=by, at=at)
    return task


def held(session: Session, move_task_id: int) -> MoveTask:
    """Return a task under lock, as it is now; raises NoSuchMoveTask."""
    session.flush()
    task = session.get(MoveTask, move_task_id, with_for_update=True, populate_existing=True)
    if task is None:
        raise NoSuchMoveTask(id=move_task_id)
    return task


def end(session: Session, task: MoveTask, *, by: int, at: datetime) -> None:
    """Note that nothing is left to do, and say so."""
    task.ended_at, task.lease_until = at, None
    session.flush()
    fact = MoveTaskEnded(task.id, task.kind, task.fo_id, task.state, task.asked, task.moved)
    announce(session, fact, by=by, at=at)


def _faults(
    session: Session, source_id: int, target_id: int | None, item_id: int, quantity: int
) -> Iterator[Fault]:
    source = session.get(Location, source_id)
    if source is None or source.kind == PlaceKind.OUTSIDE:
        yield Fault("source_id", "stock.unknown_place", {"id": source_id})
    elif target_id is not None:
        yield from _way_faults(session, source, target_id)
    if session.get(Item, item_id) is None:
        yield Fault("item_id", "stock.unknown_item", {"id": item_id})
    if quantity < 1:
        yield Fault("quantity", "stock.no_units", {"quantity": quantity})


def _way_faults(session: Session, source: Location, target_id: int) -> Iterator[Fault]:
    target = session.get(Location, target_id)
    if target is None or target.kind == PlaceKind.OUTSIDE or target.archived_at is not None:
        yield Fault("target_id", "stock.unknown_place", {"id": target_id})
    elif target.warehouse_id != source.warehouse_id:
        values = {"source": source.code, "target": target.code}
        yield Fault("target_id", "stock.other_warehouse", values)
    elif target.id == source.id:
        yield Fault("target_id", "stock.stays", {"place": target.code})
