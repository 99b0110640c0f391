"""Letting totes go: an empty one is free again."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.bins.tables import Lpn
from wms.kernel.outbox import announce
from wms.picking.events import ToteUnbound
from wms.picking.tables import ToteBinding
from wms.stock.tables import StockBalance

_WAYS_OUT = {
    LpnState.BOUND: (LpnVerb.UNBIND,),
    LpnState.PROBLEM: (LpnVerb.EMPTIED,),
    LpnState.STAGED: (LpnVerb.PROBLEM, LpnVerb.EMPTIED),
    LpnState.UNPACKING: (LpnVerb.SCAN_EMPTY,),
}


def unbind(session: Session, binding: ToteBinding, *, by: int, at: datetime) -> bool:
    """Let a tote go that is empty and has nothing before it; tells whether it did."""
    state = state_of(session, binding.tote_id)
    if state not in _WAYS_OUT or units_in(session, binding.tote_id):
        return False
    for verb in _WAYS_OUT[state]:
        bins.use_lpn(session, lpn_id=binding.tote_id, verb=verb, by=by, at=at)
    binding.ended_at = at
    session.flush()
    announce(session, ToteUnbound(binding.tote_id, binding.run_id, binding.fo_id), by=by, at=at)
    return True


def state_of(session: Session, tote_id: int) -> LpnState:
    """Return how a tote is used at this moment."""
    return LpnState(session.scalars(select(Lpn.state).where(Lpn.location_id == tote_id)).one())


def units_in(session: Session, place_id: int) -> int:
    """Return how many units lie in a place by the book."""
    total = select(func.sum(StockBalance.quantity)).where(StockBalance.location_id == place_id)
    return int(session.scalar(total) or 0)
