"""What becomes of what came back, and on which lines it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wms.returns.grades import Disposition, Grade, disposition
from wms.returns.rules import Owed, allot


@pytest.mark.parametrize(
    ("grade", "fate"),
    [
        (Grade.LIKE_NEW, Disposition.RESTOCK),
        (Grade.OPENED, Disposition.QUARANTINE),
        (Grade.WORN, Disposition.QUARANTINE),
        (Grade.UNSELLABLE, Disposition.SCRAP),
    ],
)
def test_a_grade_says_what_becomes_of_units(grade, fate):
    assert disposition(grade, is_known=True) is fate


@pytest.mark.parametrize("grade", list(Grade))
def test_what_nobody_knows_is_set_aside_whatever_its_grade(grade):
    assert disposition(grade, is_known=False) is Disposition.QUARANTINE


def test_lines_that_were_announced_come_first():
    owed = [Owed(1, left=3), Owed(2, left=2, advised=1)]

    assert list(allot(2, owed)) == [(2, 1), (1, 1)]


def test_units_go_on_in_the_order_in_which_they_were_bought():
    assert list(allot(4, [Owed(1, left=3), Owed(2, left=2)])) == [(1, 3), (2, 1)]


@given(
    some.integers(0, 40),
    some.lists(some.tuples(some.integers(0, 9), some.integers(0, 12)), max_size=6),
)
def test_no_line_gets_more_than_it_is_owed_and_nothing_is_lost_before_all_are_full(units, lines):
    owed = [Owed(number, left, advised) for number, (left, advised) in enumerate(lines)]

    got: dict[int, int] = {}
    for line, taken in allot(units, owed):
        assert taken > 0
        got[line] = got.get(line, 0) + taken

    assert all(got.get(one.order_line_id, 0) <= one.left for one in owed)
    assert sum(got.values()) == min(units, sum(one.left for one in owed))
