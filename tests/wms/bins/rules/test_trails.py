"""The points that a walk goes through."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from wms.bins.rules.trails import trail
from wms.bins.rules.walking import Edge, Point, Spot, floor, grid_edges

GRID = floor(list(grid_edges([0, 3_000, 6_000], [0, 20_000], 0, 20_000)))

spots = st.builds(
    Spot, st.sampled_from([0, 3_000, 6_000]), st.integers(0, 20_000), st.just(value=True)
) | st.builds(Spot, st.integers(0, 6_000), st.sampled_from([-1_000, 21_000]), st.just(value=False))


@given(spots, spots)
def test_a_trail_is_as_long_as_the_way(here, there):
    a, b = GRID.step_on(here), GRID.step_on(there)

    corners = trail(GRID, a, b)

    walked = sum(abs(x - u) + abs(y - v) for (x, y), (u, v) in pairwise(corners))
    assert round(walked) + a.off + b.off == GRID.between(a, b)


@given(spots, spots)
def test_a_trail_never_goes_through_a_shelf(here, there):
    corners = trail(GRID, GRID.step_on(here), GRID.step_on(there))

    for (x, y), (u, v) in pairwise(corners):
        assert (x == u and x in GRID.aisles) or (y == v and y in GRID.crosses) or (x, y) == (u, v)


def test_on_any_other_floor_it_says_what_comes_next():
    stairs = floor(
        [
            Edge(Point(0, 0), Point(0, 5_000), 9_000),
            Edge(Point(0, 5_000), Point(4_000, 9_000), 7_000),
        ]
    )

    assert trail(stairs, stairs.step_on(Spot(0, 0)), stairs.step_on(Spot(4_000, 9_000))) == [
        (0, 0),
        (4_000, 9_000),
    ]
