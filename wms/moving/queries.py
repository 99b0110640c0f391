"""What others may ask about moves: which there are, what they are about, and what a place still takes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.kernel.tables import Decision
from wms.moving.lifecycle import OVER, State
from wms.moving.rules import SUGGEST
from wms.moving.tables import MoveTask
from wms.moving.tasks import Kind, Why
from wms.people.tables import User

__all__ = ["Kind", "State", "Why"]


class UnknownMoveTask(NotFound):
    """There is no move task of that number."""

    sentence = "moving.no_such_task"


@dataclass(frozen=True)
class Task:
    """A move task as people read it, with the codes and names of everything in it."""

    id: int
    warehouse_id: int
    kind: str
    state: str
    source_id: int
    source: str
    target_id: int | None
    target: str | None
    item_id: int
    sku: str
    name: str
    picture: str | None
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    status: str
    asked: int
    lifted: int
    moved: int
    why: str
    reference: str
    fo_id: int | None
    worker_id: int | None
    worker: str | None
    lease_until: datetime | None
    created_at: datetime
    ended_at: datetime | None
    version: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER


@dataclass(frozen=True)
class TasksAsked:
    """Which tasks to show; None does not ask. `open_only` leaves out what is over."""

    state: State | None = None
    kind: Kind | None = None
    warehouse_id: int | None = None
    source_id: int | None = None
    item_id: int | None = None
    worker_id: int | None = None
    reference: str | None = None
    fo_id: int | None = None
    open_only: bool = False


def task(session: Session, move_task_id: int) -> Task:
    """Return one move task; raises UnknownMoveTask."""
    found = _named(session, [move_task_id])
    if not found:
        raise UnknownMoveTask(id=move_task_id)
    return found[0]


def tasks(
    session: Session, asked: TasksAsked, *, limit: int, cursor: str | None = None
) -> Page[Task]:
    """Return move tasks, the newest first."""
    found = page(
        session, _asked(asked), by=[MoveTask.id], limit=limit, cursor=cursor, newest_first=True
    )
    return Page(_named(session, [row.id for row in found.rows]), found.next_cursor)


def open_of_fo(session: Session, fo_id: int) -> list[int]:
    """Return the numbers of the moves that a fulfillment order still waits for."""
    query = select(MoveTask.id).where(MoveTask.fo_id == fo_id, MoveTask.state.not_in(OVER))
    return list(session.scalars(query.order_by(MoveTask.id)))


def waiting(session: Session) -> int:
    """Return how many moves wait for somebody."""
    query = select(func.count()).where(MoveTask.state == State.QUEUED.value)
    return session.scalar(query) or 0


def going_on() -> Select[int]:
    """Return the question how many moves are not over."""
    return select(func.count()).where(MoveTask.state.in_([one for one in State if one not in OVER]))


def mine(session: Session, worker_id: int) -> MoveTask | None:
    """Return what somebody has in hand, or claimed last."""
    query = (
        select(MoveTask)
        .where(
            MoveTask.worker_id == worker_id,
            MoveTask.state.in_((State.IN_HAND.value, State.ASSIGNED.value)),
        )
        .order_by(MoveTask.state.desc(), MoveTask.id)
        .limit(1)
    )
    return session.scalars(query).first()


def has_dropped(session: Session, worker_id: int) -> bool:
    """Tell whether the last thing that somebody ended was to put units down: that can be taken back."""
    query = (
        select(MoveTask.moved)
        .where(MoveTask.worker_id == worker_id, MoveTask.state == State.DONE.value)
        .order_by(MoveTask.ended_at.desc(), MoveTask.id.desc())
        .limit(1)
    )
    session.flush()
    return bool(session.scalar(query))


@dataclass(frozen=True)
class Suggestion:
    """Where the house said that units go best, why, and what became of the other places that were weighed."""

    took: int | None
    why: str
    rooms: tuple[tuple[int, str], ...]
    """The place that won comes first, then the others with why not."""
    decided_at: datetime


def suggestion(session: Session, move_task_id: int) -> Suggestion | None:
    """Return the last suggestion for a move; None where nobody needed one."""
    query = (
        select(Decision)
        .where(
            Decision.rule == SUGGEST.name,
            Decision.subject == "move_task",
            Decision.subject_id == move_task_id,
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    made = session.scalars(query).first()
    if made is None:
        return None
    took, why = made.choice["took"], made.choice["why"]
    won = ((took, why),) if took is not None else ()
    passed = tuple((room, reason) for room, reason in made.choice["passed"])
    return Suggestion(took, why, (*won, *passed), made.decided_at)


def names(session: Session, move_task_ids: Collection[int]) -> Mapping[int, str]:
    """Return by what people know these tasks: the SKU and the place it leaves."""
    rows = session.execute(
        select(MoveTask.id, Item.sku, Location.code)
        .join(Item, Item.id == MoveTask.item_id)
        .join(Location, Location.id == MoveTask.source_id)
        .where(MoveTask.id.in_(move_task_ids))
    )
    return {number: f"{sku}, {code}" for number, sku, code in rows}


def _asked(asked: TasksAsked) -> Select[MoveTask]:
    wanted: dict[Any, Any] = {
        MoveTask.state: asked.state,
        MoveTask.kind: asked.kind,
        MoveTask.warehouse_id: asked.warehouse_id,
        MoveTask.source_id: asked.source_id,
        MoveTask.item_id: asked.item_id,
        MoveTask.worker_id: asked.worker_id,
        MoveTask.reference: asked.reference,
        MoveTask.fo_id: asked.fo_id,
    }
    query = select(MoveTask).where(
        *(column == value for column, value in wanted.items() if value is not None)
    )
    return query.where(MoveTask.state.not_in(OVER)) if asked.open_only else query


def _named(session: Session, ids: Sequence[int]) -> list[Task]:
    source, target = aliased(Location), aliased(Location)
    rows = session.execute(
        select(
            MoveTask,
            source.code,
            target.code,
            Item.sku,
            Item.name,
            Item.picture,
            Lot.code,
            Serial.code,
            User.name,
        )
        .join(source, source.id == MoveTask.source_id)
        .outerjoin(target, target.id == MoveTask.target_id)
        .join(Item, Item.id == MoveTask.item_id)
        .join(Lot, Lot.id == MoveTask.lot_id)
        .join(Serial, Serial.id == MoveTask.serial_id)
        .outerjoin(User, User.id == MoveTask.worker_id)
        .where(MoveTask.id.in_(ids))
        .order_by(MoveTask.id.desc())
    )
    return [_task(row) for row in rows]


def _task(row: Any) -> Task:
    kept, source, target, sku, name, picture, lot, serial, worker = row
    facts = {column.key: getattr(kept, column.key) for column in MoveTask.__table__.columns}
    said = {"source": source, "target": target, "sku": sku, "name": name, "picture": picture}
    return Task(**facts | said | {"lot": lot, "serial": serial, "worker": worker})
