"""What is planned, kept as JSON and read again."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from wms.waves.plan import Filters, Plan, PlannedRun, PlannedShort, PlannedStop, RunKind, Size

numbers = st.integers(1, 2**53 - 1)
stops = st.builds(PlannedStop, *[numbers] * 7)
runs = st.builds(
    PlannedRun,
    st.sampled_from(RunKind),
    st.lists(numbers).map(tuple),
    st.lists(stops).map(tuple),
    numbers,
    numbers,
    numbers,
)
plans = st.builds(
    Plan,
    st.lists(runs, max_size=4).map(tuple),
    st.lists(st.builds(PlannedShort, *[numbers] * 4)).map(tuple),
)


@given(plans)
def test_a_plan_is_read_as_it_was_kept(plan):
    assert Plan.from_plain(json.loads(json.dumps(plan.to_plain()))) == plan


def test_a_draft_has_an_empty_plan():
    assert Plan.from_plain({}) == Plan()
    assert Plan().stops == 0


def test_a_bin_where_several_lines_are_taken_is_one_stop():
    here = [PlannedStop(5, item, 0, 1, item, item, 2) for item in (1, 2)]
    there = PlannedStop(6, 3, 0, 1, 3, 3, 4)
    plan = Plan((PlannedRun(RunKind.CLUSTER, (1,), (*here, there), 40, 90, 1),))

    assert (plan.stops, plan.lines, plan.units, plan.metres) == (2, 3, 8, 40)


def test_filters_are_read_as_they_were_kept():
    filters = Filters(datetime(2026, 1, 5, 22, 30, tzinfo=UTC), 3, "UPS", 4, Size.LARGE)

    assert Filters.from_plain(json.loads(json.dumps(filters.to_plain()))) == filters
    assert Filters.from_plain({}) == Filters()
