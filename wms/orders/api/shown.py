"""An order as machines see it, with its lines, who gets it, and what stops it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.orders import money, queries
from wms.orders.api.blueprint import Shown
from wms.orders.holds import HoldKind, Step
from wms.orders.lifecycle import HoldState, OrderState, Payment
from wms.orders.tables import Order, OrderContact, OrderHold, OrderLine


class AddressShown(Shown):
    """Who gets it and where."""

    name: str
    company: str
    email: str
    phone: str
    street1: str
    street2: str
    city: str
    zip: str
    province: str
    country: str


class LineShown(Shown):
    """So many units of one product. `quantity - cancelled` of them are still wanted."""

    line: int
    item_id: int
    sku: str
    name: str
    quantity: int
    cancelled: int
    price: str
    personalisation: str


class HoldShown(Shown):
    """A reason why the order stops, and from which step on. Without `reason` the house found it by its own rules."""

    id: int
    order_id: int
    kind: HoldKind
    blocks: Step
    state: HoldState
    reason: str
    opened_by: int
    created_at: datetime
    expires_at: datetime | None
    closed_by: int | None
    closed_at: datetime | None
    outcome: str


class OrderShown(Shown):
    """An order. How far it is, how its money stands and what stops it are three separate things."""

    id: int
    number: str
    channel_id: int
    source_id: str
    state: OrderState
    payment: Payment
    priority: int
    currency: str
    total: str
    service: str
    carrier: str
    risk: str
    note: str
    gift_note: str
    placed_at: datetime
    promised_on: date | None
    ship_by: datetime | None
    cancel_requested_at: datetime | None
    merged_into_id: int | None
    created_at: datetime
    version: int
    ship_to: AddressShown
    lines: list[LineShown]
    holds: list[HoldShown]


def order_shown(session: Session, order: Order) -> OrderShown:
    """Return one order as machines see it."""
    return orders_shown(session, [order])[0]


def orders_shown(session: Session, orders: Sequence[Order]) -> list[OrderShown]:
    """Return orders as machines see them, with a fixed number of questions."""
    numbers = [order.id for order in orders]
    lines = queries.lines(session, numbers)
    holds = queries.holds(session, numbers)
    contacts = queries.contacts(session, numbers)
    return [_order(order, lines[order.id], holds[order.id], contacts[order.id]) for order in orders]


def _order(
    order: Order,
    lines: Sequence[tuple[OrderLine, Item]],
    holds: Sequence[OrderHold],
    contact: OrderContact,
) -> OrderShown:
    return OrderShown(
        id=order.id,
        number=order.number,
        channel_id=order.channel_id,
        source_id=order.source_id,
        state=OrderState(order.state),
        payment=Payment(order.payment),
        priority=order.priority,
        currency=order.currency,
        total=money.written(order.total_minor, order.currency),
        service=order.service,
        carrier=order.carrier,
        risk=order.risk,
        note=order.note,
        gift_note=order.gift_note,
        placed_at=order.placed_at,
        promised_on=order.promised_on,
        ship_by=order.ship_by,
        cancel_requested_at=order.cancel_requested_at,
        merged_into_id=order.merged_into_id,
        created_at=order.created_at,
        version=order.version,
        ship_to=AddressShown.model_validate(contact),
        lines=[_line(line, item, order.currency) for line, item in lines],
        holds=[HoldShown.model_validate(hold) for hold in holds],
    )


def _line(line: OrderLine, item: Item, currency: str) -> LineShown:
    return LineShown(
        line=line.line,
        item_id=item.id,
        sku=item.sku,
        name=item.name,
        quantity=line.quantity,
        cancelled=line.cancelled,
        price=money.written(line.price_minor, currency),
        personalisation=line.personalisation,
    )
