"""Taking back what was done last, ten deep, as far as nothing went on."""

import pytest

from wms.packing import actions as packing
from wms.picking import actions as picking


def test_everything_up_to_the_weight_is_taken_back_step_by_step(bench):
    [fo] = bench.pick([("MUG", 2)])
    before = bench.books()
    box = bench.pack(fo, "S")

    verbs = [bench.do(packing.undo).verb for _ in range(4)]

    assert verbs == ["weigh", "close", "put_in", "open"]
    assert bench.fo_state(fo) == "picked"
    assert bench.package(box).state == "void"
    assert bench.books() == before
    with pytest.raises(packing.NothingToUndo):
        bench.do(packing.undo)
    assert bench.broken() == []


def test_an_asked_label_keeps_the_weight_from_being_taken_back(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.do(packing.label_asked, package_id=box, words={})

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)


def test_a_seen_label_is_taken_back_and_what_left_is_not(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.label(box)
    bench.do(packing.stage, package_id=box)

    undone = bench.do(packing.undo).verb
    state = bench.package(box).state
    bench.do(packing.stage, package_id=box)
    bench.do(packing.hand_over, package_id=box)
    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)

    assert (undone, state) == ("stage", "labelled")


def test_what_was_taken_out_goes_in_again(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.put_in(box, tote, mugs)
    bench.take_out(box, tote, mugs, 1)

    bench.do(packing.undo)

    assert bench.inside(box) == {"MUG": 2}
    assert bench.broken() == []


def test_a_box_that_was_opened_again_is_closed_and_weighed_as_it_was(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.do(packing.reopen, package_id=box)

    bench.do(packing.undo)

    again = bench.package(box)
    assert (again.state, again.weight_g, again.box_type_id) == ("weighed", 660, bench.boxes["S"])
    assert bench.fo_state(fo) == "packed"
    assert bench.broken() == []


def test_units_do_not_go_back_into_a_tote_that_is_free(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    bench.fill(fo)
    bench.do(picking.empty_tote, tote_id=bench.totes(fo)[0])

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)


def test_missing_units_are_not_found_by_undoing(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.do(packing.missing, **bench.thing(tote, mugs, 1))

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)


def test_nothing_of_a_stopped_order_is_undone(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    bench.fill(fo)
    bench.hold(fo)

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)


def test_everybody_takes_back_their_own(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    bench.fill(fo)

    with pytest.raises(packing.NothingToUndo):
        bench.do(packing.undo, by=bench.people["Sam"].id)


def test_ten_acts_in_a_row_are_taken_back_and_no_more(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 6)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    for _ in range(6):
        bench.put_in(box, tote, mugs, 1)
        bench.take_out(box, tote, mugs, 1)

    for _ in range(10):
        bench.do(packing.undo)

    with pytest.raises(packing.NothingToUndo):
        bench.do(packing.undo)
