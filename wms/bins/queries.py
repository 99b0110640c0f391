"""What others may ask about places: where they are, when the house works, how far it is to walk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.places import MOVABLE, Outside
from wms.bins.rules.calendar import Calendar, Shift, next_cutoff
from wms.bins.rules.places import NESTING_LIMIT
from wms.bins.rules.walking import Edge, Floor, Point, Spot, distances, floor
from wms.bins.tables import (
    CarrierCutoff,
    CarrierLane,
    Holiday,
    Location,
    PathEdge,
    Warehouse,
    WorkingHours,
    Zone,
)

__all__ = ["Calendar", "Floor", "Shift", "Spot", "distances"]


def warehouses(session: Session) -> Sequence[Warehouse]:
    """Return the warehouses in use, in the order of their codes."""
    return session.scalars(
        select(Warehouse).where(Warehouse.archived_at.is_(None)).order_by(Warehouse.code)
    ).all()


def zones(session: Session, warehouse_id: int | None = None) -> Sequence[Zone]:
    """Return the zones in use, of one warehouse or of all."""
    query = select(Zone).where(Zone.archived_at.is_(None)).order_by(Zone.warehouse_id, Zone.code)
    return session.scalars(
        query.where(Zone.warehouse_id == warehouse_id) if warehouse_id else query
    ).all()


def outside(session: Session, warehouse_id: int, place: Outside) -> int:
    """Return the number of an outside place of a warehouse."""
    query = select(Location.id).where(Location.warehouse_id == warehouse_id, Location.code == place)
    return session.scalars(query).one()


def location_by_code(session: Session, warehouse_id: int, code: str) -> Location | None:
    """Return a place of a warehouse, archived or not, by the code it was made with."""
    return session.scalar(
        select(Location).where(Location.warehouse_id == warehouse_id, Location.code == code)
    )


def counts(session: Session) -> Mapping[str, int]:
    """Return how many places in use there are of each kind, in the whole house."""
    query = (
        select(Location.kind, func.count())
        .where(Location.archived_at.is_(None))
        .group_by(Location.kind)
    )
    return dict(session.execute(query).all())


def calendar_of(session: Session, warehouse_id: int) -> Calendar:
    """Return the hours of a warehouse, ready to be asked."""
    warehouse = session.get_one(Warehouse, warehouse_id)
    hours = session.scalars(select(WorkingHours).where(WorkingHours.warehouse_id == warehouse_id))
    rest = session.scalars(select(Holiday.day).where(Holiday.warehouse_id == warehouse_id))
    week = {day.weekday: Shift(day.opens, day.closes) for day in hours}
    return Calendar(ZoneInfo(warehouse.time_zone), week, frozenset(rest))


def next_truck(session: Session, lane: CarrierLane, at: datetime) -> datetime | None:
    """Return when the next truck of a lane leaves; None when none comes."""
    cutoffs = session.scalars(select(CarrierCutoff).where(CarrierCutoff.lane_id == lane.id))
    leaves = {cutoff.weekday: cutoff.leaves for cutoff in cutoffs}
    return next_cutoff(at, leaves, calendar_of(session, lane.warehouse_id))


def floor_of(session: Session, warehouse_id: int) -> Floor:
    """Return the walkable floor of a warehouse. Ask it once and keep it for many distances."""
    rows = session.scalars(
        select(PathEdge).where(PathEdge.warehouse_id == warehouse_id).order_by(PathEdge.id)
    )
    return floor(
        [
            Edge(
                Point(row.from_x_mm, row.from_y_mm), Point(row.to_x_mm, row.to_y_mm), row.length_mm
            )
            for row in rows
        ]
    )


def spots_of(session: Session, location_ids: Iterable[int]) -> Mapping[int, Spot]:
    """Return where places are on the plan of their warehouse; places without coordinates are left out."""
    query = select(Location.id, Location.x_mm, Location.y_mm, Location.aisle)
    rows = session.execute(query.where(Location.id.in_(set(location_ids))))
    return {
        number: Spot(x, y, aisle is not None)
        for number, x, y, aisle in rows
        if x is not None and y is not None
    }


def standing_in(session: Session, location_id: int) -> list[int]:
    """Return the totes, cartons, pallets and carts from this one upwards, innermost first."""
    above: list[int] = []
    while len(above) <= NESTING_LIMIT:
        location = session.get(Location, location_id, populate_existing=True)
        if location is None or location.kind not in MOVABLE:
            break
        above.append(location.id)
        if location.parent_id is None:
            break
        location_id = location.parent_id
    return above


def layers_below(session: Session, location_id: int) -> int:
    """Return how many layers of totes and cartons stand on this one."""
    layer, count = [location_id], 0
    while layer and count <= NESTING_LIMIT:
        layer = list(session.scalars(select(Location.id).where(Location.parent_id.in_(layer))))
        count += bool(layer)
    return count
