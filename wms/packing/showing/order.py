"""The order in hand: its notes, and by when it leaves as the clock on the wall of its warehouse says it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.prepared import Prepared
from wms.orders.gate import StopKind
from wms.orders.tables import FulfillmentOrder
from wms.packing.dialogue import InHand
from wms.packing.lifecycle import LIVE
from wms.packing.queries import Benched
from wms.packing.waiting import Standing

_ZONE = Prepared(
    select(Warehouse.time_zone)
    .join(FulfillmentOrder, FulfillmentOrder.warehouse_id == Warehouse.id)
    .where(FulfillmentOrder.id == bindparam("fo_id"))
)


def in_hand(
    session: Session, order: Benched, stands: Mapping[int, Standing], now: datetime
) -> InHand:
    """Return the order as the bench shows it."""
    leaves = order.ship_by
    done = [one for one in order.packages if one.state not in LIVE]
    return InHand(
        fo_id=order.fo_id,
        number=order.order,
        note=order.note,
        gift_note=order.gift_note,
        carrier=order.carrier,
        service=order.service,
        leaves=_on_the_wall(session, order.fo_id, leaves) if leaves else "",
        minutes=int((leaves - now).total_seconds() // 60) if leaves else None,
        is_cancelled=stands[order.fo_id].stop is StopKind.CANCELLED,
        boxes=len(done),
    )


def _on_the_wall(session: Session, fo_id: int, moment: datetime) -> str:
    [(zone,)] = _ZONE.all(session, {"fo_id": fo_id})
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")
