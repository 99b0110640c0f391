"""Keeping a promise again whose units came back: what an undone pick had fulfilled, or a missing unit had ended."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.stock.actions.ending import promises
from wms.stock.actions.shelf import Shelf, lock, write_down
from wms.stock.actions.shortfalls import NotEnoughStock, PromiseOver
from wms.stock.events import PromiseKeptAgain
from wms.stock.tables import StockBalance

# The one way back out of an ended promise: whoever takes an act back gets the very promise, so that whatever names it
# stays true.
_KEEP_AGAIN = Prepared(
    text("""
    UPDATE allocation SET state = 'hard', ended_at = NULL,
        consumed = CASE WHEN state = 'released' THEN consumed ELSE consumed - :quantity END
    WHERE id = :id AND hardness = 'hard' AND (
        (state IN ('hard', 'consumed') AND consumed >= :quantity)
        OR (state = 'released' AND quantity - consumed = :quantity))
    """)
)


def promise_here(
    session: Session, *, allocation_id: int, quantity: int, by: int, at: datetime
) -> None:
    """Keep a hard promise again for so many units that lie free in its own place.

    They are units that were taken under it and came back, or all that was left of it when it was released. Raises
    UnknownPromise, PromiseOver where it never was for so many, NotEnoughStock where the units are not free.
    """
    [kept] = promises(session, [allocation_id])
    where = (kept.warehouse_id, kept.item_id)
    shelf = lock(session, [where], at)
    if kept.balance_id is None or not _KEEP_AGAIN.run(
        session, {"id": allocation_id, "quantity": quantity}
    ):
        raise PromiseOver(id=allocation_id, state=kept.state, left=kept.left, quantity=quantity)
    _see_that_free(session, shelf, kept.balance_id, quantity)
    shelf[where].keep_hard(kept.balance_id, quantity)
    write_down(session, shelf)
    fact = PromiseKeptAgain(
        allocation_id, kept.warehouse_id, kept.item_id, quantity, kept.reference
    )
    announce(session, fact, by=by, at=at)


def _see_that_free(session: Session, shelf: Shelf, balance_id: int, quantity: int) -> None:
    row = session.execute(
        select(
            Location.code,
            Item.sku,
            StockBalance.quantity,
            StockBalance.quantity - StockBalance.reserved,
        )
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .where(StockBalance.id == balance_id)
    ).one()
    free = min(row[3], *(stock.free for stock in shelf.values()))
    if free < quantity:
        raise NotEnoughStock(place=row[0], sku=row[1], held=row[2], quantity=quantity, free=free)
