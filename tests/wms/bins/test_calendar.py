from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from wms.bins.calendar import Calendar, Shift, next_cutoff

DAYTON = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
DAY_SHIFT = Shift(time(8), time(17))
WEEK = dict.fromkeys(range(5), DAY_SHIFT)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_a_house_without_hours_is_always_open():
    assert Calendar(DAYTON).is_open(at(2026, 1, 4, 3))


def test_a_house_works_by_its_own_clock():
    calendar = Calendar(DAYTON, WEEK)

    assert calendar.is_open(at(2026, 1, 5, 13, 0))
    assert not calendar.is_open(at(2026, 1, 5, 12, 59))
    assert not calendar.is_open(at(2026, 1, 5, 22, 0))


def test_on_friday_evening_the_next_opening_is_on_monday():
    calendar = Calendar(DAYTON, WEEK)

    assert calendar.next_opening(at(2026, 1, 9, 23)) == at(2026, 1, 12, 13)


def test_while_people_work_the_next_opening_is_now():
    now = at(2026, 1, 5, 15)

    assert Calendar(DAYTON, WEEK).next_opening(now) == now


def test_a_holiday_is_rested_on():
    calendar = Calendar(DAYTON, WEEK, frozenset({date(2026, 1, 5)}))

    assert calendar.rests_on(date(2026, 1, 5))
    assert calendar.next_opening(at(2026, 1, 5, 15)) == at(2026, 1, 6, 13)


def test_a_holiday_is_rested_on_where_no_hours_are_set():
    calendar = Calendar(BERLIN, holidays=frozenset({date(2026, 1, 6)}))

    assert not calendar.is_open(at(2026, 1, 6, 12))
    assert calendar.next_opening(at(2026, 1, 6, 12)) == at(2026, 1, 6, 23)


def test_a_night_shift_runs_into_the_next_day():
    calendar = Calendar(BERLIN, {4: Shift(time(22), time(6))})

    assert calendar.is_open(at(2026, 1, 10, 4))
    assert calendar.next_closing(at(2026, 1, 10, 4)) == at(2026, 1, 10, 5)
    assert not calendar.is_open(at(2026, 1, 10, 6))


def test_a_night_shift_that_began_before_a_holiday_is_worked_to_its_end():
    calendar = Calendar(BERLIN, {4: Shift(time(22), time(6))}, frozenset({date(2026, 1, 10)}))

    assert calendar.is_open(at(2026, 1, 10, 4))


def test_a_house_that_rests_for_a_year_has_no_next_opening():
    week = {0: DAY_SHIFT}
    mondays = frozenset(date.fromordinal(date(2026, 1, 5).toordinal() + 7 * n) for n in range(60))

    assert Calendar(DAYTON, week, mondays).next_opening(at(2026, 1, 5, 12)) is None


def test_the_next_truck_is_todays_until_it_leaves():
    calendar = Calendar(DAYTON, WEEK)
    leaves = dict.fromkeys(range(5), time(17, 30))

    assert next_cutoff(at(2026, 1, 5, 22, 29), leaves, calendar) == at(2026, 1, 5, 22, 30)
    assert next_cutoff(at(2026, 1, 5, 22, 30), leaves, calendar) == at(2026, 1, 6, 22, 30)


def test_no_truck_comes_on_a_holiday():
    calendar = Calendar(DAYTON, WEEK, frozenset({date(2026, 1, 5)}))

    assert next_cutoff(at(2026, 1, 5, 12), {0: time(17)}, calendar) == at(2026, 1, 12, 22)


def test_a_lane_without_cutoffs_has_no_truck():
    assert next_cutoff(at(2026, 1, 5, 12), {}, Calendar(DAYTON)) is None


@pytest.mark.parametrize(
    ("now", "truck"),
    [
        (
            at(2026, 3, 28, 12),
            at(2026, 3, 28, 16, 30),
        ),  # the day before the clocks go forward: UTC+1
        (at(2026, 3, 29, 12), at(2026, 3, 29, 15, 30)),  # the day on which they do: UTC+2
        (at(2026, 10, 24, 12), at(2026, 10, 24, 15, 30)),
        (at(2026, 10, 25, 12), at(2026, 10, 25, 16, 30)),
    ],
)
def test_a_truck_leaves_by_the_wall_clock_through_the_change_of_time(now, truck):
    leaves = dict.fromkeys(range(7), time(17, 30))

    assert next_cutoff(now, leaves, Calendar(BERLIN)) == truck


def test_a_time_that_the_clock_skips_means_the_moment_after_the_jump():
    sunday = {6: time(2, 30)}

    assert next_cutoff(at(2026, 3, 28, 12), sunday, Calendar(BERLIN)) == at(2026, 3, 29, 1, 30)


def test_a_time_that_the_clock_shows_twice_means_the_first():
    sunday = {6: time(2, 30)}

    assert next_cutoff(at(2026, 10, 24, 12), sunday, Calendar(BERLIN)) == at(2026, 10, 25, 0, 30)
