"""Which orders ride together."""

import json
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wms.waves.rules import grouping
from wms.waves.rules.grouping import SINGLES_A_RUN, UNITS_A_TOTE, choose

AISLES = 6
PLACES: list[Any] = [
    [n, f"A-{n:03d}", 1, n % AISLES + 1, (n % AISLES) * 3_000, n * 500] for n in range(1, 61)
]
"""Sixty bins in six aisles."""


def in_aisle(aisle: int, nth: int = 0) -> int:
    """A bin of that aisle."""
    found: list[int] = [place[0] for place in PLACES if place[3] == aisle]
    return found[nth]


def laid_out(*orders: list[tuple[int, int]], slots: int = 6) -> list[dict]:
    """The runs of orders that are told as bins and units; orders are numbered from 1, promises in their order."""
    numbers = iter(range(1, 100_000))
    rows = [
        [fo, [[next(numbers), bin_, 7, units] for bin_, units in order]]
        for fo, order in enumerate(orders, 1)
    ]
    asked = {"slots": slots, "units_a_tote": UNITS_A_TOTE, "orders": rows, "places": PLACES}
    return choose(asked)["runs"]


def test_orders_of_one_unit_share_totes():
    singles = [[(in_aisle(n), 1)] for n in (1, 4, 2, 3)]

    [run] = laid_out(*singles)

    assert run["kind"] == "singles"
    assert (run["totes"], run["orders"]) == (1, [1, 3, 4, 2])


def test_many_single_units_make_trips_of_even_length():
    singles = [[(bin_[0], 1)] for bin_ in PLACES]

    runs = laid_out(*singles)

    assert [len(run["orders"]) for run in runs] == [30, 30]
    assert all(len(run["orders"]) <= SINGLES_A_RUN for run in runs)


def test_a_few_single_units_ride_on_a_cart_that_goes_out_anyway():
    [run] = laid_out([(in_aisle(1), 1)], [(in_aisle(1, 1), 3)])

    assert run["kind"] == "cluster"
    assert sorted(run["orders"]) == [1, 2]


def test_a_cart_takes_as_many_orders_as_it_has_slots():
    orders = [[(in_aisle(1), 2)] for _ in range(8)]

    runs = laid_out(*orders, slots=4)

    assert [len(run["orders"]) for run in runs] == [4, 4]


def test_orders_of_the_same_aisles_ride_together():
    here, there = [(in_aisle(1), 2)], [(in_aisle(5), 2)]

    runs = laid_out(here, there, here, there, slots=2)

    assert [run["orders"] for run in runs] == [[1, 3], [2, 4]]
    assert [run["why"] for run in runs] == ["same_aisles", "same_aisles"]


def test_a_large_order_takes_several_slots():
    large, small = [(in_aisle(1), 3 * UNITS_A_TOTE)], [(in_aisle(1), 2)]

    runs = laid_out(large, small, small, slots=4)

    assert [(run["orders"], run["totes"]) for run in runs] == [([1, 2], 4), ([3], 1)]


def test_an_order_that_fills_a_cart_rides_alone():
    huge, small = [(in_aisle(2), 4_280)], [(in_aisle(2), 2)]

    runs = laid_out(huge, small, slots=6)

    assert [(run["orders"], run["why"]) for run in runs] == [
        ([1], "fills_a_cart"),
        ([2], "rides_alone"),
    ]
    assert runs[0]["totes"] == ceil(4_280 / UNITS_A_TOTE)


def test_what_lies_in_one_bin_is_taken_in_one_stop():
    here, there = in_aisle(1), in_aisle(2)

    [run] = laid_out([(here, 2), (there, 1)], [(there, 2), (here, 1)])

    assert run["stops"] == [1, 4, 2, 3]


def test_the_most_urgent_order_rides_on_the_first_cart():
    orders = [[(in_aisle(6), 2)], *([[(in_aisle(1), 2)]] * 3)]

    runs = laid_out(*orders, slots=2)

    assert 1 in runs[0]["orders"]


lines = st.tuples(st.sampled_from([place[0] for place in PLACES]), st.integers(1, 4_280))
orders = st.lists(st.lists(lines, min_size=1, max_size=12), max_size=40)
carts = st.integers(1, 12)


@given(orders, carts)
def test_every_promised_unit_is_in_exactly_one_stop(given_orders, slots):
    runs = laid_out(*given_orders, slots=slots)

    taken = sorted(number for run in runs for number in run["stops"])
    assert taken == list(range(1, sum(map(len, given_orders)) + 1))


@given(orders, carts)
def test_every_order_rides_once_and_no_cart_carries_more_than_it_holds(given_orders, slots):
    runs = laid_out(*given_orders, slots=slots)

    riding = sorted(fo for run in runs for fo in run["orders"])
    assert riding == list(range(1, len(given_orders) + 1))
    crowded = [run for run in runs if run["kind"] == "cluster" and run["totes"] > slots]
    assert all(run["why"] == "fills_a_cart" and len(run["orders"]) == 1 for run in crowded)


@given(orders, carts)
def test_every_order_has_totes_for_all_its_units(given_orders, slots):
    for run in laid_out(*given_orders, slots=slots):
        units = sum(units for fo in run["orders"] for _, units in given_orders[fo - 1])
        assert run["totes"] * UNITS_A_TOTE >= units


@given(orders, carts)
def test_a_plan_is_made_again_the_same_from_what_was_kept_of_it(given_orders, slots):
    rows = [
        [fo, [[fo * 100 + n, bin_, 7, units] for n, (bin_, units) in enumerate(order)]]
        for fo, order in enumerate(given_orders, 1)
    ]
    asked = {"slots": slots, "units_a_tote": UNITS_A_TOTE, "orders": rows, "places": PLACES}

    first = grouping.PLAN.choose(asked)

    assert json.loads(json.dumps(first)) == grouping.PLAN.choose(json.loads(json.dumps(asked)))
