"""A hold is lifted: what the order still wants is picked on a trip of its own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.bins.tables import Location
from wms.orders import actions as orders
from wms.orders.gate import FoState
from wms.orders.tables import FoLine, LineAllocation
from wms.picking.actions.dropping import resolve
from wms.picking.actions.making import NewRun, make_run
from wms.picking.actions.rows import live_tasks
from wms.picking.actions.unbinding import state_of
from wms.picking.queries import totes_of_fo
from wms.picking.tables import PickRun, PickTask
from wms.stock.tables import Allocation, StockBalance
from wms.waves import queries as waves
from wms.waves.plan import PlannedStop


def go_on(session: Session, fo_id: int, *, by: int, at: datetime) -> int | None:
    """Make a trip for what is left of a fulfillment order that nothing stops any more; returns it.

    Its totes are no problem any more. Where nothing is left to pick, it is picked. Done twice, done once.
    """
    gate = orders.gate(session, fo_id)
    last = _last_run(session, fo_id)
    if gate.stop or last is None or gate.state not in {FoState.RELEASED, FoState.PICKING}:
        return None
    for binding in totes_of_fo(session, fo_id):
        if state_of(session, binding.tote_id) is LpnState.PROBLEM:
            bins.use_lpn(session, lpn_id=binding.tote_id, verb=LpnVerb.FIXED, by=by, at=at)
    stops = _left(session, fo_id)
    if stops:
        wave = waves.wave(session, last.wave_id)
        return make_run(session, wave, NewRun(last.kind, stops), by=by, at=at).id
    if last.ended_at is not None:
        resolve(session, fo_id, by=by, at=at)
    return None


def _last_run(session: Session, fo_id: int) -> PickRun | None:
    query = (
        select(PickRun)
        .join(PickTask, PickTask.run_id == PickRun.id)
        .where(PickTask.fo_id == fo_id)
        .order_by(PickRun.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def _left(session: Session, fo_id: int) -> Sequence[PlannedStop]:
    """Return what is promised to the order and on no trip, by the bins' codes."""
    on_trips = {task.allocation_id for task in live_tasks(session, fo_id=fo_id)}
    rows = session.execute(
        select(
            StockBalance.location_id,
            StockBalance.item_id,
            StockBalance.lot_id,
            FoLine.fo_id,
            FoLine.id,
            Allocation.id,
            Allocation.quantity - Allocation.consumed,
        )
        .join(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .join(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(FoLine.fo_id == fo_id, Allocation.state == "hard")
        .order_by(Location.code, Allocation.id)
    )
    return [PlannedStop(*row) for row in rows if row[5] not in on_trips]
