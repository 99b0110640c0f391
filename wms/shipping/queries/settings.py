"""What people set up for shipping: where parcels come from, and how labels of each lane come about."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.queries import warehouses
from wms.bins.tables import CarrierLane, Location, Warehouse
from wms.shipping.means import Means
from wms.shipping.tables import LaneMeans, ShipFrom


@dataclass(frozen=True)
class LaneSet:
    """A lane and how its labels come about; `means` is None where the house decides by what it has."""

    id: int
    carrier: str
    place: str
    means: Means | None


@dataclass(frozen=True)
class HouseSet:
    """What is set for one warehouse."""

    warehouse: Warehouse
    sender: ShipFrom | None
    lanes: Sequence[LaneSet]


def set_up(session: Session) -> Sequence[HouseSet]:
    """Return what is set, warehouse by warehouse."""
    return [
        HouseSet(house, session.get(ShipFrom, house.id), _lanes(session, house.id))
        for house in warehouses(session)
    ]


def _lanes(session: Session, warehouse_id: int) -> Sequence[LaneSet]:
    query = (
        select(CarrierLane.id, CarrierLane.carrier, Location.code, LaneMeans.means)
        .join(Location, Location.id == CarrierLane.location_id)
        .outerjoin(LaneMeans, LaneMeans.lane_id == CarrierLane.id)
        .where(CarrierLane.warehouse_id == warehouse_id, CarrierLane.archived_at.is_(None))
        .order_by(CarrierLane.carrier)
    )
    return [
        LaneSet(lane_id, carrier, place, Means(means) if means else None)
        for lane_id, carrier, place, means in session.execute(query)
    ]
