from hypothesis import given
from hypothesis import strategies as st

from wms.bins.rules import layout as floors
from wms.bins.rules.layout import Layout
from wms.bins.rules.walking import Edge, Grid, Paths, Point, Spot, distances, floor, grid_edges

SMALL = Layout(blocks=1, aisles=3, bays=4, levels=1, sides=2, cross_aisles=2)
"""Aisles at x 1300, 3900, 6500; cross aisles at y 0 and 6000; bays at y 1500 to 4500."""


def way(on, here, there):
    [[distance]] = distances(on, [here], [there])
    return distance


def test_along_one_aisle_the_way_is_straight():
    on = floor(list(floors.edges(SMALL)))

    assert way(on, Spot(300, 1500, is_in_aisle=True), Spot(2300, 4500, is_in_aisle=True)) == 3000


def test_across_the_aisle_is_no_way_at_all():
    on = floor(list(floors.edges(SMALL)))

    assert way(on, Spot(300, 1500, is_in_aisle=True), Spot(2300, 1500, is_in_aisle=True)) == 0


def test_into_the_next_aisle_the_way_leads_through_the_nearer_cross_aisle():
    on = floor(list(floors.edges(SMALL)))
    near_front = Spot(300, 1500, is_in_aisle=True)

    assert way(on, near_front, Spot(4900, 1500, is_in_aisle=True)) == 1500 + 2600 + 1500
    assert way(on, near_front, Spot(4900, 4500, is_in_aisle=True)) == 1500 + 2600 + 4500


def test_a_dead_end_is_walked_out_of_the_way_one_came():
    on = floor(list(floors.edges(Layout(aisles=2, bays=4, cross_aisles=1))))
    far = 1000 + 3 * 1000 + 500

    assert (
        way(on, Spot(300, far, is_in_aisle=True), Spot(4900, far, is_in_aisle=True))
        == far + 2600 + far
    )


def test_a_dock_far_from_the_path_is_walked_to():
    on = floor(list(floors.edges(SMALL)))

    assert way(on, Spot(1300, -5000), Spot(300, 1500, is_in_aisle=True)) == 3000 + 1500


def test_no_path_no_way():
    here, there = Spot(0, 0), Spot(10, 10)

    assert way(floor([]), here, there) is None
    assert way(floor(list(grid_edges([0, 5000], [], 0, 9000))), here, Spot(5000, 10)) is None


def test_two_floors_without_stairs_are_apart():
    lower = Edge(Point(0, 0), Point(0, 1000), 1000)
    upper = Edge(Point(50_000, 0), Point(50_000, 1000), 1000)
    stairs = Edge(Point(0, 1000), Point(50_000, 1000), 9_000)

    assert way(Paths([lower, upper]), Spot(0, 0), Spot(50_000, 0)) is None
    assert way(floor([lower, upper, stairs]), Spot(0, 0), Spot(50_000, 0)) == 11_000


def test_a_floor_with_a_gap_in_a_cross_aisle_is_no_grid():
    whole = list(floors.edges(SMALL))
    gap = [edge for edge in whole if edge.start != Point(1300, 0) or edge.runs_along_y]

    assert isinstance(floor(whole), Grid)
    assert isinstance(floor(gap), Paths)


layouts = st.builds(
    Layout,
    blocks=st.integers(1, 3),
    aisles=st.integers(1, 4),
    bays=st.integers(6, 12),
    levels=st.just(1),
    sides=st.integers(1, 2),
    cross_aisles=st.integers(1, 4),
    docks=st.integers(0, 2),
    bay_width_mm=st.integers(600, 3_000),
    aisle_width_mm=st.integers(900, 4_000),
    cross_width_mm=st.integers(900, 4_000),
)


@given(layout=layouts, data=st.data())
def test_the_closed_form_agrees_with_dijkstra(layout, data):
    edges = list(floors.edges(layout))
    places = list(floors.places(layout))
    some = data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=6))
    loose = data.draw(
        st.lists(
            st.builds(Spot, st.integers(-9_000, 60_000), st.integers(-9_000, 60_000)), max_size=2
        )
    )
    spots = [Spot(place.x_mm, place.y_mm, place.aisle is not None) for place in some] + loose

    known, searched = floor(edges), Paths(edges)

    assert isinstance(known, Grid)
    for row, expected in zip(
        distances(known, spots, spots), distances(searched, spots, spots), strict=True
    ):
        assert row == expected


@given(layout=layouts)
def test_the_way_there_is_as_long_as_the_way_back_and_no_detour_is_shorter(layout):
    on = floor(list(floors.edges(layout)))
    spots = [
        Spot(place.x_mm, place.y_mm, place.aisle is not None) for place in floors.places(layout)
    ][::7]

    ways = distances(on, spots, spots)

    for a in range(len(spots)):
        for b in range(len(spots)):
            assert ways[a][b] == ways[b][a]
            assert all(ways[a][b] <= ways[a][c] + ways[c][b] for c in range(len(spots)))
