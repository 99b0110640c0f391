"""A walk as plain figures."""

from wms.bins.queries import Stand
from wms.waves.drawing import REACH, Walk, draw

NOWHERE = Walk([], [], None)


def test_a_house_without_a_plan_has_no_picture():
    assert draw([], NOWHERE) is None


def test_everything_lies_within_the_picture():
    stands = [Stand(x, y, "bin", "A", "B") for x in (0, 3_000, 90_000) for y in (0, 20_000)]
    walk = Walk([(-500, -2_000), (3_000, 20_000)], [(3_000, 20_000, "A")], (-500, -2_000, "BENCH"))

    picture = draw(stands, walk)

    spots = [*picture.stops, picture.start]
    assert all(0 < spot.x < picture.width and 0 < spot.y < picture.height for spot in spots)
    assert max(picture.width, picture.height) < REACH + 100


def test_what_is_further_from_the_docks_is_higher_up():
    stands = [Stand(0, 0, "bin", "A", "A"), Stand(0, 20_000, "bin", "B", "B")]
    walk = Walk([], [(0, 0, "near"), (0, 20_000, "far")], None)

    near, far = draw(stands, walk).stops

    assert far.y < near.y


def test_one_bin_alone_can_be_drawn():
    assert draw([Stand(5, 5, "bin", "A", "A")], NOWHERE).shelves
