"""What the house has, for machines: by item what can be promised, by place what lies there, and all of it as a file."""

from datetime import date

from flask import Response, send_file
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import reply
from wms.kernel.fields import Body, CodeText, Listing, Number
from wms.kernel.services import services
from wms.people.policy import allow
from wms.stock import exports, queries
from wms.stock.api import naming
from wms.stock.api.blueprint import READ, READERS, Shown, Words, api, told
from wms.stock.moves import StockStatus


class Items(Listing):
    """Which items to list, by SKU."""

    warehouse_id: Number | None = None
    item_id: Number | None = Field(default=None, description="This one, even where none is left.")
    item: CodeText | None = Field(default=None, description="The same by SKU or barcode.")
    q: Words = Field(default="", description="Part of a SKU or name.")


class Piles(Body):
    """Which balances; items and places by number or by any code on them."""

    warehouse_id: Number | None = None
    location_id: Number | None = None
    location: CodeText | None = Field(default=None, description="The place by its code.")
    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="The item by SKU or barcode.")
    lot_id: Number | None = None
    status: StockStatus | None = None


class Balances(Piles, Listing):
    """Which balances to list."""


class ItemShown(Shown):
    """An item with everything that lies of it, and what of it can be promised."""

    item_id: int
    sku: str
    name: str
    on_hand: int
    sellable: int
    soft: int
    hard: int
    available_to_promise: int


class ItemPage(Shown):
    """Some items."""

    data: list[ItemShown]
    next_cursor: str | None


class BalanceShown(Shown):
    """So many units of one thing, in one condition, in one place, and how many of them are promised."""

    id: int
    owner_id: int
    warehouse_id: int
    warehouse: str
    location_id: int
    location: str
    item_id: int
    sku: str
    lot_id: int
    lot: str
    expires_on: date | None
    serial_id: int
    serial: str
    status: StockStatus
    quantity: int
    reserved: int
    free: int


class BalancePage(Shown):
    """Some balances."""

    data: list[BalanceShown]
    next_cursor: str | None


@api.get("/inventory", summary="What can be promised, by item", responses={200: ItemPage})
@allow(*READERS, scope=READ)
def inventory(query: Items) -> Response:
    """Items that lie somewhere, by SKU. One answer is one snapshot: its numbers belong together."""
    with services().database.read() as session:
        found = queries.stocked(
            session,
            warehouse_id=query.warehouse_id,
            item_id=naming.item_asked(session, query.item_id, query.item),
            words=query.q,
            limit=query.limit,
            cursor=query.cursor,
        )
    rows = [_item(one) for one in found.rows]
    return reply(told(ItemPage(data=rows, next_cursor=found.next_cursor)))


@api.get("/inventory/balances", summary="What lies where", responses={200: BalancePage})
@allow(*READERS, scope=READ)
def balances(query: Balances) -> Response:
    """Balances that hold something, in the order in which they came to be."""
    with services().database.read() as session:
        asked = _asked(session, query)
        found = queries.balances(session, asked, limit=query.limit, cursor=query.cursor)
    return reply(told(BalancePage(data=found.rows, next_cursor=found.next_cursor)))


@api.get(
    "/inventory.csv",
    summary="What lies where, as a file",
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
@allow(*READERS, scope=READ)
def inventory_csv(query: Piles) -> Response:
    """Every balance asked for, from one snapshot, as CSV in UTF-8."""
    with services().database.read() as session:
        file = exports.inventory(session, _asked(session, query))
    return send_file(file, mimetype="text/csv", as_attachment=True, download_name="inventory.csv")


def _asked(session: Session, query: Piles) -> queries.Asked:
    return queries.Asked(
        warehouse_id=query.warehouse_id,
        location_id=naming.place_asked(session, query.location_id, query.location),
        item_id=naming.item_asked(session, query.item_id, query.item),
        lot_id=query.lot_id,
        status=query.status,
    )


def _item(one: queries.Stocked) -> ItemShown:
    free = one.availability
    return ItemShown(
        item_id=one.item_id,
        sku=one.sku,
        name=one.name,
        on_hand=one.on_hand,
        sellable=free.sellable,
        soft=free.soft,
        hard=free.hard,
        available_to_promise=free.available_to_promise,
    )
