"""What the warehouse works on, for machines: fulfillment orders with their lines, promises and decisions."""

from datetime import datetime
from typing import Annotated, Any

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, perform, reply, versioned
from wms.kernel.fields import Body, Line, Listing, Number
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.api.blueprint import READ, READERS, WRITE, WRITERS, Shown, api, told
from wms.orders.lifecycle import FoState
from wms.people.policy import allow


class FoPath(Body):
    """Which fulfillment order."""

    fo_id: Number


class Fos(Listing):
    """Which fulfillment orders to list."""

    order_id: Number | None = None
    warehouse_id: Number | None = None
    state: FoState | None = None
    number: Annotated[Line, Field(max_length=80)] = ""


class FoShown(Shown):
    """The part of an order that one warehouse works on."""

    id: int
    order_id: int
    order: str
    warehouse_id: int
    part: int
    number: str
    state: FoState
    priority: int
    carrier: str
    ship_by: datetime | None
    split_from_id: int | None
    created_at: datetime


class FoLineShown(Shown):
    """How far one line is. A kit is one line of its order, and a line for each of its parts here."""

    id: int
    order_line_id: int
    item_id: int
    sku: str
    name: str
    ordered: int
    allocated: int
    picked: int
    short: int
    packed: int
    shipped: int
    missing: int = Field(description="Picked, and not found when it was to be packed.")


class PromiseShown(Shown):
    """Units that are promised to a line and not taken yet."""

    allocation_id: int
    fo_line_id: int
    item_id: int
    sku: str
    location_id: int
    location: str
    lot_id: int
    serial_id: int
    quantity: int


class DecisionShown(Shown):
    """A choice of the house: what was weighed, what was chosen, and what was passed over and why."""

    id: int
    rule: str
    version: int
    inputs: dict[str, Any]
    choice: dict[str, Any]
    decided_at: datetime


class FoWhole(FoShown):
    """A fulfillment order with all that belongs to it."""

    lines: list[FoLineShown]
    promises: list[PromiseShown]
    decisions: list[DecisionShown]


class FoPage(Shown):
    """Some fulfillment orders."""

    data: list[FoShown]
    next_cursor: str | None


@api.get("/fulfillment_orders", summary="List fulfillment orders", responses={200: FoPage})
@allow(*READERS, scope=READ)
def fos(query: Fos) -> Response:
    """The newest first."""
    asked = queries.FosAsked(
        order_id=query.order_id,
        warehouse_id=query.warehouse_id,
        state=query.state,
        number=query.number or None,
    )
    with services().database.read() as session:
        found = queries.fos(session, asked, limit=query.limit, cursor=query.cursor)
        rows = [FoShown.model_validate(row) for row in found.rows]
    return reply(told(FoPage(data=rows, next_cursor=found.next_cursor)))


@api.get(
    "/fulfillment_orders/<int:fo_id>",
    summary="One fulfillment order",
    responses={200: FoWhole},
)
@allow(*READERS, scope=READ)
def fo(path: FoPath) -> Response:
    """With its lines, what is promised to it, and every choice that was made for it."""
    with services().database.read() as session:
        found = queries.fo(session, path.fo_id)
        return reply(told(_whole(session, found)), found.version)


@api.post(
    "/fulfillment_orders/<int:fo_id>/ship_partial",
    summary="Ship what is picked",
    responses={200: FoWhole},
)
@allow(*WRITERS, scope=WRITE)
def ship_partial(path: FoPath) -> Response:
    """Where it waits for its last units: what is picked goes on, the rest becomes a part of its own."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.ship_partial(session, path.fo_id, by=by, at=at)
        found = queries.fo(session, path.fo_id)
        return versioned(told(_whole(session, found)), found.version)

    return perform("orders.ship_partial", do)


def _whole(session: Session, found: queries.Fo) -> FoWhole:
    return FoWhole(
        **vars(found),
        lines=[FoLineShown.model_validate(one) for one in queries.lines_of(session, [found.id])],
        promises=[
            PromiseShown.model_validate(one) for one in queries.promises_of(session, [found.id])
        ],
        decisions=[
            DecisionShown.model_validate(one) for one in queries.decisions_of(session, found.id)
        ],
    )
