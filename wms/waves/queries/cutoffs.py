"""Until when something must be out, and what a wave takes when nobody says otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.waves.plan import Filters
from wms.waves.queries.waiting import waiting


@dataclass(frozen=True)
class CutOff:
    """The next truck of a carrier."""

    carrier: str
    leaves: datetime


def next_cut_offs(session: Session, warehouse_id: int, at: datetime) -> Sequence[CutOff]:
    """Return the next truck of every carrier, the soonest first."""
    lanes = session.scalars(bins.lanes_asked(warehouse_id)).all()
    trucks = [(lane.carrier, bins.next_truck(session, lane, at)) for lane in lanes]
    known = [CutOff(carrier, leaves) for carrier, leaves in trucks if leaves is not None]
    return sorted(known, key=lambda one: (one.leaves, one.carrier))


def default_filters(session: Session, warehouse_id: int, at: datetime) -> Filters:
    """Return what must ship by the next cut-off; where nothing must, by the first at which something does."""
    trucks = next_cut_offs(session, warehouse_id, at)
    due = sorted(
        one.ship_by for one in waiting(session, warehouse_id, Filters()) if one.ship_by is not None
    )
    if not due:
        return Filters()
    soonest = trucks[0].leaves if trucks else due[0]
    return Filters(ship_by=max(soonest, due[0]))
