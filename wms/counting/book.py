"""What the book says of a place at a moment, by thing and condition, whenever it was recorded."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from wms.counting.things import Thing
from wms.stock.moves import StockStatus
from wms.stock.tables import StockBalance, StockMove


def book_at(
    session: Session, location_id: int, moment: datetime
) -> dict[Thing, dict[StockStatus, int]]:
    """Return what the ledger knows by now of what lay in a place at a moment: what lies there, less what came since.

    It is one question, so that no move can come between its halves.
    """
    lying = select(
        StockBalance.item_id,
        StockBalance.lot_id,
        StockBalance.serial_id,
        StockBalance.status.label("status"),
        StockBalance.quantity.label("units"),
    ).where(StockBalance.location_id == location_id, StockBalance.quantity > 0)
    ends = (
        (StockMove.target_id, StockMove.status_to, -StockMove.quantity),
        (StockMove.source_id, StockMove.status_from, StockMove.quantity),
    )
    thing = (StockMove.item_id, StockMove.lot_id, StockMove.serial_id)
    since = (
        select(*thing, status.label("status"), units.label("units")).where(
            place == location_id, StockMove.occurred_at > moment
        )
        for place, status, units in ends
    )
    folded = union_all(lying, *since).subquery()
    key = (folded.c.item_id, folded.c.lot_id, folded.c.serial_id, folded.c.status)
    units = func.sum(folded.c.units)
    book: dict[Thing, dict[StockStatus, int]] = defaultdict(dict)
    for *what, status, quantity in session.execute(
        select(*key, units).group_by(*key).having(units != 0)
    ):
        book[Thing(*what)][StockStatus(status)] = int(quantity)
    return dict(book)
