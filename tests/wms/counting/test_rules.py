"""Whether a count is believed, and what the book says of each condition afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.counting.lifecycle import LIFECYCLE, State
from wms.counting.rules import judge, steps, truth
from wms.stock.moves import StockStatus

AVAILABLE, HELD, DAMAGED = StockStatus.AVAILABLE, StockStatus.HELD, StockStatus.DAMAGED
UNGRADED = StockStatus.RETURNED_UNGRADED


def judged(*lines, round_=1, independent=True, units=1, percent=1):
    inputs = {
        "round": round_,
        "independent": independent,
        "units": units,
        "percent": percent,
        "lines": [list(line) for line in lines],
    }
    choice = judge(inputs)
    return choice["verdict"], choice["why"]


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([(5, 0, 5)], ("accept", "agrees")),
        ([], ("accept", "agrees")),
        ([(5, 0, 4)], ("accept", "within_tolerance")),
        ([(5, 0, 6)], ("accept", "within_tolerance")),
        ([(1000, 0, 990)], ("accept", "within_tolerance")),
        ([(1000, 0, 989)], ("recount", "too_far_off")),
        ([(5, 0, 3)], ("recount", "too_far_off")),
        ([(5, 0, 5), (9, 0, 3)], ("recount", "too_far_off")),
        ([(9, 6, 3)], ("accept", "floor_agrees")),
        ([(9, 6, 9)], ("accept", "agrees")),
    ],
)
def test_a_first_count(lines, verdict):
    assert judged(*lines) == verdict


def test_a_second_count_that_is_far_off_is_looked_at():
    assert judged((9, 0, 3), round_=2) == ("review", "too_far_off")


def test_who_missed_the_units_does_not_prove_that_they_are_gone():
    assert judged((9, 6, 3), independent=False) == ("recount", "too_far_off")


@pytest.mark.parametrize(
    ("booked", "counted", "frees_held", "after"),
    [
        ({AVAILABLE: 5}, 3, False, {AVAILABLE: 3, HELD: 0}),
        ({AVAILABLE: 5}, 7, False, {AVAILABLE: 7, HELD: 0}),
        ({AVAILABLE: 5, HELD: 2}, 7, True, {AVAILABLE: 7, HELD: 0}),
        ({AVAILABLE: 5, HELD: 2}, 6, True, {AVAILABLE: 6, HELD: 0}),
        ({AVAILABLE: 5, HELD: 2}, 7, False, {AVAILABLE: 5, HELD: 2}),
        ({AVAILABLE: 5, HELD: 2}, 1, False, {AVAILABLE: 0, HELD: 1}),
        ({AVAILABLE: 5, DAMAGED: 2}, 4, False, {AVAILABLE: 2, HELD: 0, DAMAGED: 2}),
        ({AVAILABLE: 5, DAMAGED: 2}, 1, False, {AVAILABLE: 0, HELD: 0, DAMAGED: 1}),
        ({}, 3, True, {AVAILABLE: 3, HELD: 0}),
        ({AVAILABLE: 5, UNGRADED: 2}, 4, False, {AVAILABLE: 2, HELD: 0, UNGRADED: 2}),
        ({AVAILABLE: 5, UNGRADED: 2}, 1, False, {AVAILABLE: 0, HELD: 0, UNGRADED: 2}),
    ],
)
def test_what_the_book_must_say(booked, counted, frees_held, after):
    assert truth(booked, counted, frees_held=frees_held) == after


def test_units_that_were_held_and_found_are_not_lost_and_found():
    todo = steps({AVAILABLE: 3, HELD: 6}, {AVAILABLE: 8, HELD: 0})

    assert (todo.freed, todo.differences) == (5, {HELD: -1})


BOOK = st.dictionaries(st.sampled_from(StockStatus), st.integers(0, 50), max_size=4)


@given(booked=BOOK, counted=st.integers(0, 300), frees_held=st.booleans())
def test_the_conditions_always_add_up_to_what_was_counted(booked, counted, frees_held):
    after = truth(booked, counted, frees_held=frees_held)

    in_hand = booked.get(UNGRADED, 0)
    assert after.get(UNGRADED, 0) == in_hand
    assert sum(after.values()) == max(counted, in_hand)
    assert min(after.values()) >= 0


@given(booked=BOOK, counted=st.integers(0, 300), frees_held=st.booleans())
def test_the_steps_lead_from_the_book_to_the_truth(booked, counted, frees_held):
    after = truth(booked, counted, frees_held=frees_held)

    todo = steps(booked, after)

    reached = {status: booked.get(status, 0) for status in StockStatus}
    reached[HELD] -= todo.freed
    reached[AVAILABLE] += todo.freed
    for status, units in todo.differences.items():
        reached[status] += units
    assert {status: units for status, units in reached.items() if units} == {
        status: units for status, units in after.items() if units
    }


def test_a_count_ends_booked_or_cancelled():
    assert LIFECYCLE.ends == {State.POSTED, State.CANCELLED}
