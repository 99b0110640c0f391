"""A trip from the first tote to the lane, scan by scan."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import kit
from tests.wms.channels.filing import take
from wms.bins.tables import Location
from wms.counting.tables import CountTask
from wms.floor.turn import Order, Tone
from wms.moving import actions as moving
from wms.orders import actions as orders
from wms.picking import actions as picking
from wms.picking.actions import NothingToUndo, PickingBegan
from wms.stock import actions as stock
from wms.stock.moves import Pile, Promises


def two_orders(floor):
    first = floor.order(("MUG", 2), ("LAMP", 1))
    second = floor.order(("MUG", 1), ("CLOCK", 7))
    floor.release()
    return first, second


def at_mugs(floor):
    """Two totes loaded, and the picker before the bin of the mugs."""
    fos = two_orders(floor)
    floor.work()
    floor.scans("T-1", "T-2", "A-01-01")
    return fos


def counts(floor):
    with floor.database.read() as session:
        return [(row.location_id, row.cause) for row in session.scalars(select(CountTask))]


def test_a_cluster_of_two_orders_is_picked_into_their_totes(floor):
    first, second = two_orders(floor)

    floor.work()
    last = floor.follow()

    assert last.step == "done"
    assert floor.fo_state(first) == floor.fo_state(second) == "picked"
    assert floor.in_totes(first) == {"MUG": 2, "LAMP": 1}
    assert floor.in_totes(second) == {"MUG": 1, "CLOCK": 7}
    assert floor.tote_state("T-1") == "staged"
    floor.settle()
    assert floor.broken() == []


def test_every_unit_goes_from_its_bin_into_a_tote_under_its_promise(floor):
    at_mugs(floor)
    before = kit.promisable(floor.database, floor.warehouse, floor.items["MUG"])

    floor.scans("MUG", "MUG", "T-1")

    after = kit.promisable(floor.database, floor.warehouse, floor.items["MUG"])
    assert (before, after) == ((10, 0, 3), (8, 0, 1))
    assert (floor.held("A-01-01", "MUG"), floor.held("T-1", "MUG")) == (8, 2)


def test_singles_share_a_tote(floor):
    fos = [floor.order((sku, 1)) for sku in ("MUG", "MUG", "CLOCK")]
    floor.release()

    floor.work()
    floor.follow()

    assert [floor.fo_state(fo) for fo in fos] == ["picked"] * 3
    assert (floor.held("T-1", "MUG"), floor.held("T-1", "CLOCK")) == (2, 1)
    assert floor.tote_state("T-2") == "free"


def test_a_cart_gives_its_totes(floor):
    two_orders(floor)
    floor.work()

    turn = floor.scan("CART-1")

    assert (turn.step, turn.say.id) == ("go", "picking.cart_loaded")
    assert (floor.tote_state("T-7"), floor.tote_state("T-8")) == ("bound", "bound")


def test_a_tote_with_something_in_it_is_not_taken(floor):
    two_orders(floor)
    with floor.database.read() as session:
        number = session.scalars(select(Location.id).where(Location.code == "T-1")).one()
    kit.shelve(floor.database, floor.items["BOWL"], number, 1)
    floor.work()

    with pytest.raises(picking.ToteNotEmpty):
        floor.scan("T-1")


def test_a_wrong_bin_and_a_wrong_item_say_what_to_do(floor):
    two_orders(floor)
    floor.work()
    floor.scans("T-1", "T-2")

    wrong_bin = floor.scan("A-02-02")
    wrong_item = floor.scans("A-01-01", "LAMP")

    assert wrong_bin.say.values == {"here": "A-02-02", "there": "A-01-01"}
    assert (wrong_item.say.id, wrong_item.tone) == ("picking.wrong_item", Tone.WRONG)
    assert floor.held("T-1", "MUG") == 0


def test_an_undone_pick_lies_in_its_bin_again_and_is_promised_again(floor):
    at_mugs(floor)
    before = floor.books()
    floor.scans("MUG", "MUG", "T-1")

    turn = floor.press(Order.UNDO)

    assert (turn.say.id, turn.step) == ("picking.undone_take", "item")
    assert floor.books() == before
    assert floor.tote_state("T-1") == "bound"
    floor.settle()
    assert floor.broken() == []


def test_an_undone_short_is_as_if_nobody_had_said_so(floor):
    kit.shelve(floor.database, floor.items["MUG"], floor.bins["A-02-02"], 5)
    at_mugs(floor)
    before = floor.books()
    floor.press(Order.EMPTY)

    floor.press(Order.UNDO)

    assert floor.books() == before
    floor.settle()
    assert floor.broken() == []


def test_ten_acts_can_be_taken_back_and_no_more(floor):
    floor.order(("CLOCK", 1), *(("MUG", 1),))
    floor.order(("LAMP", 10))
    floor.release()
    floor.work()
    floor.scans("T-1", "T-2")
    while floor.turn().target != "A-02-01":
        floor.press(Order.SKIP)
    floor.scan("A-02-01")
    for _ in range(10):
        floor.scans("LAMP", "T-2")
    taken = floor.held("T-2", "LAMP")

    for _ in range(10):
        floor.press(Order.UNDO)

    assert (taken, floor.held("T-2", "LAMP")) == (10, 0)
    with pytest.raises(NothingToUndo):
        floor.press(Order.UNDO)


def test_missing_units_wait_in_another_bin_at_once(floor):
    kit.shelve(floor.database, floor.items["MUG"], floor.bins["A-02-02"], 5)
    first, _ = at_mugs(floor)

    turn = floor.press(Order.EMPTY)

    assert (turn.say.id, turn.say.values["n"]) == ("picking.short_elsewhere", 2)
    assert floor.held("A-01-01", "MUG", "held") == 9
    assert counts(floor) == [(floor.bins["A-01-01"], "short")]
    floor.follow()
    assert floor.in_totes(first) == {"MUG": 2, "LAMP": 1}
    floor.settle()
    assert floor.broken() == []


def test_what_nobody_has_becomes_a_part_of_its_own(floor):
    first, _ = at_mugs(floor)

    floor.scan("MUG")
    floor.press(Order.EMPTY)
    floor.scan("T-1")
    floor.follow()

    assert floor.fo_state(first) == "picked"
    assert floor.in_totes(first) == {"MUG": 1, "LAMP": 1}
    floor.settle()
    assert floor.broken() == []


def test_damaged_units_are_set_aside_as_damaged(floor):
    at_mugs(floor)

    floor.scan("MUG")
    floor.press(Order.DAMAGED)
    floor.scan("T-1")

    assert floor.held("A-01-01", "MUG", "damaged") == 1


def test_an_order_cancelled_in_mid_pick_makes_the_very_next_scan_red(floor):
    first, second = at_mugs(floor)
    floor.scans("MUG", "MUG", "T-1")
    wanted = floor.turn().expects[0]
    floor.cancel(second)

    turn = floor.scan(wanted)

    assert (turn.tone, turn.say.id) == (Tone.STOPPED, "picking.cancelled")
    assert floor.tote_state("T-2") == "free"
    assert floor.fo_state(second) == "cancelled"
    floor.follow()
    assert floor.fo_state(first) == "picked"
    floor.settle()
    assert floor.broken() == []


def test_what_was_picked_of_a_cancelled_order_is_put_back_and_then_it_is_over(floor):
    first, _ = at_mugs(floor)
    floor.scans("MUG", "MUG", "T-1")
    floor.cancel(first)
    floor.settle()

    assert (floor.fo_state(first), floor.tote_state("T-1")) == ("revoking", "problem")
    put_back(floor)
    floor.settle()
    assert floor.fo_state(first) == "cancelled"
    assert floor.tote_state("T-1") == "free"
    assert floor.held("A-01-01", "MUG") == 10
    assert floor.broken() == []


def put_back(floor):
    while task := floor.act(moving.claim_next):
        floor.act(moving.lift, move_task_id=task.id, quantity=task.asked)
        floor.act(moving.drop, move_task_id=task.id, location_id=task.target_id)


def test_a_held_order_waits_and_its_rest_is_picked_on_a_trip_of_its_own(floor):
    first, second = at_mugs(floor)
    floor.scans("MUG", "MUG", "T-1")
    hold = floor.hold(first)
    lamp_first = floor.turn()

    floor.settle()
    floor.follow()

    assert lamp_first.step == "item"
    assert (floor.tote_state("T-1"), floor.fo_state(first)) == ("problem", "picking")
    assert floor.fo_state(second) == "picked"
    floor.act(orders.lift, hold_id=hold, outcome="all well")
    floor.settle()
    assert floor.tote_state("T-1") == "staged"
    floor.work()
    floor.follow()
    assert floor.fo_state(first) == "picked"
    assert floor.in_totes(first) == {"MUG": 2, "LAMP": 1}
    assert floor.broken() == []


def test_a_hold_makes_the_next_scan_red(floor):
    first, _ = at_mugs(floor)
    floor.scan("MUG")
    floor.hold(first)

    turn = floor.scan("MUG")

    assert (turn.tone, turn.say.id) == (Tone.STOPPED, "picking.held_in_hand")
    assert turn.say.values["n"] == 1
    assert floor.tasks()[0][0] == "cancelled"


def test_a_full_tote_is_followed_by_another_for_the_same_order(floor):
    first, _ = at_mugs(floor)
    floor.scans("MUG", "T-1")

    full = floor.press(Order.FULL)
    floor.scan("T-3")
    floor.follow()

    assert (full.step, full.slot) == ("load", "B1")
    assert (floor.held("T-1", "MUG"), floor.held("T-3", "MUG")) == (1, 1)
    assert floor.in_totes(first) == {"MUG": 1, "LAMP": 1}


def test_a_task_put_off_comes_last(floor):
    two_orders(floor)
    floor.work()
    floor.scans("T-1", "T-2")

    first = floor.turn()
    turn = floor.press(Order.SKIP)

    assert first.target == "A-01-01"
    assert turn.say.id == "picking.skipped"
    floor.follow()
    floor.settle()
    assert floor.broken() == []


def test_the_last_unit_of_a_bin_asks_whether_it_is_empty(floor):
    fo = floor.order(("MUG", 10))
    floor.release()
    floor.work()
    floor.scans("T-1", "A-01-01", "MUG")
    floor.press(Order.QUANTITY, 10)

    asked = floor.scan("T-1")
    turn = floor.press(Order.NO)

    assert (asked.step, turn.say.id) == ("zero", "picking.count_asked")
    assert counts(floor) == [(floor.bins["A-01-01"], "zero_check")]
    assert floor.in_totes(fo) == {"MUG": 10}


def test_two_pickers_never_get_the_same_trip(floor):
    floor.order(("MUG", 2))
    floor.release()
    floor.order(("CLOCK", 2))
    floor.release()

    floor.work("Pia")
    floor.work("Max")

    assert [worker for _, _, worker in floor.runs()] == [
        floor.people["Pia"].id,
        floor.people["Max"].id,
    ]


def test_a_trip_whose_lease_ran_out_is_walked_on_by_somebody_else(floor):
    first, _ = at_mugs(floor)
    floor.scans("MUG", "MUG", "T-1")
    floor.clock.forward(timedelta(hours=1))

    turn = floor.work("Max")
    floor.follow("Max")
    gone = floor.scan("A-01-01", by="Pia")

    assert turn.step in {"go", "item"}
    assert floor.in_totes(first) == {"MUG": 2, "LAMP": 1}
    assert (gone.step, gone.tone) == ("home", Tone.STOPPED)


def test_the_schedule_gives_overdue_trips_back(floor):
    at_mugs(floor)
    floor.clock.forward(timedelta(hours=1))

    assert floor.act(picking.give_back_overdue) == 1
    assert [state for _, state, _ in floor.runs()] == ["queued"]
    assert floor.broken() == []


def test_another_badge_takes_a_trip_over_and_whoever_had_it_is_told(floor):
    at_mugs(floor)
    floor.order(("BOWL", 2))
    floor.release()
    floor.work("Max")

    asked = floor.scan("T-1", by="Max")
    floor.scan("T-1", by="Max")
    told = floor.scan("MUG", by="Pia")

    assert asked.say.id == "picking.take_over"
    assert (told.tone, told.say.id) == (Tone.STOPPED, "picking.taken_over")
    assert told.say.values["name"] == "Max"


def test_what_happened_offline_is_booked_although_the_book_says_otherwise(floor):
    at_mugs(floor)
    floor.scans("MUG", "MUG")
    count_mugs_away(floor)

    turn = floor.scan("T-1", late=True)

    assert turn.tone is not Tone.WRONG
    assert floor.held("T-1", "MUG") == 2
    floor.settle()
    assert floor.broken() == []


def count_mugs_away(floor):
    """Count no mugs in their bin, whoever they are promised to."""
    pile = Pile(floor.bins["A-01-01"], floor.items["MUG"])
    floor.act(stock.count, pile=pile, counted=0, promises=Promises.BREAK)


def test_a_wave_is_taken_back_while_nobody_picked(floor):
    fo = floor.order(("MUG", 2))
    wave = floor.release()
    floor.work()
    floor.scan("T-1")

    floor.act(picking.unrelease, wave_id=wave)

    assert floor.fo_state(fo) == "allocated"
    assert floor.tote_state("T-1") == "free"
    assert [state for _, state, _ in floor.runs()] == ["cancelled"]
    floor.settle()
    assert floor.broken() == []


def test_a_wave_that_somebody_picks_stays_with_the_floor(floor):
    floor.order(("MUG", 2))
    wave = floor.release()
    floor.work()
    floor.scans("T-1", "A-01-01", "MUG", "T-1")

    with pytest.raises(PickingBegan):
        floor.act(picking.unrelease, wave_id=wave)


def test_the_promise_of_a_bin_that_was_counted_meanwhile_is_looked_for_elsewhere(floor):
    kit.shelve(floor.database, floor.items["MUG"], floor.bins["A-02-02"], 5)
    first, _ = two_orders(floor)
    floor.work()
    floor.scans("T-1", "T-2")
    count_mugs_away(floor)

    turn = floor.scan("A-01-01")
    floor.follow()

    assert turn.say.id == "picking.gone"
    assert floor.in_totes(first)["MUG"] == 2
    floor.settle()
    assert floor.broken() == []


def test_a_summary_stays_until_more_work_is_wanted(floor):
    floor.order(("MUG", 1))
    floor.release()
    floor.work()
    done = floor.follow()

    still = floor.scan("MUG")
    home = floor.work()

    assert (done.step, still.step, home.step) == ("done", "done", "home")
    assert done.facts[0].label.values == {"n": 1, "units": 1}
    assert still.facts == done.facts


def test_what_was_short_is_named_at_the_end(floor):
    floor.order(("MUG", 1))
    floor.release()
    floor.work()
    floor.scan("T-1")
    floor.scan(floor.turn().target)
    floor.press(Order.EMPTY)
    done = floor.follow()

    assert (done.step, done.facts[-1].label.values) == ("done", {"skus": "MUG"})


def test_what_the_shop_strikes_off_is_not_taken_out_of_the_tote_of_an_order(floor, tmp_path):
    fo = floor.order(("MUG", 8))
    floor.release()
    floor.work()
    floor.follow()
    file = tmp_path / "invoices.csv"
    file.write_text(
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "9,MUG,,-8,2010-12-01 09:00:00,0,,United Kingdom\n"
    )

    did = take(floor.database, file)

    assert (did["units_struck"], did["units_not_there"]) == (2, 6)
    assert floor.in_totes(fo) == {"MUG": 8}
    assert floor.held("A-01-01", "MUG") == 0
    assert floor.broken() == []
