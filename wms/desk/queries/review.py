"""What waits for somebody's decision: open holds with their orders, and cases of all kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from wms.cases.tables import ExceptionCase
from wms.kernel.paging import page
from wms.orders import queries as orders
from wms.orders.holds import HoldKind
from wms.orders.queries import Queued
from wms.orders.tables import Order, OrderContact, OrderHold


@dataclass(frozen=True)
class Waiting:
    """A hold that waits for somebody, with the order and the customer."""

    hold: OrderHold
    said: Queued
    order: Order
    contact: OrderContact | None


@dataclass(frozen=True)
class Queue:
    """Some holds, the cursor to those after them, and by kind how many there are."""

    rows: Sequence[Waiting]
    next_cursor: str | None
    counts: Mapping[str, int]


def review_queue(
    session: Session, kind: HoldKind | None, *, limit: int, cursor: str | None
) -> Queue:
    """Return holds that wait, the longest first."""
    found = page(
        session, orders.review_asked(kind=kind), by=[OrderHold.id], limit=limit, cursor=cursor
    )
    contacts = orders.contacts(session, {order.id for _, order in found.rows})
    return Queue(
        rows=[
            Waiting(hold, orders.queued(hold, order), order, contacts.get(order.id))
            for hold, order in found.rows
        ],
        next_cursor=found.next_cursor,
        counts=orders.review_counts(session),
    )


@dataclass(frozen=True)
class Cases:
    """Some cases that are not closed, and the cursor to those after them."""

    rows: Sequence[ExceptionCase]
    next_cursor: str | None


def open_cases(session: Session, *, mine: int | None, limit: int, cursor: str | None) -> Cases:
    """Return cases that nobody has closed, the oldest first; with `mine` those that this person looks after."""
    query = select(ExceptionCase).where(ExceptionCase.closed_at.is_(None))
    if mine is not None:
        query = query.where(ExceptionCase.assigned_to == mine)
    found = page(session, query, by=[ExceptionCase.id], limit=limit, cursor=cursor)
    return Cases(found.rows, found.next_cursor)


@dataclass(frozen=True)
class OpenCounts:
    """How many cases nobody has closed: of all, and those that one person looks after."""

    all: int
    mine: int


def open_counts(session: Session, user_id: int) -> OpenCounts:
    """Return how many cases are open, for all and for this person."""
    is_mine = case((ExceptionCase.assigned_to == user_id, 1), else_=0)
    query = select(func.count(), func.sum(is_mine)).where(ExceptionCase.closed_at.is_(None))
    count, mine = session.execute(query).one()
    return OpenCounts(count, int(mine or 0))
