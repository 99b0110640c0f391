"""Orders as others may ask for them: one, some, and what people call them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.refusal import NotFound
from wms.orders.holds import HoldKind
from wms.orders.lifecycle import HOLD, OrderState, Payment
from wms.orders.tables import Channel, Order, OrderContact, OrderHold, OrderLine

OPEN_HOLDS = tuple(state.value for state in HOLD.moves if state not in HOLD.ends)
"""The states in which a hold stops its order."""

OPEN_ORDERS = tuple(
    state.value
    for state in (
        OrderState.RECEIVED,
        OrderState.ACCEPTED,
        OrderState.IN_FULFILLMENT,
        OrderState.PARTLY_SHIPPED,
    )
)
"""The states of an order that somebody still does something for."""


class NoSuchOrder(NotFound):
    """There is no order of that number."""

    sentence = "orders.no_such_order"


class NoSuchLine(NotFound):
    """The order has no such line."""

    sentence = "orders.no_such_line"


class NoSuchChannel(NotFound):
    """There is no channel of that number."""

    sentence = "orders.no_such_channel"


@dataclass(frozen=True)
class OrdersAsked:
    """Which orders to show; what is left out does not ask."""

    q: str = ""
    """An order's number, part of a customer's name, an email address, or a SKU."""
    number: str = ""
    state: OrderState | None = None
    payment: Payment | None = None
    channel_id: int | None = None
    source_id: str = ""
    item_id: int | None = None
    held: HoldKind | None = None
    is_held: bool | None = None


def orders_asked(asked: OrdersAsked) -> Select[Order]:
    """Return the question for orders, to be read a page at a time by `Order.id`, newest first."""
    query = select(Order)
    for column, value in (
        (Order.number, asked.number or None),
        (Order.state, asked.state),
        (Order.payment, asked.payment),
        (Order.channel_id, asked.channel_id),
        (Order.source_id, asked.source_id or None),
    ):
        if value is not None:
            query = query.where(column == value)
    if asked.item_id is not None:
        query = query.where(_wants(OrderLine.item_id == asked.item_id))
    if asked.held is not None:
        query = query.where(_is_held(OrderHold.kind == asked.held))
    if asked.is_held is not None:
        query = query.where(_is_held() if asked.is_held else ~_is_held())
    return query.where(_said(asked.q)) if asked.q else query


def order(session: Session, order_id: int) -> Order:
    """Return an order; raises NoSuchOrder."""
    found = session.get(Order, order_id)
    if found is None:
        raise NoSuchOrder(order=order_id)
    return found


def order_of(session: Session, *, channel_id: int, source_id: str) -> Order:
    """Return the order that a channel calls so; raises NoSuchOrder."""
    found = session.scalar(
        select(Order).where(Order.channel_id == channel_id, Order.source_id == source_id)
    )
    if found is None:
        raise NoSuchOrder(order=source_id)
    return found


def line(session: Session, order_id: int, number: int) -> OrderLine:
    """Return a line of an order by its number there; raises NoSuchLine."""
    found = session.scalar(
        select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.line == number)
    )
    if found is None:
        raise NoSuchLine(line=number)
    return found


def lines(session: Session, order_ids: Collection[int]) -> dict[int, list[tuple[OrderLine, Item]]]:
    """Return, by order, its lines with their items, in the order in which they were bought."""
    found: dict[int, list[tuple[OrderLine, Item]]] = {order_id: [] for order_id in order_ids}
    rows = session.execute(
        select(OrderLine, Item)
        .join(Item, Item.id == OrderLine.item_id)
        .where(OrderLine.order_id.in_(order_ids))
        .order_by(OrderLine.order_id, OrderLine.line)
    )
    for line, item in rows:
        found[line.order_id].append((line, item))
    return found


def contacts(session: Session, order_ids: Collection[int]) -> Mapping[int, OrderContact]:
    """Return, by order, who gets it and where."""
    rows = session.scalars(select(OrderContact).where(OrderContact.order_id.in_(order_ids)))
    return {row.order_id: row for row in rows}


def names(session: Session, order_ids: Collection[int]) -> Mapping[int, str]:
    """Return what people call these orders."""
    rows = session.execute(select(Order.id, Order.number).where(Order.id.in_(order_ids)))
    return dict(rows.all())


def channels(session: Session) -> Sequence[Channel]:
    """Return where orders come from, in the order in which it was opened."""
    return session.scalars(select(Channel).order_by(Channel.id)).all()


def channels_asked() -> Select[Channel]:
    """Return the question for channels, to be read a page at a time."""
    return select(Channel)


def channel(session: Session, channel_id: int) -> Channel:
    """Return a channel; raises NoSuchChannel."""
    found = session.get(Channel, channel_id)
    if found is None:
        raise NoSuchChannel(channel=channel_id)
    return found


def channel_by_code(session: Session, code: str) -> Channel | None:
    """Return the channel of that code."""
    return session.scalar(select(Channel).where(Channel.code == code))


def channel_names(session: Session, channel_ids: Collection[int]) -> Mapping[int, str]:
    """Return what people call these channels."""
    rows = session.execute(select(Channel.id, Channel.name).where(Channel.id.in_(channel_ids)))
    return dict(rows.all())


def siblings(session: Session, one: Order) -> Sequence[Order]:
    """Return the other open orders of the same customer: whose email, or whose name and street, is the same."""
    contact = session.get_one(OrderContact, one.id)
    same = [
        (func.lower(OrderContact.email) == contact.email.lower())
        if contact.email
        else (OrderContact.name == contact.name) & (OrderContact.street1 == contact.street1)
    ]
    query = (
        select(Order)
        .join(OrderContact, OrderContact.order_id == Order.id)
        .where(
            *same,
            Order.id != one.id,
            Order.state.in_((OrderState.RECEIVED, OrderState.ACCEPTED)),
        )
        .order_by(Order.id)
        .limit(SIBLINGS)
    )
    return session.scalars(query).all() if contact.email or contact.name else []


SIBLINGS = 20
"""Most orders that a page offers to merge."""


def _wants(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(OrderLine.order_id == Order.id, condition)


def _is_held(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        OrderHold.order_id == Order.id, OrderHold.state.in_(OPEN_HOLDS), *conditions
    )


def _said(q: str) -> ColumnElement[bool]:
    items = select(Item.id).where(Item.sku == q)
    return or_(
        Order.number.istartswith(q, autoescape=True),
        exists().where(OrderContact.order_id == Order.id, _is_contact(q)),
        _wants(OrderLine.item_id.in_(items)),
    )


def _is_contact(q: str) -> Any:
    return or_(
        OrderContact.name.icontains(q, autoescape=True),
        OrderContact.company.icontains(q, autoescape=True),
        func.lower(OrderContact.email) == q.lower(),
    )
