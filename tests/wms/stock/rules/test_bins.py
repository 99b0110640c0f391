"""Which bins a promise is of."""

import json
from itertools import combinations, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.stock.rules.bins import FREE, WEIGHED_LIMIT, choose, weighed

TODAY = "2026-01-05"
LONG = "2026-09-01"


def bin_(number, free, *, code=None, expires=None, face=0, way=None):
    return [number, code or f"A-{number:02}", free, expires, face, way]


def line(quantity, *bins, free=None, item=7):
    free = sum(one[FREE] for one in bins) if free is None else free
    return {"item": item, "quantity": quantity, "free": free, "bins": list(bins)}


def inputs(*lines, hardness="hard", if_short="refuse"):
    return {
        "reference": "10482",
        "hardness": hardness,
        "if_short": if_short,
        "today": TODAY,
        "lines": list(lines),
    }


def took(quantity, *bins, **facts):
    return choose(inputs(line(quantity, *bins), **facts))["lines"][0]["took"]


@pytest.mark.parametrize(
    ("bins", "expected"),
    [
        ([bin_(1, 9, expires=LONG), bin_(2, 9, expires="2026-02-01")], [[2, 4]]),
        ([bin_(1, 9, expires=LONG), bin_(2, 9)], [[1, 4]]),
        ([bin_(1, 9), bin_(2, 9, face=1)], [[2, 4]]),
        ([bin_(1, 3), bin_(2, 5)], [[2, 4]]),
        ([bin_(2, 9), bin_(1, 9)], [[1, 4]]),
        ([bin_(1, 1), bin_(2, 3), bin_(3, 1)], [[2, 3], [1, 1]]),
        ([bin_(1, 9, way=9_000), bin_(2, 9, way=2_000)], [[2, 4]]),
        ([bin_(1, 9), bin_(2, 9, way=2_000)], [[2, 4]]),
        ([bin_(1, 9, way=9_000), bin_(2, 3, way=2_000)], [[1, 4]]),
        ([bin_(1, 2, way=9), bin_(2, 3, way=8), bin_(3, 2, way=1)], [[2, 3], [3, 1]]),
        ([bin_(1, 9, expires="2026-01-04"), bin_(2, 9)], [[2, 4]]),
        ([bin_(1, 9, expires=TODAY), bin_(2, 9)], [[1, 4]]),
        ([bin_(1, 3, expires=LONG, face=1), bin_(2, 3, expires=LONG)], [[1, 3], [2, 1]]),
    ],
    ids=[
        "expires first",
        "an expiry before none",
        "pick face first",
        "one bin instead of two",
        "the lowest code",
        "as few bins as can be",
        "the nearest",
        "a known way before none",
        "one bin before a shorter walk to two",
        "the nearest of those that fill it up",
        "nothing expired",
        "good through its last day",
        "pick face, then reserve",
    ],
)
def test_the_order_in_which_bins_are_taken(bins, expected):
    assert took(4, *bins) == expected


def test_every_bin_passed_over_has_a_reason():
    bins = [
        bin_(1, 9, expires="2026-01-01"),
        bin_(2, 9, expires=LONG),
        bin_(3, 9, expires="2026-02-01"),
        bin_(4, 9, expires="2026-02-01", face=1),
        bin_(5, 2, expires="2026-02-01", face=1),
        bin_(6, 9, expires="2026-02-01", face=1),
        bin_(7, 9, expires="2026-02-01", face=1, way=500_000),
        bin_(8, 9, expires="2026-02-01", face=1, way=100),
    ]
    bins[3][5] = bins[5][5] = 300

    [said] = choose(inputs(line(4, *bins)) | {"avoid": [8]})["lines"]

    assert said["took"] == [[4, 4]]
    assert dict(said["passed"]) == {
        1: "expired",
        2: "expires_later",
        3: "no_pick_face",
        5: "more_bins",
        6: "higher_code",
        7: "farther",
        8: "avoided",
    }


def test_units_that_are_free_in_bins_but_promised_without_a_bin_are_not_taken():
    [said] = choose(inputs(line(4, bin_(1, 9), free=3)))["lines"]

    assert (said["promised"], said["short"], said["took"]) == (0, 1, [])


def test_a_soft_promise_looks_at_no_bin():
    choice = choose(inputs(line(4, free=5), hardness="soft"))

    assert choice["granted"]
    assert [(one["promised"], one["took"]) for one in choice["lines"]] == [(4, [])]


def test_one_short_line_refuses_them_all_unless_the_request_takes_what_is_there():
    lines = (line(1, bin_(1, 5)), line(3, bin_(2, 2), item=8))

    strict, easy = (
        choose(inputs(*lines, if_short=say)) for say in ("refuse", "take_what_is_there")
    )

    assert (strict["granted"], easy["granted"]) == (False, True)
    assert [one["promised"] for one in strict["lines"]] == [0, 0]
    assert [one["promised"] for one in easy["lines"]] == [1, 2]


def test_of_very_many_bins_the_best_are_weighed_and_enough_of_them():
    many = [bin_(n, 1, expires=LONG) for n in range(1, 301)]
    early = bin_(301, 1, expires="2026-02-01")
    gone = bin_(302, 1000, expires="2026-01-01")

    few, whole = (weighed([*many, gone, early], quantity, TODAY) for quantity in (3, 200))

    assert len(few) == WEIGHED_LIMIT
    assert few[0] == early
    assert len(whole) == 200
    assert gone not in whole


BINS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from([None, "2026-01-01", "2026-02-01", LONG]),
        st.integers(0, 1),
    ),
    max_size=6,
).map(
    lambda rows: [
        bin_(n + 1, free, expires=day, face=face) for n, (free, day, face) in enumerate(rows)
    ]
)


@given(BINS, st.integers(1, 30), st.integers(0, 40))
def test_whatever_lies_where_the_choice_is_right(bins, quantity, free):
    asked = inputs(line(quantity, *bins, free=free), if_short="take_what_is_there")
    [said] = choose(asked)["lines"]
    by_number = {one[0]: one for one in bins}
    usable = [one for one in bins if one[3] is None or one[3] >= TODAY]
    there = sum(one[FREE] for one in usable)
    given = dict(said["took"])

    assert sum(given.values()) == said["promised"] == min(quantity, free, there)
    assert said["short"] == quantity - said["promised"]
    assert all(0 < units <= by_number[number][FREE] for number, units in given.items())
    assert all(by_number[number] in usable for number in given)
    assert _nothing_better_was_left(usable, given)
    assert _no_bin_too_many(usable, given)
    assert choose(json.loads(json.dumps(asked)))["lines"] == [said]


def _rank(one):
    return (one[3] or "9", -one[4])


def _nothing_better_was_left(usable, given):
    """Where a group gives, every group before it gave all it had."""
    worst = max((_rank(one) for one in usable if one[0] in given), default=None)
    return worst is None or all(
        given.get(one[0]) == one[FREE] for one in usable if _rank(one) < worst
    )


def _no_bin_too_many(usable, given):
    for _, group in groupby(sorted(usable, key=_rank), key=_rank):
        bins = list(group)
        units = sum(given.get(one[0], 0) for one in bins)
        count = sum(one[0] in given for one in bins)
        if any(
            sum(one[FREE] for one in fewer) >= units
            for size in range(count)
            for fewer in combinations(bins, size)
        ):
            return False
    return True
