"""What was picked into which tote, unit for unit, and what of an order lies in totes by the ledger."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.kernel.prepared import Prepared
from wms.orders.tables import FulfillmentOrder
from wms.picking.tables import PickAct, PickTask, ToteBinding
from wms.stock.tables import StockMove

TAKE = "take"

Thing = tuple[int, int, int]
"""Item, lot, serial."""


@dataclass(frozen=True)
class InTote:
    """Units of one thing in a tote, and the line they are for."""

    fo_id: int
    fo_line_id: int
    item_id: int
    lot_id: int
    serial_id: int
    quantity: int


_SERIAL = PickAct.before["serial"].as_integer()
_PICKED = Prepared(
    select(
        PickTask.fo_id,
        PickTask.fo_line_id,
        PickTask.item_id,
        PickTask.lot_id,
        _SERIAL,
        PickAct.before["quantity"].as_integer(),
    )
    .join_from(ToteBinding, PickAct, PickAct.run_id == ToteBinding.run_id)
    .join(PickTask, PickTask.id == PickAct.task_id)
    .join(FulfillmentOrder, FulfillmentOrder.id == PickTask.fo_id)
    .where(
        ToteBinding.tote_id == bindparam("tote_id"),
        ToteBinding.ended_at.is_(None),
        PickAct.verb == TAKE,
        PickAct.undone_at.is_(None),
        PickAct.acted_at >= ToteBinding.bound_at,
        PickAct.before["tote"].as_integer() == ToteBinding.tote_id,
    )
    .order_by(
        FulfillmentOrder.ship_by.is_(None),
        FulfillmentOrder.ship_by,
        PickTask.fo_id,
        PickTask.fo_line_id,
        PickTask.lot_id,
        _SERIAL,
    )
)
"""What was taken into a tote since it was bound, and not taken back."""


def live_binding(session: Session, tote_id: int) -> ToteBinding | None:
    """Return for which trip, and which order, a tote is in use; None where it is free."""
    query = select(ToteBinding).where(
        ToteBinding.tote_id == tote_id, ToteBinding.ended_at.is_(None)
    )
    return session.scalar(query.execution_options(populate_existing=True))


def picked_into(session: Session, tote_id: int) -> list[InTote]:
    """Return what was picked into a bound tote, packed or not, by whose turn it is: the earliest promise first.

    Packing knows what is left of it.
    """
    session.flush()  # the statement runs straight on the driver
    units: Counter[tuple[int, int, int, int, int]] = Counter()
    for *thing, quantity in _PICKED.all(session, {"tote_id": tote_id}):
        units[tuple(thing)] += quantity
    return [InTote(*key, quantity) for key, quantity in units.items()]


def in_totes_of(session: Session, reference: str) -> Mapping[int, Mapping[Thing, int]]:
    """Return, by tote, what lies there of what moved under this reference: an order's number says all of its moves."""
    rows = session.execute(
        select(
            StockMove.source_id,
            StockMove.target_id,
            StockMove.item_id,
            StockMove.lot_id,
            StockMove.serial_id,
            StockMove.quantity,
        ).where(StockMove.reference == reference, StockMove.reference != "")
    ).all()
    totes = _totes_among(session, {place for row in rows for place in row[:2]})
    lies: dict[int, Counter[Thing]] = {tote_id: Counter() for tote_id in totes}
    for source_id, target_id, item_id, lot_id, serial_id, quantity in rows:
        if source_id in lies:
            lies[source_id][item_id, lot_id, serial_id] -= quantity
        if target_id in lies:
            lies[target_id][item_id, lot_id, serial_id] += quantity
    return {tote_id: +held for tote_id, held in lies.items() if +held}


def _totes_among(session: Session, places: set[int]) -> list[int]:
    if not places:
        return []
    query = select(Location.id).where(Location.id.in_(places), Location.kind == Kind.TOTE.value)
    return list(session.scalars(query.order_by(Location.id)))
