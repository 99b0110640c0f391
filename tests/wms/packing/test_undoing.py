"""Taking back what was done last, ten deep, as far as nothing went on."""

import pytest
from sqlalchemy import select

from tests import kit
from tests.wms.packing.unsteady import books
from wms.moving import actions as moving
from wms.moving.tables import MoveTask
from wms.orders import actions as orders
from wms.orders.tables import FulfillmentOrder
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


def test_missing_units_are_found_again_by_undoing(bench):
    [fo] = bench.pick([("MUG", 3), ("LAMP", 1)])
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    before = books(bench)
    bench.do(packing.missing, **bench.thing(tote, mugs, 1))
    bench.do(packing.missing, **bench.thing(tote, lamp))
    bench.settle()

    assert [bench.do(packing.undo).verb for _ in range(2)] == ["missing", "missing"]

    assert _left(bench, fo) == {"MUG": 3, "LAMP": 1}
    assert books(bench) == before
    bench.settle()
    assert bench.broken() == []
    for place, one in bench.waiting(fo):
        bench.put_in(box, place, one)
    bench.close(box)
    bench.weigh(box)
    bench.ship(box)
    assert bench.fo_state(fo) == "shipped"
    assert bench.broken() == []


def test_what_was_missing_after_the_last_box_was_weighed_is_found_again(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    bench.put_in(box, tote, lamp)
    bench.close(box)
    bench.weigh(box)
    bench.do(packing.missing, **bench.thing(tote, mugs))
    packed = bench.fo_state(fo)

    bench.do(packing.undo)

    assert (packed, bench.fo_state(fo)) == ("packed", "packing")
    assert _left(bench, fo) == {"MUG": 2}
    assert bench.broken() == []


def test_an_order_of_which_everything_was_missing_is_there_again(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.do(packing.missing, **bench.thing(tote, mugs))
    waits = bench.fo_state(fo)
    bench.settle()

    bench.do(packing.undo)

    assert (waits, bench.fo_state(fo)) == ("backordered", "picked")
    bench.settle()
    assert bench.broken() == []
    bench.ship(bench.pack(fo, "S"))
    assert bench.fo_state(fo) == "shipped"
    bench.settle()
    assert bench.broken() == []


def test_goods_that_were_promised_for_what_was_missing_are_free_again(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    bench.open(fo)
    (tote, mugs), _ = bench.waiting(fo)
    before = books(bench)
    bench.do(packing.missing, **bench.thing(tote, mugs))
    bench.act(_free)
    with bench.database.read() as session:
        rest = session.scalars(select(FulfillmentOrder).where(FulfillmentOrder.id > fo)).one()

    bench.do(packing.undo)

    assert rest.state == "allocated"
    assert bench.state(FulfillmentOrder, rest.id) == "cancelled"
    assert books(bench) == before
    bench.settle()
    assert bench.broken() == []


def test_what_is_picked_anew_is_not_found_again(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    bench.open(fo)
    (tote, mugs), _ = bench.waiting(fo)
    bench.do(packing.missing, **bench.thing(tote, mugs))
    bench.act(_free)
    bench.release()

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)


def test_what_waits_whole_for_missing_units_goes_on_when_they_are_found(bench):
    shop = kit.a_channel(bench.database, "whole", ships_partly=False)
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)], channel_id=shop)
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    bench.put_in(box, tote, lamp)
    bench.do(packing.missing, **bench.thing(tote, mugs, 1))
    waits = bench.fo_state(fo)

    bench.do(packing.undo)

    assert (waits, bench.fo_state(fo)) == ("awaiting_stock", "packing")
    bench.put_in(box, tote, mugs, 2)
    bench.close(box)
    bench.weigh(box)
    assert bench.fo_state(fo) == "packed"
    bench.settle()
    assert bench.broken() == []


def test_an_order_that_missed_everything_waits_for_as_much_as_before(bench):
    shop = kit.a_channel(bench.database, "whole", ships_partly=False)
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)], channel_id=shop)
    bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    for one in (mugs, lamp):
        bench.do(packing.missing, **bench.thing(tote, one))
    bench.settle()

    states = [bench.fo_state(fo)]
    for _ in range(2):
        bench.do(packing.undo)
        states.append(bench.fo_state(fo))

    assert states == ["backordered", "awaiting_stock", "picked"]
    assert _left(bench, fo) == {"MUG": 2, "LAMP": 1}
    bench.settle()
    assert bench.broken() == []


def test_missing_units_are_not_found_in_a_tote_that_is_put_away(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.do(packing.missing, **bench.thing(tote, mugs))
    bench.do(picking.empty_tote, tote_id=tote)

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)


def test_a_damaged_unit_goes_back_into_its_tote_until_somebody_moves_it_away(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    facts = {**bench.thing(tote, mugs, 1), "place_id": bench.place}
    bench.do(packing.missing, **facts)
    lay = kit.held(bench.database, bench.place, bench.items["MUG"], "damaged")

    bench.do(packing.undo)
    left = _left(bench, fo)
    bench.do(packing.missing, **facts)
    with bench.database.read() as session:
        first, second = session.scalars(select(MoveTask).order_by(MoveTask.id)).all()
    for act, more in ((moving.claim, {}), (moving.lift, {"quantity": 1})):
        bench.do(act, move_task_id=second.id, **more)

    assert (lay, left, first.state) == (1, {"MUG": 2}, "cancelled")
    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)
    assert bench.broken() == []


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


def _left(bench, fo_id):
    """By SKU, what waits in the totes of an order."""
    names = {item_id: sku for sku, item_id in bench.items.items()}
    return {names[one.item_id]: one.quantity for _, one in bench.waiting(fo_id)}


def _free(session, *, by, at):
    orders.free_all_backorders(session, by=by, at=at)


def test_units_do_not_go_back_into_a_tote_that_is_somebody_elses_by_now(bench):
    [fo] = bench.pick([("MUG", 2)])
    [tote] = bench.totes(fo)
    box = bench.fill(fo)
    bench.do(picking.empty_tote, tote_id=tote)
    [other] = bench.pick([("LAMP", 1)])
    bench.do(picking.open_tote, tote_id=tote)

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)
    with pytest.raises(packing.NotTheirTote):
        bench.do(packing.empty, package_id=box)

    assert bench.totes(other) == [tote]
    assert kit.held(bench.database, tote, bench.items["MUG"]) == 0
    assert bench.broken() == []


def test_a_box_into_which_somebody_put_more_is_not_closed_by_undoing(bench):
    [fo] = bench.pick([("MUG", 3)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.put_in(box, tote, mugs, 2)
    bench.close(box)
    bench.weigh(box)
    bench.do(packing.reopen, package_id=box)
    bench.put_in(box, tote, mugs, 1, by=bench.people["Max"].id)

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)

    assert bench.package(box).state == "open"
    assert bench.broken() == []


def test_a_unit_that_was_missing_from_a_box_closes_it_only_with_what_was_in_it(bench):
    [fo] = bench.pick([("MUG", 3)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.put_in(box, tote, mugs, 2)
    bench.close(box)
    bench.do(packing.set_aside, package_id=box, place_id=None, **bench.thing(tote, mugs, 1))
    bench.put_in(box, tote, mugs, 1, by=bench.people["Max"].id)

    with pytest.raises(packing.CannotUndo):
        bench.do(packing.undo)

    assert bench.package(box).state == "open"
    assert bench.broken() == []
