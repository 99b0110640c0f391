"""Which box takes what."""

from hypothesis import given
from hypothesis import strategies as st

from wms.packing.rules.boxes import CARTONIZE, FULL, cartonize

SMALL = {"id": 1, "name": "S", "sizes": [200, 150, 100], "carries_g": 5_000}
MIDDLE = {"id": 2, "name": "M", "sizes": [300, 200, 200], "carries_g": 10_000}
LARGE = {"id": 3, "name": "L", "sizes": [600, 400, 400], "carries_g": 20_000}
ALL = [LARGE, SMALL, MIDDLE]


def thing(item=1, units=1, sizes=(100, 100, 50), weight_g=200):
    return {"item": item, "units": units, "sizes": list(sizes), "weight_g": weight_g}


def chosen(*things, boxes=ALL):
    return cartonize({"things": list(things), "boxes": boxes})


def test_the_smallest_box_that_has_the_room_is_taken_and_the_others_are_offered():
    choice = chosen(thing(units=2))

    assert [parcel["box"] for parcel in choice["parcels"]] == [1]
    assert [other["box"] for other in choice["alternatives"]] == [2, 3]
    assert choice["parcels"][0]["fill"] == 33
    assert choice["why"] == "one_box"


def test_a_thing_longer_than_a_box_takes_a_longer_box():
    choice = chosen(thing(sizes=(250, 20, 20)))

    assert choice["parcels"][0]["box"] == 2


def test_a_thing_may_be_turned():
    choice = chosen(thing(sizes=(100, 150, 200)))

    assert choice["parcels"][0]["box"] == 1


def test_a_box_too_weak_is_not_taken():
    choice = chosen(thing(units=3, weight_g=2_000))

    assert choice["parcels"][0]["box"] == 2


def test_several_things_do_not_fill_a_box_to_its_last_corner():
    choice = chosen(thing(units=6))

    assert choice["parcels"][0]["box"] == 2


def test_what_no_box_takes_goes_into_several_the_last_as_small_as_it_can_be():
    choice = chosen(thing(units=101, weight_g=200))

    boxes = [parcel["box"] for parcel in choice["parcels"]]
    units = [sum(some for _, some in parcel["units"]) for parcel in choice["parcels"]]
    assert choice["why"] == "several"
    assert (boxes, sum(units)) == ([3, 1], 101)


def test_what_goes_into_no_box_at_all_gets_none():
    choice = chosen(thing(sizes=(2_000, 20, 20)))

    assert (choice["parcels"], choice["why"]) == ([], "too_large")


def test_where_sizes_are_not_known_the_plan_is_a_guess():
    choice = chosen(thing(sizes=(100, None, 50)))

    assert choice["is_guess"] is True
    assert choice["parcels"][0]["box"] == 1


def test_without_boxes_there_is_no_plan():
    assert chosen(thing(), boxes=[])["parcels"] == []


def test_the_rule_is_kept_under_its_name():
    assert (CARTONIZE.name, CARTONIZE.version) == ("packing.cartonize", 1)


SIZES = st.integers(1, 700)
THINGS = st.lists(
    st.builds(
        thing,
        st.integers(1, 5),
        st.integers(1, 60),
        st.tuples(SIZES, SIZES, SIZES),
        st.integers(1, 9_000),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one["item"],
)


@given(THINGS)
def test_a_plan_packs_every_unit_into_boxes_that_can_take_them(things):
    choice = chosen(*things)
    packed: dict[int, int] = {}
    known = {one["item"]: one for one in things}
    boxes = {one["id"]: one for one in ALL}
    for parcel in choice["parcels"]:
        box = boxes[parcel["box"]]
        inside = dict(parcel["units"])
        volume = weight = 0
        for item, units in inside.items():
            one = known[item]
            packed[item] = packed.get(item, 0) + units
            weight += one["weight_g"] * units
            volume += one["sizes"][0] * one["sizes"][1] * one["sizes"][2] * units
            longest = sorted(one["sizes"], reverse=True)
            assert all(
                mine <= its for mine, its in zip(longest, sorted(box["sizes"])[::-1], strict=True)
            )
        room = box["sizes"][0] * box["sizes"][1] * box["sizes"][2]
        assert weight <= box["carries_g"]
        assert volume * 100 <= room * (100 if sum(inside.values()) == 1 else FULL)

    if choice["parcels"]:
        assert packed == {one["item"]: one["units"] for one in things}
