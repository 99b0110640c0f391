"""How long a parcel may be silent: asked for after some hours, then less and less often, at last no more."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from wms.shipping.rules.silence import LONGEST, LOST_AFTER, QUIET, next_look

DAY = timedelta(days=1)


def test_the_longer_it_is_silent_the_longer_nobody_asks():
    waits = [next_look(times, DAY) for times in range(6)]

    assert waits[:3] == [QUIET, 2 * QUIET, 4 * QUIET]
    assert waits[3:] == [LONGEST] * 3


def test_nobody_asks_for_what_was_lost_months_ago():
    assert next_look(5, LOST_AFTER + DAY) is None
    assert next_look(0, LOST_AFTER + DAY) == QUIET


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=0, max_value=60))
def test_however_often_it_was_asked_for_the_wait_stays_between_its_bounds(times, days):
    assert QUIET <= next_look(times, days * DAY) <= LONGEST
