"""What of an order left the house and may still come back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog.kits import parts_of_kits
from wms.catalog.tables import Item
from wms.orders.queries import OrdersAsked, contacts, orders_asked
from wms.orders.tables import FoLine, Order, OrderLine
from wms.returns.lifecycle import LIFECYCLE
from wms.returns.tables import Return, ReturnLine


@dataclass(frozen=True)
class OrderLike:
    """An order of which something left the house, and whose it is."""

    id: int
    number: str
    customer: str
    left: int
    """Units that may still come back."""


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
