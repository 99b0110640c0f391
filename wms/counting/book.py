"""What the book says of a place at a moment, by thing and condition, whenever it was recorded."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from wms.counting.things import Thing
from wms.stock.moves import StockStatus
from wms.stock.tables import StockBalance, StockMove


def book_at(
    session: Session, location_id: int, moment: datetime
) -> dict[Thing, dict[StockStatus, int]]:
    """Return what the ledger knows by now of what lay in a place at a moment: what lies there, less what came since."""
    book: dict[Thing, dict[StockStatus, int]] = defaultdict(lambda: defaultdict(int))
    for *thing, status, units in session.execute(_lying(location_id)):
        book[Thing(*thing)][StockStatus(status)] += units
    for *thing, status, units in session.execute(_since(location_id, moment)):
        book[Thing(*thing)][StockStatus(status)] -= int(units)
    return {
        thing: {status: units for status, units in by_status.items() if units}
        for thing, by_status in book.items()
        if any(by_status.values())
    }


def _lying(location_id: int) -> Select[*tuple[Any, ...]]:
    return select(
        StockBalance.item_id,
        StockBalance.lot_id,
        StockBalance.serial_id,
        StockBalance.status,
        StockBalance.quantity,
    ).where(StockBalance.location_id == location_id, StockBalance.quantity > 0)


def _since(location_id: int, moment: datetime) -> Select[*tuple[Any, ...]]:
    ends = (
        (StockMove.target_id, StockMove.status_to, StockMove.quantity),
        (StockMove.source_id, StockMove.status_from, -StockMove.quantity),
    )
    thing = (StockMove.item_id, StockMove.lot_id, StockMove.serial_id)
    moved = union_all(
        *(
            select(*thing, status.label("status"), units.label("units")).where(
                place == location_id, StockMove.occurred_at > moment
            )
            for place, status, units in ends
        )
    ).subquery()
    key = (moved.c.item_id, moved.c.lot_id, moved.c.serial_id, moved.c.status)
    return select(*key, func.sum(moved.c.units)).group_by(*key)
