"""When a house works and when its trucks leave."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.calendar import Calendar, Shift, next_cutoff
from wms.bins.tables import CarrierCutoff, CarrierLane, Holiday, Warehouse, WorkingHours


def calendar_of(session: Session, warehouse_id: int) -> Calendar:
    """Return the hours of a warehouse, ready to be asked."""
    warehouse = session.get_one(Warehouse, warehouse_id)
    hours = session.scalars(select(WorkingHours).where(WorkingHours.warehouse_id == warehouse_id))
    week = {day.weekday: Shift(day.opens, day.closes) for day in hours}
    return Calendar(
        ZoneInfo(warehouse.time_zone), week, frozenset(holidays_of(session, warehouse_id))
    )


def holidays_of(session: Session, warehouse_id: int) -> Mapping[date, str]:
    """Return the days on which a warehouse rests, each with its name."""
    query = select(Holiday).where(Holiday.warehouse_id == warehouse_id).order_by(Holiday.day)
    return {holiday.day: holiday.name for holiday in session.scalars(query)}


def cutoffs_of(session: Session, lane_id: int) -> Mapping[int, time]:
    """Return by weekday until when the truck of a lane can be caught, by the clock on the wall."""
    query = select(CarrierCutoff).where(CarrierCutoff.lane_id == lane_id)
    rows = session.scalars(query.order_by(CarrierCutoff.weekday))
    return {cutoff.weekday: cutoff.leaves for cutoff in rows}


def next_truck(session: Session, lane: CarrierLane, at: datetime) -> datetime | None:
    """Return when the next truck of a lane leaves; None when none comes within a year."""
    return next_cutoff(at, cutoffs_of(session, lane.id), calendar_of(session, lane.warehouse_id))
