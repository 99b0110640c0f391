"""What can be promised of some items at this moment, locked so that nobody else promises it meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from wms.bins.queries import nearness
from wms.bins.tables import Location, Warehouse
from wms.catalog.tables import Item, Lot
from wms.kernel.prepared import Prepared
from wms.kernel.statements import Lookup
from wms.stock.moves import ItemKey, StockStatus
from wms.stock.rules.bins import FREE, Bin
from wms.stock.tables import ItemAvailability, StockBalance

# These rows are the only lock that promises need: every writer of an item's balances and promises takes the item's row
# first, in this order (see posting).
_ITEMS = Lookup(
    Item.id,
    lambda wanted: (
        select(
            ItemAvailability.item_id,
            ItemAvailability.owner_id,
            ItemAvailability.sellable - ItemAvailability.soft - ItemAvailability.hard,
            Warehouse.time_zone,
        )
        .join(
            Item,
            (Item.owner_id == ItemAvailability.owner_id) & (Item.id == ItemAvailability.item_id),
        )
        .join(Warehouse, Warehouse.id == ItemAvailability.warehouse_id)
        .where(wanted, ItemAvailability.warehouse_id == bindparam("warehouse_id"))
        .order_by(ItemAvailability.item_id)
        .with_for_update(of=ItemAvailability)
    ),
)

_BINS = Lookup(
    StockBalance.item_id,
    lambda wanted: (
        select(
            StockBalance.item_id,
            StockBalance.id,
            Location.code,
            StockBalance.quantity - StockBalance.reserved,
            Lot.expires_on,
            Location.is_pick_face,
            Location.x_mm,
            Location.y_mm,
            Location.aisle,
        )
        .join(Location, Location.id == StockBalance.location_id)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .where(
            wanted,
            StockBalance.warehouse_id == bindparam("warehouse_id"),
            StockBalance.status == StockStatus.AVAILABLE.value,
            StockBalance.quantity > StockBalance.reserved,
            Location.holds_sellable,
        )
        .order_by(StockBalance.id)
    ),
)

_KEEP_ITEMS = Prepared(
    text("""
    UPDATE item_availability SET soft = soft + :soft, hard = hard + :hard
    WHERE owner_id = :owner_id AND warehouse_id = :warehouse_id AND item_id = :item_id
    AND soft + :soft >= 0 AND hard + :hard >= 0 AND soft + :soft + hard + :hard <= sellable
    """)
)

_KEEP_UNITS = Prepared(
    text("""
    UPDATE stock_balance SET reserved = reserved + :units
    WHERE id = :id AND reserved + :units >= 0 AND reserved + :units <= quantity
    """)
)


@dataclass(slots=True)
class Stock:
    """What one item has free in one warehouse, what is being promised of it, and the bins it lies in."""

    key: ItemKey
    free: int
    today: str
    """The day that the warehouse's own clock shows: an expiry date is a day, not a moment."""
    bins: dict[int, Bin] = field(default_factory=dict)
    """By balance, the bin as `rules.bins` weighs it."""
    soft: int = 0
    hard: int = 0
    units: dict[int, int] = field(default_factory=dict)
    """By balance, how many more units of it are promised."""

    def keep_soft(self, units: int) -> None:
        """Promise units of the item (or, below zero, give them back)."""
        self.soft += units
        self.free -= units

    def keep_hard(self, balance_id: int, units: int) -> None:
        """Promise units of one balance (or, below zero, give them back)."""
        self.hard += units
        self.free -= units
        self.units[balance_id] = self.units.get(balance_id, 0) + units
        if bin_ := self.bins.get(balance_id):
            bin_[FREE] -= units


Where = tuple[int, int]
"""A warehouse and an item in it."""

Shelf = dict[Where, Stock]


def lock(session: Session, wanted: Iterable[Where], at: datetime) -> Shelf:
    """Lock these items and return what is free of them; what was never stocked is missing."""
    session.flush()
    shelf: Shelf = {}
    for warehouse_id, items in _by_warehouse(wanted):
        rows = _ITEMS.all(session, items, warehouse_id=warehouse_id)
        today = at.astimezone(ZoneInfo(rows[0][3])).date().isoformat() if rows else ""
        for item_id, owner_id, free, _ in rows:
            key = ItemKey(warehouse_id, item_id, owner_id)
            shelf[warehouse_id, item_id] = Stock(key, free, today)
    return shelf


def lay_out_bins(session: Session, shelf: Shelf) -> None:
    """Add the bins in which the locked items lie free."""
    for warehouse_id, items in _by_warehouse(shelf):
        rows = _BINS.all(session, items, warehouse_id=warehouse_id)
        walk = nearness(session, warehouse_id)
        for item_id, balance_id, code, free, expires_on, is_pick_face, x, y, aisle in rows:
            day = str(expires_on) if expires_on else None
            bin_ = [balance_id, code, free, day, int(is_pick_face), walk.way_mm(x, y, aisle)]
            shelf[warehouse_id, item_id].bins[balance_id] = bin_


def write_down(session: Session, shelf: Shelf) -> None:
    """Write the promises of the shelf into availability and balances. What was locked and read must still fit."""
    stocks = sorted(shelf.values(), key=lambda stock: stock.key)
    items = [
        {**stock.key._asdict(), "soft": stock.soft, "hard": stock.hard}
        for stock in stocks
        if stock.soft or stock.hard
    ]
    units = [
        {"id": id_, "units": n} for stock in stocks for id_, n in sorted(stock.units.items()) if n
    ]
    _all(session, _KEEP_ITEMS, items)
    _all(session, _KEEP_UNITS, units)


def _by_warehouse(places: Iterable[Where]) -> list[tuple[int, set[int]]]:
    items: dict[int, set[int]] = {}
    for warehouse_id, item_id in places:
        items.setdefault(warehouse_id, set()).add(item_id)
    return sorted(items.items())


def _all(session: Session, statement: Prepared, rows: list[dict[str, Any]]) -> None:
    if rows:
        changed = statement.run_many(session, rows)
        assert changed == len(rows), "what is locked cannot change under us"
