"""When a house works and when its trucks leave."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.bins.calendar import Calendar, Shift, next_cutoff
from wms.bins.tables import CarrierCutoff, CarrierLane, Holiday, Warehouse, WorkingHours
from wms.kernel.prepared import Prepared

# Asked for every order that comes in: straight on the driver, which gives times and days as it keeps them.
_ZONE = Prepared(select(Warehouse.time_zone).where(Warehouse.id == bindparam("warehouse_id")))
_WEEK = Prepared(
    select(WorkingHours.weekday, WorkingHours.opens, WorkingHours.closes).where(
        WorkingHours.warehouse_id == bindparam("warehouse_id")
    )
)
_HOLIDAYS = Prepared(select(Holiday.day).where(Holiday.warehouse_id == bindparam("warehouse_id")))
_CUTOFFS = Prepared(
    select(CarrierLane.carrier, CarrierCutoff.weekday, CarrierCutoff.leaves)
    .join(CarrierCutoff, CarrierCutoff.lane_id == CarrierLane.id)
    .where(CarrierLane.warehouse_id == bindparam("warehouse_id"), CarrierLane.archived_at.is_(None))
)


def calendar_of(session: Session, warehouse_id: int) -> Calendar:
    """Return the hours of a warehouse, ready to be asked."""
    asked = {"warehouse_id": warehouse_id}
    zone = _ZONE.first(session, asked)
    assert zone is not None, f"there is no warehouse {warehouse_id}"
    week = {
        day: Shift(_wall(opens), _wall(closes)) for day, opens, closes in _WEEK.all(session, asked)
    }
    rests = frozenset(date.fromisoformat(str(row[0])) for row in _HOLIDAYS.all(session, asked))
    return Calendar(ZoneInfo(zone[0]), week, rests)


def holidays_of(session: Session, warehouse_id: int) -> Mapping[date, str]:
    """Return the days on which a warehouse rests, each with its name."""
    query = select(Holiday).where(Holiday.warehouse_id == warehouse_id).order_by(Holiday.day)
    return {holiday.day: holiday.name for holiday in session.scalars(query)}


def cutoffs_of(session: Session, lane_id: int) -> Mapping[int, time]:
    """Return by weekday until when the truck of a lane can be caught, by the clock on the wall."""
    query = select(CarrierCutoff).where(CarrierCutoff.lane_id == lane_id)
    rows = session.scalars(query.order_by(CarrierCutoff.weekday))
    return {cutoff.weekday: cutoff.leaves for cutoff in rows}


def leaves_of(session: Session, warehouse_id: int, carrier: str = "") -> Mapping[int, time]:
    """Return by weekday the last minute of a carrier's truck, however it is written; of any carrier where unsaid."""
    leaves: dict[int, time] = {}
    for of, day, said in _CUTOFFS.all(session, {"warehouse_id": warehouse_id}):
        if not carrier or of.casefold() == carrier.casefold():
            leaves[day] = max(_wall(said), leaves.get(day, time.min))
    return leaves


def next_truck(session: Session, lane: CarrierLane, at: datetime) -> datetime | None:
    """Return when the next truck of a lane leaves; None when none comes within a year."""
    return next_cutoff(at, cutoffs_of(session, lane.id), calendar_of(session, lane.warehouse_id))


def _wall(said: object) -> time:
    return time.fromisoformat(str(said))
