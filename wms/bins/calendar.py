"""When a warehouse works and when a truck leaves, by the clock on its own wall."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

LOOK_AHEAD_DAYS = 366
"""How far we look for the next opening or truck: a house that rests longer has none."""

DAY = timedelta(days=1)


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all time zones that this machine knows."""
    return frozenset(available_timezones())


@dataclass(frozen=True)
class Shift:
    """The hours of one day. Closing at or before opening means the day after: 22:00 to 06:00, 00:00 to 00:00."""

    opens: time
    closes: time


@dataclass(frozen=True)
class Calendar:
    """The hours of a warehouse by weekday (Monday is 0), and the days on which it rests. No hours: always open."""

    zone: ZoneInfo
    week: Mapping[int, Shift] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """Tell whether people work at that moment."""
        return self.next_opening(at) == at

    def next_opening(self, at: datetime) -> datetime | None:
        """Return when people work next: `at` itself when they do now; None when not within a year."""
        for opens, closes in self._spans(at):
            if at < closes:
                return max(at, opens)
        return None

    def next_closing(self, at: datetime) -> datetime | None:
        """Return when the shift that runs, or else the next one, ends."""
        return next((closes for _, closes in self._spans(at) if at < closes), None)

    def rests_on(self, day: date) -> bool:
        """Tell whether nobody works that day, holiday or not."""
        return self._shift(day) is None

    def hours_of(self, day: date) -> tuple[datetime, datetime] | None:
        """Return from when until when people work on a day, in UTC; None where they rest."""
        shift = self._shift(day)
        if shift is None:
            return None
        ends_on = day if shift.closes > shift.opens else day + DAY
        return moment(day, shift.opens, self.zone), moment(ends_on, shift.closes, self.zone)

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """Return how long people work between two moments; hours of two days that overlap count once."""
        total, done = timedelta(), since
        for opens, closes in self._spans(since):
            if opens >= until:
                break
            begins, ends = max(opens, done), min(closes, until)
            if ends > begins:
                total, done = total + (ends - begins), ends
        return total

    def _spans(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield each day's hours in UTC, beginning with the day before: its night shift may still run."""
        today = at.astimezone(self.zone).date()
        for offset in range(-1, LOOK_AHEAD_DAYS):
            if hours := self.hours_of(today + offset * DAY):
                yield hours

    def _shift(self, day: date) -> Shift | None:
        if day in self.holidays:
            return None
        return self.week.get(day.weekday()) if self.week else Shift(time(0), time(0))


def moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """Return when the clock on the wall shows that time, in UTC.

    A time that the clock shows twice means its first showing: for a truck, the earlier one is the safe one. A time
    that it skips means the moment as far after the jump.
    """
    return datetime.combine(day, wall, zone).astimezone(UTC)


def next_cutoff(at: datetime, leaves: Mapping[int, time], calendar: Calendar) -> datetime | None:
    """Return the next moment at which a truck leaves (at `at` itself it is gone); None when none comes within a year.

    `leaves` is by weekday (Monday is 0). On holidays of the house no truck comes.
    """
    today = at.astimezone(calendar.zone).date()
    for offset in range(LOOK_AHEAD_DAYS):
        day = today + offset * DAY
        wall = leaves.get(day.weekday())
        if wall is None or day in calendar.holidays:
            continue
        if (truck := moment(day, wall, calendar.zone)) > at:
            return truck
    return None
