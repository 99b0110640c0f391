"""Making an item a kit: only one of which nothing lies anywhere, and stock is who knows."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog import actions as catalog
from wms.catalog.tables import Item
from wms.kernel.refusal import Refusal
from wms.stock.tables import StockBalance


class KitLies(Refusal):
    """Units of the item lie somewhere: a kit is never stocked itself."""

    sentence = "stock.kit_lies"


def set_parts(
    session: Session,
    *,
    item_id: int,
    parts: Mapping[int, int],
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Item:
    """Say what one unit of an item is made of, by part. Raises KitLies, and what the catalog raises."""
    kit = catalog.set_parts(session, item_id=item_id, parts=parts, expected=expected, by=by, at=at)
    lies = session.execute(
        select(Location.code, StockBalance.quantity)
        .join(Location, Location.id == StockBalance.location_id)
        .where(StockBalance.item_id == item_id, StockBalance.quantity > 0)
        .order_by(StockBalance.id)
        .limit(1)
    ).first()
    if parts and lies:
        raise KitLies(sku=kit.sku, place=lies.code, quantity=lies.quantity)
    return kit
