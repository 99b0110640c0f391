"""Units found wrong once they are in a box: out of it, to a named place, and the order gets others."""

import pytest
from sqlalchemy import select

from tests import kit
from tests.wms.packing.unsteady import books
from wms.cases.tables import ExceptionCase
from wms.moving import actions as moving
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


def test_a_box_whose_label_is_being_bought_keeps_its_units(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo)
    bench.do(packing.label_asked, package_id=box, words={})

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

    verb = bench.do(packing.undo).verb

    again = bench.package(box)
    assert verb == "missing"
    assert (again.state, again.weight_g, bench.inside(box)) == ("weighed", weight, {"MUG": 3})
    assert bench.fo_state(fo) == "packed"
    bench.settle()
    assert bench.broken() == []


def test_the_only_unit_is_taken_back_and_its_box_stands_there_again(bench):
    [fo] = bench.pick([("MUG", 1)])
    box = bench.pack(fo, "S")
    before = books(bench)
    bench.set_aside(box, _held(bench, box, "MUG"))
    bench.settle()

    bench.do(packing.undo)

    assert books(bench) == before
    assert bench.broken() == []
    bench.settle()
    bench.ship(box)
    assert bench.fo_state(fo) == "shipped"
    assert bench.broken() == []


def test_what_lay_there_instead_is_taken_back_with_its_walk_and_its_case(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    before = books(bench)
    _swap(bench, box)
    apart = kit.held(bench.database, bench.place, bench.items["CLOCK"], "quarantine")

    bench.do(packing.undo)

    assert (apart, books(bench)) == (1, before)
    with bench.database.read() as session:
        assert [task.state for task in session.scalars(select(MoveTask))] == ["cancelled"]
        assert [case.state for case in session.scalars(select(ExceptionCase))] == ["closed"]
    bench.settle()
    assert bench.broken() == []


def test_what_is_carried_away_already_is_not_taken_back(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    _swap(bench, box)
    with bench.database.read() as session:
        task = session.scalars(select(MoveTask)).one()
    bench.do(moving.claim, move_task_id=task.id)
    bench.do(moving.lift, move_task_id=task.id, quantity=1)
    before = books(bench)

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)

    assert books(bench) == before
    assert bench.broken() == []


def test_the_case_of_two_things_stays_until_the_first_is_taken_back(bench):
    [fo] = bench.pick([("MUG", 3)])
    box = bench.pack(fo, "S")
    _swap(bench, box)
    _swap(bench, box)

    states = []
    for _ in range(2):
        bench.do(packing.undo)
        with bench.database.read() as session:
            states += [case.state for case in session.scalars(select(ExceptionCase))]

    assert states == ["open", "closed"]
    assert bench.broken() == []


def _swap(bench, box):
    """Find a clock in the place of a mug."""
    held = _held(bench, box, "MUG")
    bench.do(
        packing.set_aside,
        package_id=box,
        **bench.thing(held.tote_id, held, 1),
        place_id=None,
        instead=packing.Instead(bench.items["CLOCK"], bench.place),
    )


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
