"""What others may ask about returns: which there are, what came back, and what may still come back of an order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog.kits import parts_of_kits
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.orders.queries import OrdersAsked, contacts, orders_asked
from wms.orders.tables import FoLine, Order, OrderLine
from wms.people.tables import User
from wms.returns.grades import Disposition, Grade
from wms.returns.lifecycle import COMING, HERE, LIFECYCLE, State
from wms.returns.tables import Return, ReturnLine, ReturnUnit

__all__ = ["Disposition", "Grade", "State"]


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
class Line:
    """One line of a return: what was told, what came, and what became of it. Units."""

    id: int
    return_id: int
    order_line_id: int | None
    item_id: int
    sku: str
    name: str
    picture: str | None
    advised: int
    arrived: int
    restocked: int
    quarantined: int
    scrapped: int

    @property
    def says_something(self) -> bool:
        """Whether units count on it, or are to."""
        return self.advised > 0 or self.arrived > 0


@dataclass(frozen=True)
class OrderLike:
    """An order of which something left the house, and whose it is."""

    id: int
    number: str
    customer: str
    left: int
    """Units that may still come back."""


@dataclass(frozen=True)
class Unit:
    """Units that were scanned in together."""

    id: int
    line_id: int
    item_id: int
    sku: str
    lot: str
    serial: str
    quantity: int
    grade: str
    disposition: str
    is_wrong_item: bool
    move_task_id: int | None
    worker: str | None
    scanned_at: datetime
    graded_at: datetime | None


@dataclass(frozen=True)
class Owing:
    """What of one line of an order left the house, what of it came back, and what is still announced. Units."""

    order_line_id: int
    item_id: int
    sku: str
    name: str
    picture: str | None
    shipped: int
    arrived: int
    announced: int

    @property
    def left(self) -> int:
        """Units that may still come back."""
        return self.shipped - self.arrived

    @property
    def unannounced(self) -> int:
        """Units that may still come back and that nobody announced yet."""
        return max(0, self.left - self.announced)


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


def lines(session: Session, return_ids: Collection[int]) -> Sequence[Line]:
    """Return the lines of returns, in the order in which they were written down."""
    query = (
        select(
            ReturnLine.id,
            ReturnLine.return_id,
            ReturnLine.order_line_id,
            ReturnLine.item_id,
            Item.sku,
            Item.name,
            Item.picture,
            ReturnLine.advised,
            ReturnLine.arrived,
            ReturnLine.restocked,
            ReturnLine.quarantined,
            ReturnLine.scrapped,
        )
        .join(Item, Item.id == ReturnLine.item_id)
        .where(ReturnLine.return_id.in_(return_ids))
        .order_by(ReturnLine.return_id, ReturnLine.id)
    )
    rows: Any = session.execute(query)
    return [Line(*row) for row in rows]


def units(session: Session, return_id: int) -> Sequence[Unit]:
    """Return what was scanned out of a parcel and not taken back, in the order of the scans."""
    query = (
        select(
            ReturnUnit.id,
            ReturnUnit.line_id,
            ReturnLine.item_id,
            Item.sku,
            Lot.code,
            Serial.code,
            ReturnUnit.quantity,
            ReturnUnit.grade,
            ReturnUnit.disposition,
            ReturnUnit.is_wrong_item,
            ReturnUnit.move_task_id,
            User.name,
            ReturnUnit.scanned_at,
            ReturnUnit.graded_at,
        )
        .join(ReturnLine, ReturnLine.id == ReturnUnit.line_id)
        .join(Item, Item.id == ReturnLine.item_id)
        .join(Lot, Lot.id == ReturnUnit.lot_id)
        .join(Serial, Serial.id == ReturnUnit.serial_id)
        .outerjoin(User, User.id == ReturnUnit.worker_id)
        .where(ReturnLine.return_id == return_id, ReturnUnit.undone_at.is_(None))
        .order_by(ReturnUnit.id)
    )
    rows: Any = session.execute(query)
    return [Unit(*row) for row in rows]


def owing(session: Session, order_id: int) -> Sequence[Owing]:
    """Return what of an order left the house, line by line (a kit part by part), and how much of it came back."""
    shipped = (
        select(FoLine.order_line_id, FoLine.item_id, func.sum(FoLine.shipped).label("units"))
        .join(OrderLine, OrderLine.id == FoLine.order_line_id)
        .where(OrderLine.order_id == order_id)
        .group_by(FoLine.order_line_id, FoLine.item_id)
        .having(func.sum(FoLine.shipped) > 0)
        .subquery()
    )
    rows = session.execute(
        select(shipped, OrderLine.line, Item.sku, Item.name, Item.picture)
        .join(OrderLine, OrderLine.id == shipped.c.order_line_id)
        .join(Item, Item.id == shipped.c.item_id)
        .order_by(OrderLine.line, shipped.c.item_id)
    ).all()
    back = _back(session, {row.order_line_id for row in rows})
    return [
        Owing(
            row.order_line_id,
            row.item_id,
            row.sku,
            row.name,
            row.picture,
            int(row.units),
            *back.get((row.order_line_id, row.item_id), (0, 0)),
        )
        for row in rows
    ]


def unannounced(session: Session, order_id: int) -> Mapping[int, int]:
    """Return, by line of an order, how many units that left the house nobody announced yet; of a kit, whole kits."""
    owed: dict[int, dict[int, int]] = {}
    for one in owing(session, order_id):
        owed.setdefault(one.order_line_id, {})[one.item_id] = one.unannounced
    sold = dict(
        session.execute(select(OrderLine.id, OrderLine.item_id).where(OrderLine.id.in_(owed))).all()
    )
    kits = parts_of_kits(session, set(sold.values()))
    return {
        line_id: min(
            owed[line_id].get(part_id, 0) // each
            for part_id, each in kits.get(item_id, ((item_id, 1),))
        )
        for line_id, item_id in sold.items()
    }


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


def orders_like(session: Session, words: str, *, limit: int) -> Sequence[OrderLike]:
    """Return orders by number, customer or e-mail of which something left the house, the newest first."""
    if not words:
        return ()
    left = select(FoLine.id).join(OrderLine, OrderLine.id == FoLine.order_line_id)
    query = orders_asked(OrdersAsked(q=words)).where(
        left.where(OrderLine.order_id == Order.id, FoLine.shipped > 0).exists()
    )
    found = session.scalars(query.order_by(Order.id.desc()).limit(limit)).all()
    whose = contacts(session, [one.id for one in found])
    return [
        OrderLike(
            one.id,
            one.number,
            whose[one.id].name if one.id in whose else "",
            sum(line.left for line in owing(session, one.id)),
        )
        for one in found
    ]


def of_order(session: Session, order_id: int) -> Sequence[Shown]:
    """Return everything that came back, or is to come back, of an order, the newest first."""
    query = _asked(ReturnsAsked(order_id=order_id)).order_by(Return.id.desc())
    return [_shown(*row) for row in session.execute(query)]


def names(session: Session, return_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers by which people call these returns."""
    rows = session.execute(select(Return.id, Return.number).where(Return.id.in_(return_ids)))
    return dict(rows.all())


def _back(
    session: Session, order_line_ids: Collection[int]
) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Return, by line of an order and item, how many units came back, and how many more are announced."""
    arrived: dict[tuple[int, int], int] = {}
    announced: dict[tuple[int, int], int] = {}
    rows = session.execute(
        select(
            ReturnLine.order_line_id,
            ReturnLine.item_id,
            ReturnLine.advised,
            ReturnLine.arrived,
            Return.state,
        )
        .join(Return, Return.id == ReturnLine.return_id)
        .where(ReturnLine.order_line_id.in_(order_line_ids))
    )
    for line_id, item_id, advised, came, state in rows:
        assert line_id is not None, "only lines of an order were asked for"
        key = (line_id, item_id)
        arrived[key] = arrived.get(key, 0) + came
        more = 0 if state in LIFECYCLE.ends else max(0, advised - came)
        announced[key] = announced.get(key, 0) + more
    return {key: (arrived[key], announced[key]) for key in arrived}


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
