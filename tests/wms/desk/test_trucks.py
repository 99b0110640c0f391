"""Waves against their trucks, as plain figures."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from wms.desk.trucks import LEFT, MARKS, RIGHT, ROWS, Job, draw

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
DAYTON = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)


def a_job(starts=0.0, ends=1.0, cut_off=None, name="0142"):
    leaves = None if cut_off is None else NOON + cut_off * HOUR
    return Job(name, NOON + starts * HOUR, NOON + ends * HOUR, leaves)


def test_nothing_to_do_has_no_picture():
    assert draw([], at=NOON, zone=DAYTON) is None


def test_work_that_ends_before_its_truck_is_on_time_and_other_work_says_how_late_it_is():
    tape = draw([a_job(ends=1, cut_off=2), a_job(ends=2.5, cut_off=2)], at=NOON, zone=DAYTON)

    on_time, late = tape.bars
    assert (on_time.late, late.late) == (None, timedelta(minutes=30))
    assert on_time.x + on_time.width < on_time.cut_x
    assert late.x + late.width > late.cut_x


def test_times_are_full_hours_by_the_clock_on_the_wall():
    tape = draw([a_job(cut_off=4.4)], at=NOON + timedelta(minutes=20), zone=DAYTON)

    walls = [moment.astimezone(DAYTON).strftime("%H:%M") for _, moment in tape.marks]
    assert walls == ["07:00", "08:00", "09:00", "10:00", "11:00", "12:00"]


def test_only_the_most_urgent_are_drawn():
    assert len(draw([a_job()] * 20, at=NOON, zone=DAYTON).bars) == ROWS


hours = st.floats(-30, 300)
jobs = st.builds(
    lambda starts, takes, cut_off: a_job(starts, starts + takes, cut_off),
    hours,
    st.floats(0, 60),
    st.none() | hours,
)


@given(st.lists(jobs, min_size=1, max_size=12))
def test_everything_lies_on_the_line_of_time(given_jobs):
    tape = draw(given_jobs, at=NOON, zone=DAYTON)

    xs = [x for x, _ in tape.marks] + [tape.now_x]
    for bar in tape.bars:
        xs += [bar.x] + ([bar.cut_x] if bar.cut_x is not None else [])
    assert all(LEFT <= x <= RIGHT for x in xs)
    assert 2 <= len(tape.marks) <= MARKS
    assert all(here < there for (here, _), (there, _) in pairwise(tape.marks))
