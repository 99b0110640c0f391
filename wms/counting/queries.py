"""What others may ask about counts: which there are, what was counted, what the book said at a moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.counting.causes import Cause
from wms.counting.lifecycle import LIFECYCLE, State
from wms.counting.tables import CountLine, CountTask
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.people.tables import User
from wms.stock.moves import StockStatus
from wms.stock.tables import StockBalance

__all__ = ["Cause", "State"]


class UnknownCount(NotFound):
    """There is no count of that number."""

    sentence = "counting.no_such_count"


@dataclass(frozen=True)
class Count:
    """A count as people read it."""

    id: int
    warehouse_id: int
    location_id: int
    location: str
    state: str
    cause: str
    round: int
    reference: str
    asked_by: int
    asker: str | None
    worker_id: int | None
    worker: str | None
    lease_until: datetime | None
    created_at: datetime
    counted_at: datetime | None
    booked_after: int | None
    ended_at: datetime | None
    outcome: str
    version: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in LIFECYCLE.ends


@dataclass(frozen=True)
class Counted:
    """How many units of one thing somebody counted in one round, and what the book said then."""

    round: int
    item_id: int
    sku: str
    name: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    counted: int
    expected: int | None
    counted_by: int
    counter: str | None
    counted_at: datetime

    @property
    def difference(self) -> int | None:
        """How many more, or below zero fewer, than the book said."""
        return None if self.expected is None else self.counted - self.expected


@dataclass(frozen=True)
class CountsAsked:
    """Which counts to show; None does not ask. `open_only` leaves out what is over."""

    state: State | None = None
    cause: Cause | None = None
    warehouse_id: int | None = None
    location_id: int | None = None
    worker_id: int | None = None
    reference: str | None = None
    open_only: bool = False


def count(session: Session, count_id: int) -> Count:
    """Return one count; raises UnknownCount."""
    found = _named(session, [count_id])
    if not found:
        raise UnknownCount(id=count_id)
    return found[0]


def counts(
    session: Session, asked: CountsAsked, *, limit: int, cursor: str | None = None
) -> Page[Count]:
    """Return counts, the newest first."""
    found = page(
        session, _asked(asked), by=[CountTask.id], limit=limit, cursor=cursor, newest_first=True
    )
    return Page(_named(session, [row.id for row in found.rows]), found.next_cursor)


def lines(session: Session, count_id: int) -> list[Counted]:
    """Return what was counted, the last round first. For whoever judges a count, never for whoever counts."""
    query = (
        select(CountLine, Item.sku, Item.name, Lot.code, Serial.code, User.name)
        .join(Item, Item.id == CountLine.item_id)
        .join(Lot, Lot.id == CountLine.lot_id)
        .join(Serial, Serial.id == CountLine.serial_id)
        .outerjoin(User, User.id == CountLine.counted_by)
        .where(CountLine.count_id == count_id)
        .order_by(CountLine.round.desc(), Item.sku, CountLine.id)
    )
    return [_counted(row) for row in session.execute(query)]


def handed_in(session: Session, count: Count) -> list[Counted]:
    """Return what was counted in the rounds that were handed in: of one that is under way nobody is told."""
    return [line for line in lines(session, count.id) if line.expected is not None]


def waiting(session: Session, worker_id: int) -> int:
    """Return how many counts wait that this person may do: whoever counted a round does not count the next."""
    query = select(func.count()).where(
        CountTask.state == State.REQUESTED.value,
        CountTask.id.not_in(counted_last_by(worker_id)),
        ~is_being_graded(CountTask.location_id),
    )
    return session.scalar(query) or 0


def going_on() -> Select[int]:
    """Return the question how many counts are not over."""
    return select(func.count()).where(
        CountTask.state.in_([one for one in State if one not in LIFECYCLE.ends])
    )


def in_review(session: Session) -> int:
    """Return how many counts somebody must decide on."""
    query = select(func.count()).where(CountTask.state == State.IN_REVIEW.value)
    return session.scalar(query) or 0


def mine(session: Session, worker_id: int) -> CountTask | None:
    """Return the count that somebody is at."""
    query = select(CountTask).where(
        CountTask.worker_id == worker_id, CountTask.state == State.COUNTING.value
    )
    return session.scalars(query.order_by(CountTask.id).limit(1)).first()


def counted_last_by(worker_id: int) -> Select[int]:
    """Return the question for counts whose last round was counted by this person."""
    return (
        select(CountLine.count_id)
        .join(CountTask, CountTask.id == CountLine.count_id)
        .where(CountLine.counted_by == worker_id, CountLine.round == CountTask.round - 1)
    )


def is_being_graded(location_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return whether units lie in a place that a clerk has in hand: back from a customer, and not graded yet."""
    return exists().where(
        StockBalance.location_id == location_id,
        StockBalance.status == StockStatus.RETURNED_UNGRADED.value,
        StockBalance.quantity > 0,
    )


def last_counted(session: Session, location_id: int) -> datetime | None:
    """Return when a place was last counted and booked."""
    query = select(func.max(CountTask.counted_at)).where(
        CountTask.location_id == location_id, CountTask.state == State.POSTED.value
    )
    return session.scalar(query)


def names(session: Session, count_task_ids: Collection[int]) -> Mapping[int, str]:
    """Return by what people know these counts: the place."""
    rows = session.execute(
        select(CountTask.id, Location.code)
        .join(Location, Location.id == CountTask.location_id)
        .where(CountTask.id.in_(count_task_ids))
    )
    return dict(rows.all())


def _asked(asked: CountsAsked) -> Select[CountTask]:
    wanted: dict[Any, Any] = {
        CountTask.state: asked.state,
        CountTask.cause: asked.cause,
        CountTask.warehouse_id: asked.warehouse_id,
        CountTask.location_id: asked.location_id,
        CountTask.worker_id: asked.worker_id,
        CountTask.reference: asked.reference,
    }
    query = select(CountTask).where(
        *(column == value for column, value in wanted.items() if value is not None)
    )
    return query.where(CountTask.state.not_in(LIFECYCLE.ends)) if asked.open_only else query


def _named(session: Session, ids: Sequence[int]) -> list[Count]:
    rows = session.execute(
        select(CountTask, Location.code)
        .join(Location, Location.id == CountTask.location_id)
        .where(CountTask.id.in_(ids))
        .order_by(CountTask.id.desc())
    ).all()
    people = {row[0].worker_id for row in rows} | {row[0].asked_by for row in rows}
    known = dict(session.execute(select(User.id, User.name).where(User.id.in_(people))).all())
    return [_count(task, code, known) for task, code in rows]


def _count(task: CountTask, code: str, known: Mapping[int, str]) -> Count:
    facts = {column.key: getattr(task, column.key) for column in CountTask.__table__.columns}
    said = {"location": code, "asker": known.get(task.asked_by)}
    return Count(**facts | said | {"worker": known.get(task.worker_id or 0)})


def _counted(row: Any) -> Counted:
    line, sku, name, lot, serial, counter = row
    facts = {column.key: getattr(line, column.key) for column in CountLine.__table__.columns}
    del facts["id"], facts["count_id"]
    said = {"sku": sku, "name": name, "lot": lot, "serial": serial, "counter": counter}
    return Counted(**facts | said)
