"""By when a parcel must stand ready: the last truck that keeps the promise, or the next one that can be reached.

A promised day is the day until which the parcel leaves the house. Times are those of the warehouse's own wall: cut-offs
of the carrier's lane, and where it has none, the end of the day's work. Inputs and choices are plain JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wms.bins.calendar import DAY, LOOK_AHEAD_DAYS, Calendar, Shift, moment
from wms.kernel.decisions import Plain, Rule

HANDLING_MINUTES = 120
"""So long people must have worked between an order's coming and its truck: to pick, pack and label it."""

PASSED_LIMIT = 14
"""So many trucks that were passed over are kept: a fortnight says why."""


@dataclass(frozen=True)
class Trucks:
    """When parcels leave a house."""

    calendar: Calendar
    leaves: Mapping[int, time]
    """By weekday, the carrier's last minute; empty where no carrier says."""

    def on(self, day: date) -> datetime | str:
        """Return when the truck of a day leaves, or why none does."""
        if day in self.calendar.holidays:
            return "holiday"
        if not self.leaves:
            hours = self.calendar.hours_of(day)
            return hours[1] if hours else "nobody_works"
        wall = self.leaves.get(day.weekday())
        if wall is None:
            return "no_truck"
        truck = moment(day, wall, self.calendar.zone)
        return truck if self.calendar.worked(truck - DAY, truck) else "nobody_works"

    def day_of(self, at: datetime) -> date:
        """Return the day that the wall shows."""
        return at.astimezone(self.calendar.zone).date()


def plain_hours(calendar: Calendar, leaves: Mapping[int, time], at: datetime) -> dict[str, Any]:
    """Return a warehouse's hours and a carrier's cut-offs as they are weighed, and only the holidays to come."""
    first = (at.astimezone(calendar.zone).date() - DAY).isoformat()
    return {
        "zone": calendar.zone.key,
        "week": [
            [day, _wall(shift.opens), _wall(shift.closes)]
            for day, shift in sorted(calendar.week.items())
        ],
        "holidays": [
            day.isoformat() for day in sorted(calendar.holidays) if day.isoformat() >= first
        ],
        "leaves": [[day, _wall(wall)] for day, wall in sorted(leaves.items())],
    }


def inputs_of(
    hours: Plain, *, at: datetime, carrier: str, promised_on: str | None
) -> dict[str, Any]:
    """Return what is weighed for one order."""
    return {
        **hours,
        "at": at.isoformat(),
        "carrier": carrier,
        "promised_on": promised_on,
        "handling_minutes": HANDLING_MINUTES,
    }


def choose(inputs: Plain) -> dict[str, Any]:
    """Say by when the parcel must stand ready, why then, and which trucks were passed over."""
    trucks = _trucks(inputs)
    at = datetime.fromisoformat(inputs["at"])
    promised = date.fromisoformat(inputs["promised_on"]) if inputs["promised_on"] else None
    passed: list[list[str]] = []
    if promised and (truck := _last_before(trucks, promised, at, passed)):
        return _said(truck, "promised", passed)
    handling = timedelta(minutes=inputs["handling_minutes"])
    truck = next(_reached(trucks, at, handling, passed), None)
    if truck is None:
        return _said(None, "never", passed)
    if promised:
        return _said(truck, "promise_past", passed)
    return _said(truck, "next_truck" if trucks.leaves else "next_closing", passed)


SHIP_BY = Rule("orders.ship_by", 1, choose)


def _last_before(
    trucks: Trucks, promised: date, at: datetime, passed: list[list[str]]
) -> datetime | None:
    """Return the last truck that leaves by the promised day and is not gone yet, however soon it leaves."""
    today = trucks.day_of(at)
    day = min(promised, today + LOOK_AHEAD_DAYS * DAY)
    while day >= today - DAY:
        truck = trucks.on(day)
        if isinstance(truck, str):
            passed.append([day.isoformat(), truck])
        elif truck <= at:
            return None
        elif trucks.day_of(truck) <= promised:
            return truck
        day -= DAY
    return None


def _reached(
    trucks: Trucks, at: datetime, handling: timedelta, passed: list[list[str]]
) -> Iterator[datetime]:
    """Yield the trucks that can be reached with enough hands at work before them, the next one first."""
    today = trucks.day_of(at)
    for offset in range(-1, LOOK_AHEAD_DAYS):
        day = today + offset * DAY
        truck = trucks.on(day)
        if isinstance(truck, str):
            if offset >= 0:
                passed.append([day.isoformat(), truck])
        elif truck > at:
            if trucks.calendar.worked(at, truck) >= handling:
                yield truck
            passed.append([day.isoformat(), "too_soon"])


def _said(truck: datetime | None, why: str, passed: list[list[str]]) -> dict[str, Any]:
    ship_by = truck.isoformat() if truck else None
    return {"ship_by": ship_by, "why": why, "passed": passed[:PASSED_LIMIT]}


def _trucks(inputs: Plain) -> Trucks:
    week = {
        day: Shift(time.fromisoformat(opens), time.fromisoformat(closes))
        for day, opens, closes in inputs["week"]
    }
    holidays = frozenset(map(date.fromisoformat, inputs["holidays"]))
    leaves = {day: time.fromisoformat(wall) for day, wall in inputs["leaves"]}
    return Trucks(Calendar(ZoneInfo(inputs["zone"]), week, holidays), leaves)


def _wall(wall: time) -> str:
    return wall.isoformat("minutes") if not wall.second else wall.isoformat("seconds")
