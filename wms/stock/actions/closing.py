"""Ending the use of a place: only an empty one, and stock is who knows."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.actions import archive_location
from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.refusal import Refusal
from wms.stock.tables import StockBalance


class PlaceNotEmpty(Refusal):
    """The place still holds something."""

    sentence = "stock.place_not_empty"


def close_place(
    session: Session, *, location_id: int, version: int | None = None, by: int, at: datetime
) -> Location:
    """Stop using an empty place. Raises PlaceNotEmpty, and what archiving a place raises."""
    # Archiving locks the place, and moves hold it while they are on their way: what is read now stays true.
    place = archive_location(session, location_id=location_id, version=version, by=by, at=at)
    left = session.execute(
        select(Item.sku, StockBalance.quantity)
        .join(Item, Item.id == StockBalance.item_id)
        .where(StockBalance.location_id == location_id, StockBalance.quantity > 0)
        .order_by(StockBalance.id)
        .limit(1)
    ).first()
    if left:
        raise PlaceNotEmpty(place=place.code, sku=left.sku, quantity=left.quantity)
    return place
