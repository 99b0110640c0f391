"""What really lies where, whatever the book says."""

import pytest

from wms.trial.seed.goods import Made, Printed
from wms.trial.seed.retail import MIDDLE
from wms.trial.seed.shelves import Shelved
from wms.trial.simulate.world import Goods, Loss, World

STAR = Goods("STAR")


def a_world(*stock):
    made = Made(
        "STAR",
        "Star",
        MIDDLE,
        (Printed("2000000000015", 1, "unit"), Printed("12000000000012", 12, "case")),
        10,
        10,
        10,
        10,
        "DE",
        (),
        (),
    )
    return World(stock, [made])


def test_what_is_taken_from_one_place_and_put_into_another_is_there():
    world = a_world(Shelved("A-1", "STAR", "", "", 5))

    world.take("A-1", STAR, 2)
    world.put("T-1", STAR, 2)
    world.pour("T-1", "BOX")

    assert world.here("A-1") == [(STAR, 3)]
    assert world.here("T-1") == []
    assert world.here("BOX") == [(STAR, 2)]


def test_nobody_takes_what_is_not_there():
    world = a_world(Shelved("A-1", "STAR", "", "", 1))

    with pytest.raises(AssertionError, match="A-1 holds 1"):
        world.take("A-1", STAR, 2)


def test_a_pile_is_found_by_the_lot_that_was_told_even_when_it_is_gone():
    world = a_world(Shelved("A-1", "STAR", "L1", "", 1), Shelved("A-1", "STAR", "L2", "", 4))

    assert world.find("A-1", "STAR", ("2000000000015", "L1")) == (Goods("STAR", "L1"), 1)
    assert world.find("A-1", "STAR") == (Goods("STAR", "L2"), 4)

    world.lose("A-1", Goods("STAR", "L1"), 1)

    assert world.find("A-1", "STAR", ("L1",)) == (STAR, 0)
    assert world.losses == [Loss("A-1", "STAR", 1)]


def test_only_empty_totes_are_stacked_up():
    world = a_world()
    world.put("T-1", STAR, 1)
    world.bring(["T-1", "T-2", "T-3"])
    world.stack.remove("T-2")

    for place in ("T-1", "T-2", "T-3", "BENCH-3"):
        world.stack_up(place)

    assert world.stack == ["T-3", "T-2"]


def test_units_are_counted_over_the_places_that_are_meant():
    world = a_world(Shelved("A-1", "STAR", "", "", 5), Shelved("B-1", "STAR", "", "", 7))

    assert world.units(lambda place: place.startswith("A")) == {"STAR": 5}


def test_goods_bought_long_ago_look_as_the_item_does():
    assert a_world().another("star") == STAR
