"""Corrections of a shop's stock: what it struck off without a buyer leaves our book too, as far as it is free."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.channels.counts import Tally
from wms.channels.filed import FiledCorrection, FiledLine
from wms.channels.knowing import Knowing
from wms.stock import actions as stock
from wms.stock.moves import Pile, Reason, StockStatus
from wms.stock.tables import ItemAvailability, StockBalance

NOTE = "Struck off by the shop."


def strike(
    session: Session,
    told: FiledCorrection,
    knowing: Knowing,
    tally: Tally,
    *,
    by: int,
    at: datetime,
) -> list[dict[str, Any]]:
    """Take the units off the shelves where most lie, never what is promised; returns what came of each line."""
    outcome = []
    for line in told.lines:
        item = knowing.item(line.sku)
        assert item is not None, "every line was looked at before anything is written"
        struck = _strike(session, told, line, item.id, by=by, at=at)
        tally.units_struck += struck
        tally.units_not_there += line.quantity - struck
        came = {"struck": struck, "not_there": line.quantity - struck}
        outcome.append({"sku": line.sku, "item_id": item.id, **came})
    return outcome


def _strike(
    session: Session, told: FiledCorrection, line: FiledLine, item_id: int, *, by: int, at: datetime
) -> int:
    free = _free(session, item_id)
    struck = 0
    for pile, warehouse_id, units in _piles(session, item_id):
        quantity = min(units, free.get(warehouse_id, 0), line.quantity - struck)
        if quantity <= 0:
            continue
        stock.adjust(
            session,
            pile=pile,
            difference=-quantity,
            reason=Reason.ADJUST,
            note=NOTE,
            reference=told.source_id,
            by=by,
            at=at,
        )
        free[warehouse_id] -= quantity
        struck += quantity
    return struck


def _free(session: Session, item_id: int) -> dict[int, int]:
    """Return, by warehouse, how many units of the item nobody was promised."""
    here = ItemAvailability
    query = select(here.warehouse_id, here.sellable - here.soft - here.hard)
    return dict(session.execute(query.where(here.item_id == item_id)).all())


def _piles(session: Session, item_id: int) -> list[tuple[Pile, int, int]]:
    """Return where the item lies to be sold, with the warehouse and what is free there, the most first.

    What lies in a tote was picked for an order: no promise stands on it any more, and yet it is not free.
    """
    here = StockBalance
    free = here.quantity - here.reserved
    query = (
        select(here.location_id, here.lot_id, here.serial_id, here.warehouse_id, free)
        .join(Location, Location.id == here.location_id)
        .where(
            here.item_id == item_id,
            here.status == StockStatus.AVAILABLE,
            free > 0,
            Location.holds_sellable,
        )
        .order_by(free.desc(), here.id)
    )
    return [
        (Pile(place, item_id, lot, serial), warehouse_id, units)
        for place, lot, serial, warehouse_id, units in session.execute(query)
    ]
