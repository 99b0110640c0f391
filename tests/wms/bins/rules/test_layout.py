from collections import Counter
from itertools import pairwise

import pytest

from wms.bins.places import Kind, Role
from wms.bins.rules.layout import LOCATION_LIMIT, Layout, faults, places

SHOP = Layout(aisles=2, bays=3, levels=2, pick_levels=(1,))


def test_a_bin_is_named_by_block_aisle_bay_and_level():
    codes = [place.code for place in places(SHOP)]

    assert codes[:3] == ["A-01-01-1", "A-01-01-2", "A-01-02-1"]
    assert codes[23] == "A-02-06-2"
    assert codes[24:] == ["DOCK-1", "BENCH-1"]


def test_codes_keep_their_length_in_a_large_house():
    codes = [
        place.code for place in places(Layout(aisles=1, bays=60, levels=10, docks=0, benches=0))
    ]

    assert codes[0] == "A-01-001-01"
    assert codes[-1] == "A-01-120-10"
    assert codes == sorted(codes)


def test_no_two_places_share_a_code_or_a_spot():
    made = list(places(Layout(blocks=2, aisles=3, bays=5, levels=2)))

    assert max(Counter(place.code for place in made).values()) == 1
    assert max(Counter((place.x_mm, place.y_mm, place.level) for place in made).values()) == 1


def test_the_upper_levels_are_reserve():
    made = [place for place in places(SHOP) if place.kind is Kind.BIN]

    assert {(place.level, place.is_pick_face, place.role) for place in made} == {
        (1, True, Role.PLAIN),
        (2, False, Role.RESERVE),
    }


def test_odd_bays_stand_left_and_even_ones_right_of_the_aisle():
    made = {place.code: place for place in places(SHOP)}
    left, right, further = made["A-01-01-1"], made["A-01-02-1"], made["A-01-03-1"]

    assert (left.side, right.side) == ("L", "R")
    assert left.x_mm < 1300 < right.x_mm
    assert left.y_mm == right.y_mm == further.y_mm - SHOP.bay_width_mm


def test_racks_stand_back_to_back_and_never_in_each_other():
    made = {place.code: place for place in places(SHOP)}

    assert made["A-02-01-1"].x_mm - made["A-01-02-1"].x_mm == SHOP.bay_depth_mm


def test_a_middle_cross_aisle_parts_the_bays():
    made = {
        place.code: place for place in places(Layout(aisles=1, bays=4, levels=1, cross_aisles=3))
    }

    ys = [made[f"A-01-0{bay}-1"].y_mm for bay in (1, 3, 5, 7)]

    assert [further - y for y, further in pairwise(ys)] == [1000, 3000, 1000]


def test_a_second_floor_begins_with_the_next_letter():
    made = [
        place.code
        for place in places(Layout(first_block=3, aisles=1, bays=1, levels=1, prefix="UP-"))
    ]

    assert made == ["UP-C-01-01-1", "UP-C-01-02-1", "UP-DOCK-1", "UP-BENCH-1"]


@pytest.mark.parametrize(
    ("layout", "where"),
    [
        (Layout(aisles=0), "aisles"),
        (Layout(aisles=100), "aisles"),
        (Layout(sides=3), "sides"),
        (Layout(bays=3, cross_aisles=5), "cross_aisles"),
        (Layout(levels=3, pick_levels=(4,)), "pick_levels"),
        (Layout(blocks=2, first_block=26), "blocks"),
        (Layout(aisles=99, bays=400), "bays"),
        (Layout(prefix="x" * 21), "prefix"),
        (Layout(aisle_width_mm=0), "aisle_width_mm"),
    ],
)
def test_numbers_that_make_no_floor_are_named(layout, where):
    assert [fault.where for fault in faults(layout)] == [where]


def test_the_largest_floor_has_as_many_bins_as_are_made_in_one_go():
    largest = Layout(aisles=10, bays=100, levels=10, docks=0, benches=0)

    assert list(faults(largest)) == []
    assert sum(1 for _ in places(largest)) == largest.bin_count == LOCATION_LIMIT
