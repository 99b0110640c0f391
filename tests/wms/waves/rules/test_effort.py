"""How long a trip takes."""

from wms.waves.rules import effort


def test_a_longer_walk_takes_longer():
    near = effort.seconds(mm=50_000, totes=1, places=4, lines=4, units=4)
    far = effort.seconds(mm=250_000, totes=1, places=4, lines=4, units=4)

    assert far - near == 200_000 / effort.WALK_MM_A_SECOND


def test_an_empty_trip_is_a_cart_taken_and_set_down():
    assert effort.seconds(mm=0, totes=0, places=0, lines=0, units=0) == effort.RUN_S


def test_twelve_lines_in_a_tote_take_some_minutes():
    assert 3 * 60 < effort.seconds(mm=120_000, totes=2, places=12, lines=12, units=103) < 12 * 60
