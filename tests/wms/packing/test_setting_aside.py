"""Units found wrong once they are in a box: out of it, to a named place, and the order gets others."""

import pytest
from sqlalchemy import select

from tests import kit
from wms.moving.tables import MoveTask
from wms.packing import actions as packing
from wms.packing.tables import PackageItem
from wms.picking import actions as picking


def test_a_damaged_unit_leaves_a_weighed_box_whose_tote_is_put_away(bench):
    [fo] = bench.pick([("MUG", 3), ("LAMP", 1)])
    box = bench.pack(fo)
    _put_the_tote_away(bench, fo)

    after = bench.set_aside(box, _held(bench, box, "MUG"))

    assert (after, bench.package(box).state) == ("packing", "open")
    assert bench.inside(box) == {"MUG": 2, "LAMP": 1}
    assert kit.held(bench.database, bench.place, bench.items["MUG"], "damaged") == 1
    with bench.database.read() as session:
        task = session.scalars(select(MoveTask)).one()
    assert (task.source_id, task.status, task.kind) == (bench.place, "damaged", "relocate")
    bench.close(box)
    bench.weigh(box)
    bench.ship(box)
    assert bench.fo_state(fo) == "shipped"
    bench.settle()
    assert bench.broken() == []


def test_a_unit_that_is_not_in_the_box_after_all_is_lost(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo)

    held = _held(bench, box, "MUG")
    bench.do(packing.set_aside, package_id=box, **bench.thing(held.tote_id, held, 1), place_id=None)

    assert bench.inside(box) == {"MUG": 1}
    assert kit.held(bench.database, bench.place, bench.items["MUG"], "damaged") == 0
    bench.settle()
    assert bench.broken() == []


def test_the_only_unit_of_an_order_lets_it_wait_for_another(bench):
    [fo] = bench.pick([("MUG", 1)])
    box = bench.pack(fo, "S")
    _put_the_tote_away(bench, fo)

    after = bench.set_aside(box, _held(bench, box, "MUG"))

    assert (after, bench.package(box).state) == ("backordered", "void")
    bench.settle()
    assert bench.broken() == []


def test_what_stands_labelled_beside_the_emptied_box_is_all_there_is(bench):
    [fo] = bench.pick([("MUG", 1), ("LAMP", 1)])
    first = bench.open(fo)
    (tote, mug), (_, lamp) = bench.waiting(fo)
    bench.put_in(first, tote, mug)
    bench.close(first)
    bench.weigh(first)
    bench.label(first)
    second = bench.do(packing.open_package, fo_id=fo, station_id=bench.station)
    bench.put_in(second, tote, lamp)

    bench.set_aside(second, _held(bench, second, "LAMP"))

    assert bench.package(second).state == "void"
    assert bench.fo_state(fo) == "packed"
    bench.do(packing.stage, package_id=first)
    bench.do(packing.hand_over, package_id=first)
    assert bench.fo_state(fo) == "shipped"
    bench.settle()
    assert bench.broken() == []


def test_a_box_whose_label_is_paid_for_keeps_its_units(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo)
    bench.label(box)

    with pytest.raises(packing.LabelInTheWay):
        bench.set_aside(box, _held(bench, box, "MUG"))


def test_more_than_is_in_the_box_does_not_come_out(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo)
    held = _held(bench, box, "MUG")

    with pytest.raises(packing.NotInBox):
        bench.do(
            packing.set_aside,
            package_id=box,
            **bench.thing(held.tote_id, held, 3),
            place_id=bench.place,
        )


def test_setting_aside_is_taken_back_and_the_box_closed_and_weighed_as_it_was(bench):
    [fo] = bench.pick([("MUG", 3)])
    box = bench.pack(fo, "S")
    weight = bench.package(box).weight_g
    bench.set_aside(box, _held(bench, box, "MUG"))

    verbs = [bench.do(packing.undo).verb for _ in range(2)]

    again = bench.package(box)
    assert verbs == ["missing", "reopen"]
    assert (again.state, again.weight_g, bench.inside(box)) == ("weighed", weight, {"MUG": 3})
    assert bench.fo_state(fo) == "packed"
    bench.settle()
    assert bench.broken() == []


def _held(bench, box, sku):
    with bench.database.read() as session:
        return session.scalars(
            select(PackageItem).where(
                PackageItem.package_id == box,
                PackageItem.item_id == bench.items[sku],
                PackageItem.quantity > 0,
            )
        ).one()


def _put_the_tote_away(bench, fo):
    for tote in bench.totes(fo):
        bench.do(picking.empty_tote, tote_id=tote)
