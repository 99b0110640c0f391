"""Which weights can be right."""

import pytest

from wms.packing.rules.weights import grams_off, tolerance


@pytest.mark.parametrize(
    ("expected", "least", "most"), [(10, 1, 90), (500, 470, 580), (10_000, 9_600, 11_000)]
)
def test_a_box_may_be_a_little_lighter_and_more_heavier(expected, least, most):
    may = tolerance(expected)

    assert (may.least_g, may.most_g) == (least, most)
    assert grams_off(least, expected) == grams_off(most, expected) == 0


def test_what_is_off_is_told_with_its_sign():
    assert grams_off(9_599, 10_000) == -401
    assert grams_off(11_001, 10_000) == 1_001


def test_where_nobody_knows_what_it_should_weigh_nothing_is_off():
    assert grams_off(99_999, None) == 0
