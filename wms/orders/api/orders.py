"""Orders, for machines: the list, one, and one that comes in."""

from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, etag, perform, reply
from wms.kernel.fields import CodeText, Line, Listing, Number
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    OrderPath,
    Shown,
    api,
    item_number,
    of_one_order,
    told,
)
from wms.orders.api.bodies import NewOrder, draft_of
from wms.orders.api.shown import OrderShown, order_shown, orders_shown
from wms.orders.holds import HoldKind
from wms.orders.lifecycle import OrderState, Payment
from wms.orders.tables import Order
from wms.people.policy import allow

Said = Annotated[Line, Field(max_length=120)]


class Orders(Listing):
    """Which orders to list."""

    q: Said = Field(
        default="",
        description="Beginning of the number, part of a name, an email address, or a SKU.",
    )
    number: Said = Field(default="", description="Exactly this number.")
    channel_id: Number | None = None
    source_id: Said = Field(default="", description="What the channel calls it.")
    item: CodeText | None = Field(default=None, description="SKU or barcode of what was bought.")
    state: OrderState | None = None
    payment: Payment | None = None
    held: HoldKind | None = Field(default=None, description="Stopped for this reason.")
    is_held: bool | None = Field(default=None, description="Stopped by anything at all.")


class OrderPage(Shown):
    """Some orders."""

    data: list[OrderShown]
    next_cursor: str | None


@api.get("/orders", summary="List orders", responses={200: OrderPage})
@allow(*READERS, scope=READ)
def orders(query: Orders) -> Response:
    """The newest first."""
    with services().database.read() as session:
        asked = queries.OrdersAsked(
            q=query.q.strip(),
            number=query.number,
            state=query.state,
            payment=query.payment,
            channel_id=query.channel_id,
            source_id=query.source_id,
            item_id=item_number(session, query.item, "item") if query.item else None,
            held=query.held,
            is_held=query.is_held,
        )
        found = page(
            session,
            queries.orders_asked(asked),
            by=[Order.id],
            limit=query.limit,
            cursor=query.cursor,
            newest_first=True,
        )
        shown = OrderPage(data=orders_shown(session, found.rows), next_cursor=found.next_cursor)
    return reply(told(shown))


@api.post("/orders", summary="Bring an order in", responses={201: OrderShown, 200: OrderShown})
@allow(*WRITERS, scope=WRITE)
def bring_in(body: NewOrder) -> Response:
    """An order that is known already is answered as it stands, with 200."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        with of_one_order():
            [number] = actions.bring_in(session, [draft_of(session, body)], by=by, at=at)
        if number is not None:
            order = queries.order(session, number)
            return created(
                told(order_shown(session, order)), f"/api/v1/orders/{order.id}", order.version
            )
        order = queries.order_of(session, channel_id=body.channel_id, source_id=body.source_id)
        headers = {"Location": f"/api/v1/orders/{order.id}", "ETag": etag(order.version)}
        return Reply(told(order_shown(session, order)), 200, headers)

    return perform("orders.bring_in", do)


@api.get("/orders/<int:order_id>", summary="One order", responses={200: OrderShown})
@allow(*READERS, scope=READ)
def one_order(path: OrderPath) -> Response:
    """With its lines, who gets it, and what stops it or did."""
    with services().database.read() as session:
        order = queries.order(session, path.order_id)
        return reply(told(order_shown(session, order)), order.version)
