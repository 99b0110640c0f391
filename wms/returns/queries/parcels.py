"""Parcels that come back: which there are, whose each is, and what waits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.orders.tables import Order
from wms.people.tables import User
from wms.returns.lifecycle import COMING, HERE, LIFECYCLE, State
from wms.returns.tables import Return


class NoSuchReturn(NotFound):
    """There is no return of that number."""

    sentence = "returns.no_such_return"


@dataclass(frozen=True)
class Shown:
    """A return as people read it."""

    id: int
    version: int
    number: str
    state: State
    warehouse_id: int
    order_id: int | None
    order: str
    reason: str
    parcel_code: str
    station_id: int | None
    worker_id: int | None
    worker: str | None
    created_at: datetime
    arrived_at: datetime | None
    ended_at: datetime | None

    @property
    def is_blind(self) -> bool:
        """Whether nobody here knew of it."""
        return self.order_id is None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in LIFECYCLE.ends


@dataclass(frozen=True)
class Views:
    """How many returns are not over yet, and of how many nobody knows whose they are."""

    open: int
    blind: int


@dataclass(frozen=True)
class ReturnsAsked:
    """Which returns to show; None does not ask. `open_only` leaves out what is over."""

    id: int | None = None
    number: str | None = None
    order_id: int | None = None
    state: State | None = None
    warehouse_id: int | None = None
    blind: bool | None = None
    open_only: bool = False


def one(session: Session, return_id: int) -> Shown:
    """Return one return; raises NoSuchReturn."""
    found = returns(session, ReturnsAsked(id=return_id), limit=1).rows
    if not found:
        raise NoSuchReturn(id=return_id)
    its: Shown = found[0]
    return its


def returns(
    session: Session, asked: ReturnsAsked, *, limit: int, cursor: str | None = None
) -> Page[Shown]:
    """Return returns, the newest first."""
    found = page(
        session, _asked(asked), by=[Return.id], limit=limit, cursor=cursor, newest_first=True
    )
    return Page([_shown(*row) for row in found.rows], found.next_cursor)


def open_of(session: Session, order_id: int, *, worker_id: int) -> int | None:
    """Return the return of an order that a person would go on with; None without one.

    One that lies here and is theirs or nobody's, else the first that is announced: what another person looks at is
    another parcel.
    """
    theirs = Return.worker_id.is_(None) | (Return.worker_id == worker_id)
    for states in (HERE, COMING):
        found: int | None = session.scalar(
            select(Return.id)
            .where(
                Return.order_id == order_id,
                Return.state.in_([its.value for its in states]),
                theirs,
            )
            .order_by(Return.id)
            .limit(1)
        )
        if found is not None:
            return found
    return None


def mine(session: Session, worker_id: int) -> int | None:
    """Return the return that somebody looks at."""
    here = [state.value for state in HERE]
    query = select(Return.id).where(Return.worker_id == worker_id, Return.state.in_(here))
    found: int | None = session.scalar(query.order_by(Return.id.desc()).limit(1))
    return found


def waiting(session: Session) -> int:
    """Return how many parcels lie here with something left to look at, and nobody at them."""
    here = [state.value for state in HERE]
    query = select(func.count()).where(Return.state.in_(here), Return.worker_id.is_(None))
    return session.scalar(query) or 0


def going_on() -> Select[int]:
    """Return the question how many returns are not over."""
    return select(func.count()).where(
        Return.state.in_([one for one in State if one not in LIFECYCLE.ends])
    )


def in_views(session: Session) -> Views:
    """Return how many returns stand in each view of the list."""
    is_open = case((Return.state.not_in(LIFECYCLE.ends), 1), else_=0)
    is_blind = case((Return.order_id.is_(None), 1), else_=0)
    row = session.execute(select(func.sum(is_open), func.sum(is_blind))).one()
    return Views(*(int(count or 0) for count in row))


def names(session: Session, return_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers by which people call these returns."""
    rows = session.execute(select(Return.id, Return.number).where(Return.id.in_(return_ids)))
    return dict(rows.all())


def _asked(asked: ReturnsAsked) -> Any:
    query: Any = (
        select(Return, Order.number, User.name)
        .outerjoin(Order, Order.id == Return.order_id)
        .outerjoin(User, User.id == Return.worker_id)
    )
    for column, value in (
        (Return.id, asked.id),
        (Return.number, asked.number),
        (Return.order_id, asked.order_id),
        (Return.state, asked.state),
        (Return.warehouse_id, asked.warehouse_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if asked.blind is not None:
        query = query.where((Return.order_id.is_(None)) == asked.blind)
    return query.where(Return.state.not_in(LIFECYCLE.ends)) if asked.open_only else query


def _shown(row: Return, order: str | None, worker: str | None) -> Shown:
    return Shown(
        id=row.id,
        version=row.version,
        number=row.number,
        state=State(row.state),
        warehouse_id=row.warehouse_id,
        order_id=row.order_id,
        order=order or "",
        reason=row.reason,
        parcel_code=row.parcel_code,
        station_id=row.station_id,
        worker_id=row.worker_id,
        worker=worker,
        created_at=row.created_at,
        arrived_at=row.arrived_at,
        ended_at=row.ended_at,
    )
