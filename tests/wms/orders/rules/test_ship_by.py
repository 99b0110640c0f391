"""By when a parcel must stand ready."""

import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.bins.calendar import DAY, Calendar, Shift
from wms.orders.rules.ship_by import HANDLING_MINUTES, choose, inputs_of, plain_hours

BERLIN = ZoneInfo("Europe/Berlin")
DAYTIME = Shift(time(8), time(17))
WEEKDAYS = dict.fromkeys(range(5), DAYTIME)
EVENING = dict.fromkeys(range(5), time(18))

MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""Ten in the morning in Berlin."""


def said(at=MONDAY, *, week=WEEKDAYS, leaves=EVENING, holidays=(), promised_on=None, zone=BERLIN):
    calendar = Calendar(zone, week, frozenset(holidays))
    hours = plain_hours(calendar, leaves, at)
    day = promised_on.isoformat() if promised_on else None
    return choose(inputs_of(hours, at=at, carrier="dhl", promised_on=day))


def wall(choice, zone=BERLIN):
    at = datetime.fromisoformat(choice["ship_by"]).astimezone(zone)
    return at.strftime("%a %d %b %H:%M")


def berlin(day, clock):
    return datetime.combine(day, clock, BERLIN).astimezone(UTC)


def test_without_a_promise_it_is_the_next_truck_that_can_be_reached():
    choice = said()

    assert (wall(choice), choice["why"], choice["passed"]) == (
        "Mon 05 Jan 18:00",
        "next_truck",
        [],
    )


def test_a_truck_before_which_nobody_has_time_is_passed_over():
    choice = said(berlin(date(2026, 1, 5), time(15, 30)))

    assert wall(choice) == "Tue 06 Jan 18:00"
    assert choice["passed"] == [["2026-01-05", "too_soon"]]


def test_two_hours_before_closing_are_enough_to_the_minute():
    in_time, late = (said(berlin(date(2026, 1, 5), time(15, minute))) for minute in (0, 1))

    assert (wall(in_time), wall(late)) == ("Mon 05 Jan 18:00", "Tue 06 Jan 18:00")


def test_an_order_of_friday_night_waits_for_monday():
    choice = said(berlin(date(2026, 1, 9), time(23)))

    assert wall(choice) == "Mon 12 Jan 18:00"
    assert choice["passed"] == [["2026-01-10", "no_truck"], ["2026-01-11", "no_truck"]]


def test_on_a_holiday_no_truck_comes():
    choice = said(holidays=[date(2026, 1, 5), date(2026, 1, 6)])

    assert wall(choice) == "Wed 07 Jan 18:00"
    assert choice["passed"] == [["2026-01-05", "holiday"], ["2026-01-06", "holiday"]]


def test_a_truck_of_a_day_on_which_nobody_works_finds_nothing_ready():
    choice = said(
        berlin(date(2026, 1, 10), time(9)), leaves={6: time(18), 0: time(18)}, week=WEEKDAYS
    )

    assert wall(choice) == "Mon 12 Jan 18:00"
    assert choice["passed"][-1] == ["2026-01-11", "nobody_works"]


def test_a_promise_is_kept_with_its_last_truck():
    choice = said(promised_on=date(2026, 1, 11))

    assert (wall(choice), choice["why"]) == ("Fri 09 Jan 18:00", "promised")
    assert choice["passed"] == [["2026-01-11", "no_truck"], ["2026-01-10", "no_truck"]]


def test_a_promised_truck_that_leaves_soon_is_still_the_one_to_catch():
    choice = said(berlin(date(2026, 1, 5), time(17, 45)), promised_on=date(2026, 1, 5))

    assert (wall(choice), choice["why"]) == ("Mon 05 Jan 18:00", "promised")


@pytest.mark.parametrize("days", [0, 1, 30])
def test_a_promise_that_cannot_be_kept_is_late_by_as_little_as_can_be(days):
    at = berlin(date(2026, 1, 5), time(18))

    choice = said(at, promised_on=date(2026, 1, 5) - timedelta(days=days))

    assert (wall(choice), choice["why"]) == ("Tue 06 Jan 18:00", "promise_past")


def test_where_no_carrier_says_the_end_of_work_counts():
    choice = said(leaves={})

    assert (wall(choice), choice["why"]) == ("Mon 05 Jan 17:00", "next_closing")


def test_a_night_shift_ends_the_day_after():
    nights = dict.fromkeys(range(5), Shift(time(22), time(6)))

    choice = said(berlin(date(2026, 1, 6), time(1)), week=nights, leaves={})

    assert wall(choice) == "Tue 06 Jan 06:00"


def test_a_night_that_ends_after_the_promised_day_does_not_keep_the_promise():
    nights = dict.fromkeys(range(7), Shift(time(22), time(6)))

    choice = said(week=nights, leaves={}, promised_on=date(2026, 1, 8))

    assert wall(choice) == "Thu 08 Jan 06:00"


def test_a_house_that_rests_all_year_ships_never():
    choice = said(week={0: DAYTIME}, leaves={3: time(18)})

    assert (choice["ship_by"], choice["why"]) == (None, "never")


@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2026, 3, 28), 1), (date(2026, 3, 29), 2), (date(2026, 10, 25), 1)],
    ids=["the day before", "the clock jumps ahead", "the clock falls back"],
)
def test_the_truck_leaves_by_the_clock_on_the_wall(day, offset):
    every_day = dict.fromkeys(range(7), DAYTIME)

    choice = said(berlin(day, time(1)), week=every_day, leaves=dict.fromkeys(range(7), time(18)))

    assert datetime.fromisoformat(choice["ship_by"]) == datetime.combine(
        day, time(18 - offset), UTC
    )


def test_hours_that_the_clock_skips_are_not_worked():
    night = {6: Shift(time(1), time(4))}
    leaves = {6: time(4)}
    jump, plain = date(2026, 3, 29), date(2026, 3, 22)

    skipped, whole = (
        said(berlin(day, time(1)), week=night, leaves=leaves) for day in (jump, plain)
    )
    late = said(berlin(jump, time(1)) + timedelta(minutes=1), week=night, leaves=leaves)

    assert (wall(skipped), wall(whole)) == ("Sun 29 Mar 04:00", "Sun 22 Mar 04:00")
    assert wall(late) == "Sun 05 Apr 04:00"


WALLS = st.times().map(lambda one: one.replace(second=0, microsecond=0, fold=0))
DAYS = st.integers(0, 6)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "Pacific/Apia",
        "UTC",
    ]
).map(ZoneInfo)


@given(
    at=MOMENTS,
    zone=ZONES,
    week=st.dictionaries(DAYS, st.builds(Shift, WALLS, WALLS), max_size=7),
    leaves=st.dictionaries(DAYS, WALLS, max_size=7),
    holidays=st.sets(st.integers(-2, 20), max_size=6),
    promise=st.none() | st.integers(-3, 20),
)
def test_whatever_the_house_and_the_promise_the_time_is_right(
    at, zone, week, leaves, holidays, promise
):
    today = at.astimezone(zone).date()
    rests = {today + n * DAY for n in holidays}
    promised_on = None if promise is None else today + promise * DAY
    calendar = Calendar(zone, week, frozenset(rests))

    choice = said(at, week=week, leaves=leaves, holidays=rests, promised_on=promised_on, zone=zone)

    if choice["ship_by"] is None:
        assert choice["why"] == "never"
        return
    due = datetime.fromisoformat(choice["ship_by"])
    day = due.astimezone(zone).date()
    assert due > at
    assert calendar.worked(due - 2 * DAY, due) > timedelta()
    if leaves:
        assert day not in rests
        assert day.weekday() in leaves
    if choice["why"] == "promised":
        assert day <= promised_on
    else:
        assert calendar.worked(at, due) >= timedelta(minutes=HANDLING_MINUTES)


@given(at=MOMENTS, zone=ZONES, promise=st.none() | st.integers(-3, 20))
def test_what_was_kept_is_decided_again_the_same(at, zone, promise):
    calendar = Calendar(zone, WEEKDAYS, frozenset())
    day = None if promise is None else (at.date() + promise * DAY).isoformat()
    inputs = inputs_of(plain_hours(calendar, EVENING, at), at=at, carrier="", promised_on=day)

    assert choose(json.loads(json.dumps(inputs))) == choose(inputs)
