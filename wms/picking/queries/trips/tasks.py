"""The next tasks of a trip, each with all that a screen may show of it."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, literal_column, or_, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.prepared import Prepared
from wms.orders.tables import FulfillmentOrder
from wms.picking.lifecycle import LIVE
from wms.picking.tables import PickTask
from wms.stock.tables import Allocation, StockBalance

AHEAD = 12
"""How many tasks of the walk are looked at: nobody is shown more than the next bin."""

_TASK = (
    PickTask.id,
    PickTask.fo_id,
    FulfillmentOrder.number,
    PickTask.location_id,
    Location.code,
    PickTask.item_id,
    Item.sku,
    Item.name,
    Item.picture,
    Item.tracks_serials,
    PickTask.lot_id,
    Lot.code.label("lot"),
    Serial.code.label("serial"),
    PickTask.state,
    PickTask.asked,
    PickTask.picked,
    PickTask.short,
    PickTask.skips,
)


class WholeTask(NamedTuple):
    """One task with all that a screen may show of it, in the order of `_TASK`."""

    id: int
    fo_id: int
    order: str
    bin_id: int
    bin: str
    item_id: int
    sku: str
    name: str
    picture: str | None
    tracks_serials: bool
    lot_id: int
    lot: str
    serial: str
    state: str
    asked: int
    picked: int
    short: int
    skips: int


def is_live() -> ColumnElement[bool]:
    """Return the condition on tasks that somebody has still to do."""
    return or_(*(PickTask.state == state.value for state in LIVE))


def tasks_ahead(session: Session, run_id: int, also: int | None) -> list[WholeTask]:
    """Return the next tasks of a trip; `also` names one that is among them in any case."""
    ahead = [WholeTask(*row) for row in _AHEAD.all(session, {"run_id": run_id})]
    if also is None or any(task.id == also for task in ahead):
        return ahead
    return [*ahead, *(WholeTask(*row) for row in _ONE_TASK.all(session, {"task_id": also}))]


def _whole_tasks() -> Any:
    return (
        select(*_TASK)
        .join(FulfillmentOrder, FulfillmentOrder.id == PickTask.fo_id)
        .join(Location, Location.id == PickTask.location_id)
        .join(Item, Item.id == PickTask.item_id)
        .join(Lot, Lot.id == PickTask.lot_id)
        .join(Allocation, Allocation.id == PickTask.allocation_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Serial, Serial.id == StockBalance.serial_id)
    )


_AHEAD = Prepared(
    _whole_tasks()
    .where(PickTask.run_id == bindparam("run_id"), is_live())
    .order_by(PickTask.stop, Location.code, PickTask.id)
    .limit(literal_column(str(AHEAD)))
)
_ONE_TASK = Prepared(_whole_tasks().where(PickTask.id == bindparam("task_id")))
