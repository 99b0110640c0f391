"""What can be promised of some items at this moment, locked so that nobody else promises it meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from wms.bins.tables import Location, Warehouse
from wms.catalog.tables import Item, Lot
from wms.stock.moves import ItemKey, StockStatus
from wms.stock.tables import ItemAvailability, StockBalance

# These rows are the only lock that promises need: every writer of an item's balances and promises takes the item's row
# first, in this order (see posting).
_ITEMS = (
    select(
        ItemAvailability.owner_id,
        ItemAvailability.warehouse_id,
        ItemAvailability.item_id,
        ItemAvailability.sellable - ItemAvailability.soft - ItemAvailability.hard,
    )
    .where(
        ItemAvailability.owner_id.in_(bindparam("owners", expanding=True)),
        ItemAvailability.warehouse_id.in_(bindparam("warehouses", expanding=True)),
        ItemAvailability.item_id.in_(bindparam("items", expanding=True)),
    )
    .order_by(ItemAvailability.owner_id, ItemAvailability.warehouse_id, ItemAvailability.item_id)
    .with_for_update()
)

_OWNERS = select(Item.id, Item.owner_id).where(Item.id.in_(bindparam("ids", expanding=True)))

_ZONES = select(Warehouse.id, Warehouse.time_zone).where(
    Warehouse.id.in_(bindparam("ids", expanding=True))
)

_BINS = (
    select(
        StockBalance.warehouse_id,
        StockBalance.item_id,
        StockBalance.id,
        Location.code,
        StockBalance.quantity - StockBalance.reserved,
        Lot.expires_on,
        Location.is_pick_face,
    )
    .join(Location, Location.id == StockBalance.location_id)
    .join(Lot, Lot.id == StockBalance.lot_id)
    .where(
        StockBalance.item_id.in_(bindparam("items", expanding=True)),
        StockBalance.warehouse_id.in_(bindparam("warehouses", expanding=True)),
        StockBalance.status == StockStatus.AVAILABLE.value,
        StockBalance.quantity > StockBalance.reserved,
        Location.holds_sellable,
    )
    .order_by(StockBalance.id)
)

_KEEP_ITEMS = text("""
    UPDATE item_availability SET soft = soft + :soft, hard = hard + :hard
    WHERE owner_id = :owner_id AND warehouse_id = :warehouse_id AND item_id = :item_id
    AND soft + :soft >= 0 AND hard + :hard >= 0 AND soft + :soft + hard + :hard <= sellable
""")

_KEEP_UNITS = text("""
    UPDATE stock_balance SET reserved = reserved + :units
    WHERE id = :id AND reserved + :units >= 0 AND reserved + :units <= quantity
""")


@dataclass(slots=True)
class Stock:
    """What one item has free in one warehouse, what is being promised of it, and the bins it lies in."""

    key: ItemKey
    free: int
    bins: dict[int, list[Any]] = field(default_factory=dict)
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
            bin_[2] -= units


Shelf = dict[tuple[int, int], Stock]
"""By warehouse and item."""


def lock(session: Session, warehouses: Iterable[int], items: Iterable[int]) -> Shelf:
    """Lock these items in these warehouses and return what is free of them; never stocked ones are missing."""
    ids = sorted(set(items))
    session.flush()
    owners = {owner for _, owner in session.execute(_OWNERS, {"ids": ids})}
    wanted = {"owners": sorted(owners), "warehouses": sorted(set(warehouses)), "items": ids}
    return {
        (row[1], row[2]): Stock(ItemKey(row[0], row[1], row[2]), row[3])
        for row in session.execute(_ITEMS, wanted)
    }


def lay_out_bins(session: Session, shelf: Shelf) -> None:
    """Add the bins in which the locked items lie free."""
    items = sorted({item for _, item in shelf})
    warehouses = sorted({warehouse for warehouse, _ in shelf})
    if not items:
        return
    rows = session.execute(_BINS, {"items": items, "warehouses": warehouses})
    for warehouse_id, item_id, balance_id, code, free, expires_on, is_pick_face in rows:
        day = expires_on.isoformat() if expires_on else None
        if stock := shelf.get((warehouse_id, item_id)):
            stock.bins[balance_id] = [balance_id, code, free, day, int(is_pick_face)]


def today(session: Session, warehouses: Iterable[int], at: datetime) -> dict[int, str]:
    """Return, by warehouse, the day that its own clock shows: an expiry date is a day, not a moment."""
    zones = session.execute(_ZONES, {"ids": sorted(set(warehouses))})
    return {id_: at.astimezone(ZoneInfo(zone)).date().isoformat() for id_, zone in zones}


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


def _all(session: Session, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        changed: Any = session.connection().execute(statement, rows)
        assert changed.rowcount == len(rows), "what is locked cannot change under us"
