"""What can be promised."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.paging import Page, page
from wms.stock.tables import ItemAvailability, StockBalance


@dataclass(frozen=True)
class Availability:
    """What can be promised of an item in one warehouse, or in all of them together."""

    sellable: int = 0
    soft: int = 0
    hard: int = 0

    @property
    def available_to_promise(self) -> int:
        """Units that nobody was promised. Never stored: it follows from the other three."""
        return self.sellable - self.soft - self.hard


@dataclass(frozen=True)
class Stocked:
    """An item with what the house has of it: everything in its places, and what of it can be promised."""

    item_id: int
    sku: str
    name: str
    on_hand: int
    availability: Availability


def availability(
    session: Session, item_ids: Collection[int], warehouse_id: int | None = None
) -> Mapping[int, Availability]:
    """Return by item what can be promised, in one warehouse or in all; items never stocked have nothing."""
    query = (
        select(
            ItemAvailability.item_id,
            func.sum(ItemAvailability.sellable),
            func.sum(ItemAvailability.soft),
            func.sum(ItemAvailability.hard),
        )
        .where(ItemAvailability.item_id.in_(item_ids))
        .group_by(ItemAvailability.item_id)
    )
    if warehouse_id is not None:
        query = query.where(ItemAvailability.warehouse_id == warehouse_id)
    known = {row[0]: Availability(*map(int, row[1:])) for row in session.execute(query)}
    return {item_id: known.get(item_id, Availability()) for item_id in item_ids}


def stocked(
    session: Session,
    *,
    warehouse_id: int | None = None,
    item_id: int | None = None,
    words: str = "",
    limit: int,
    cursor: str | None = None,
) -> Page[Stocked]:
    """Return items that lie somewhere, by SKU; `words` are part of a SKU or name. An `item_id` is told always."""
    lies = select(StockBalance.item_id).where(
        StockBalance.item_id == Item.id, StockBalance.quantity > 0
    )
    if warehouse_id is not None:
        lies = lies.where(StockBalance.warehouse_id == warehouse_id)
    query = select(Item).where(lies.exists() if item_id is None else Item.id == item_id)
    if words:
        part = f"%{_literally(words.casefold())}%"
        query = query.where(
            or_(
                func.lower(Item.sku).like(part, escape="\\"),
                func.lower(Item.name).like(part, escape="\\"),
            )
        )
    found = page(session, query, by=[Item.sku, Item.id], limit=limit, cursor=cursor)
    ids = [item.id for item in found.rows]
    hand, free = _on_hand(session, ids, warehouse_id), availability(session, ids, warehouse_id)
    rows = [
        Stocked(item.id, item.sku, item.name, hand.get(item.id, 0), free[item.id])
        for item in found.rows
    ]
    return Page(rows, found.next_cursor)


def _on_hand(
    session: Session, item_ids: Collection[int], warehouse_id: int | None
) -> dict[int, int]:
    query = (
        select(StockBalance.item_id, func.sum(StockBalance.quantity))
        .where(StockBalance.item_id.in_(item_ids))
        .group_by(StockBalance.item_id)
    )
    if warehouse_id is not None:
        query = query.where(StockBalance.warehouse_id == warehouse_id)
    rows: Any = session.execute(query)
    return {item_id: int(quantity) for item_id, quantity in rows}


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
