"""Orders that wait for a wave: a floor of two aisles, stock in its bins, and fulfillment orders promised from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.kit import NOON, TESTER, a_bin, a_place, a_warehouse, an_item, done, shelve
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.rules.walking import grid_edges
from wms.bins.tables import PathEdge
from wms.catalog.tables import Item
from wms.kernel.database import Database
from wms.orders.tables import (
    Channel,
    FoLine,
    FulfillmentOrder,
    LineAllocation,
    Order,
    OrderHold,
    OrderLine,
)
from wms.people.tables import User
from wms.stock import actions as stock
from wms.stock.promises import Line, Request

EVENING = NOON + timedelta(hours=10)
"""When the truck leaves."""


def a_floor(database: Database) -> int:
    """A warehouse with somebody in it, four bins of one item each in two aisles, a bench, and a cart of four slots."""
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    here = a_warehouse(database)
    a_place(database, here, "BENCH-1", Kind.BENCH, x_mm=0, y_mm=-2_000)
    for aisle in (1, 2):
        for bay in (1, 2):
            where = {
                "block": 1,
                "aisle": aisle,
                "bay": bay,
                "x_mm": aisle * 3_000,
                "y_mm": bay * 4_000,
            }
            place = a_bin(database, here, f"A-0{aisle}-0{bay}-1", is_pick_face=True, **where)
            shelve(database, an_item(database, f"ITEM-{aisle}{bay}"), place, 5_000)
    done(database, lambda session: _cart_and_ways(session, here))
    return here


def an_order(database: Database, *lines: tuple[str, int], **facts: Any) -> int:
    """An order of so many units of these items, promised and ready; returns its fulfillment order."""
    return done(database, lambda session: _order(session, lines, **facts))


def a_hold(database: Database, fo_id: int, blocks: str = "release") -> int:
    """Stop the order of a fulfillment order."""

    def do(session: Session) -> int:
        order_id = session.get_one(FulfillmentOrder, fo_id).order_id
        held = OrderHold(
            order_id=order_id,
            kind="manual",
            blocks=blocks,
            state="active",
            opened_by=TESTER,
            created_at=NOON,
        )
        session.add(held)
        session.flush()
        return held.id

    return done(database, do)


def becomes(database: Database, fo_id: int, state: str) -> None:
    """Take a fulfillment order to a state, as its slice would."""

    def do(session: Session) -> None:
        session.get_one(FulfillmentOrder, fo_id).state = state

    done(database, do)


def _cart_and_ways(session: Session, here: int) -> None:
    """Two aisles of ten metres between two cross aisles."""
    for edge in grid_edges([3_000, 6_000], [0, 10_000], 0, 10_000):
        (x, y), (end_x, end_y) = edge.start, edge.end
        where = {"from_x_mm": x, "from_y_mm": y, "to_x_mm": end_x, "to_y_mm": end_y}
        session.add(PathEdge(warehouse_id=here, length_mm=edge.length_mm, **where))
    bins.create_lpn(
        session, warehouse_id=here, code="CART-1", kind=Kind.CART, slots=4, by=TESTER, at=NOON
    )


def _order(
    session: Session,
    lines: Sequence[tuple[str, int]],
    *,
    state: str = "allocated",
    ship_by: datetime | None = EVENING,
    carrier: str = "UPS",
    priority: int = 0,
    channel: str = "shop",
) -> int:
    seen = (session.scalar(select(Order.id).order_by(Order.id.desc())) or 0) + 1
    order = Order(
        owner_id=1,
        channel_id=_channel(session, channel),
        source_id=f"S-{seen}",
        number=f"10{seen:03d}",
        state="accepted",
        payment="paid",
        carrier=carrier,
        placed_at=NOON,
        ship_by=ship_by,
        created_at=NOON,
    )
    session.add(order)
    session.flush()
    fo = FulfillmentOrder(
        order_id=order.id,
        warehouse_id=1,
        part=1,
        number=f"{order.number}-1",
        state=state,
        priority=priority,
        ship_by=ship_by,
        created_at=NOON,
    )
    session.add(fo)
    session.flush()
    for number, (sku, quantity) in enumerate(lines, 1):
        item_id = session.scalars(select(Item.id).where(Item.sku == sku)).one()
        _line(session, order, fo, number, item_id, quantity)
    return fo.id


def _line(
    session: Session, order: Order, fo: FulfillmentOrder, number: int, item_id: int, quantity: int
) -> None:
    bought = OrderLine(order_id=order.id, line=number, item_id=item_id, quantity=quantity)
    session.add(bought)
    session.flush()
    is_promised = fo.state == "allocated"
    wanted = FoLine(
        fo_id=fo.id,
        order_line_id=bought.id,
        item_id=item_id,
        ordered=quantity,
        allocated=quantity if is_promised else 0,
    )
    session.add(wanted)
    session.flush()
    if is_promised:
        asked = Request(fo.number, fo.warehouse_id, (Line(item_id, quantity),))
        [outcome] = stock.allocate(session, [asked], by=TESTER, at=NOON)
        for promise in outcome.promises:
            session.add(LineAllocation(allocation_id=promise.allocation_id, fo_line_id=wanted.id))


def _channel(session: Session, code: str) -> int:
    known = session.scalar(select(Channel.id).where(Channel.code == code))
    if known is not None:
        return known
    made = Channel(code=code, name=code.title(), kind="shop", created_at=NOON)
    session.add(made)
    session.flush()
    return made.id
