"""Lots that went out of date: their units may not be promised any more."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.catalog.tables import Lot
from wms.stock.actions.correcting import change_status
from wms.stock.moves import Pile, Promises, Reason, StockStatus
from wms.stock.tables import StockBalance

AT_ONCE = 200
"""Most piles that one run of the schedule sets aside."""


def retire_expired(session: Session, *, by: int, at: datetime) -> int:
    """Set aside units whose last good day is over by their warehouse's clock, and break what was promised of them."""
    piles = [
        (Pile(location_id, item_id, lot_id, serial_id), quantity)
        for warehouse_id, zone in session.execute(
            select(Warehouse.id, Warehouse.time_zone).order_by(Warehouse.id)
        )
        for location_id, item_id, lot_id, serial_id, quantity in session.execute(
            select(
                StockBalance.location_id,
                StockBalance.item_id,
                StockBalance.lot_id,
                StockBalance.serial_id,
                StockBalance.quantity,
            )
            .join(Lot, Lot.id == StockBalance.lot_id)
            .where(
                StockBalance.warehouse_id == warehouse_id,
                StockBalance.status == StockStatus.AVAILABLE.value,
                StockBalance.quantity > 0,
                Lot.expires_on < at.astimezone(ZoneInfo(zone)).date(),
            )
            .order_by(StockBalance.item_id, StockBalance.id)
            .limit(AT_ONCE)
        )
    ]
    for pile, quantity in piles:
        change_status(
            session,
            pile=pile,
            quantity=quantity,
            status=StockStatus.EXPIRED,
            reason=Reason.EXPIRY,
            promises=Promises.BREAK,
            by=by,
            at=at,
        )
    return len(piles)
