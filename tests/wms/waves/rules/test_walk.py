"""In which order a walk stops."""

from hypothesis import given
from hypothesis import strategies as st

from wms.waves.rules.walk import Place, aisle_of, route


def a_place(number: int, aisle: int | None, y: int | None, *, x: int | None = None) -> Place:
    standing = x if x is not None else (aisle or 0) * 3_000 if y is not None else None
    return Place(number, f"A-{aisle}-{number}", 1 if aisle else None, aisle, standing, y)


def test_a_walk_goes_up_one_aisle_and_down_the_next():
    low_1, high_1 = a_place(1, 1, 1_000), a_place(2, 1, 9_000)
    low_2, high_2 = a_place(3, 2, 1_000), a_place(4, 2, 9_000)
    low_4, high_4 = a_place(5, 4, 1_000), a_place(6, 4, 9_000)

    walk = route([high_4, low_2, low_1, high_2, low_4, high_1])

    assert walk == [low_1, high_1, high_2, low_2, low_4, high_4]


def test_an_aisle_without_a_stop_does_not_turn_the_walk():
    first, last = a_place(1, 1, 5_000), a_place(2, 7, 5_000)
    further = a_place(3, 7, 1_000)

    assert route([further, last, first]) == [first, last, further]


def test_bins_that_stand_on_no_plan_come_last():
    placed, unplaced = a_place(9, 1, 1_000), a_place(1, None, None)

    assert route([unplaced, placed]) == [placed, unplaced]


def test_shelves_above_each_other_are_one_stop_after_the_other():
    upper, lower = (
        Place(2, "A-01-01-2", 1, 1, 0, 1_000),
        Place(1, "A-01-01-1", 1, 1, 0, 1_000),
    )
    beyond = Place(3, "A-01-02-1", 1, 1, 0, 2_000)

    assert route([beyond, upper, lower]) == [lower, upper, beyond]


places = st.lists(
    st.builds(
        a_place,
        st.integers(1, 500),
        st.none() | st.integers(1, 6),
        st.none() | st.integers(0, 20_000),
    ),
    unique_by=lambda place: place.id,
)


@given(places)
def test_every_bin_is_passed_once(given_places):
    assert sorted(route(given_places)) == sorted(given_places, key=lambda place: place.id)


@given(places, st.randoms())
def test_the_walk_does_not_depend_on_who_was_named_first(given_places, chance):
    shuffled = given_places.copy()
    chance.shuffle(shuffled)

    assert route(shuffled) == route(given_places)


@given(places)
def test_no_aisle_is_entered_twice(given_places):
    walk = [place for place in route(given_places) if place.x is not None and place.aisle]

    entered = [aisle_of(place) for place in walk]
    turns = [aisle for n, aisle in enumerate(entered) if n == 0 or entered[n - 1] != aisle]
    assert len(turns) == len(set(turns))
