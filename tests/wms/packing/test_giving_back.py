"""Orders that are cancelled while their goods are in boxes: everything comes back, and then they are over."""

import pytest
from sqlalchemy import select

from tests import kit
from wms.kernel.commands import command
from wms.moving.tables import MoveTask
from wms.orders import actions as orders
from wms.orders.events import FulfillmentRevoked
from wms.orders.tables import FoLine, Order
from wms.packing import actions as packing
from wms.picking import actions as picking
from wms.picking.actions import ToteNotReady


def test_an_order_cancelled_in_an_open_box_goes_back_into_its_tote_and_then_into_its_bins(bench):
    before = bench.books()[0]
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    box = bench.fill(fo)
    [tote] = bench.totes(fo)
    bench.cancel(fo)
    bench.settle()
    waits = bench.fo_state(fo)

    units = bench.do(packing.give_back, fo_id=fo, tote_id=tote)
    given = bench.inside(box), bench.package(box).state, bench.fo_state(fo)
    moved = bench.put_all_back()

    assert (waits, units, given) == ("revoking", 3, ({}, "void", "revoking"))
    assert moved == 2
    assert bench.fo_state(fo) == "cancelled"
    assert bench.state(Order, bench.order_of(fo)) == "cancelled"
    assert bench.tote_state(bench.code(tote)) == "free"
    assert bench.books()[0] == before
    assert bench.broken() == []


def test_what_still_lies_in_the_tote_is_put_back_without_the_packer(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    box = bench.open(fo)
    tote, mugs = bench.waiting(fo)[0]
    bench.put_in(box, tote, mugs, 1)
    bench.cancel(fo)
    bench.settle()

    asked = bench.put_all_back()
    still = bench.fo_state(fo)
    bench.do(packing.give_back, fo_id=fo, tote_id=bench.id_of("T-5"))
    more = bench.put_all_back()

    assert (asked, still, more) == (2, "revoking", 1)
    assert bench.fo_state(fo) == "cancelled"
    assert bench.tote_state("T-5") == "free"
    assert bench.broken() == []


def test_a_box_that_is_labelled_is_given_back_and_its_label_counts_no_more(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.label(box)
    [tote] = bench.totes(fo)
    bench.do(picking.empty_tote, tote_id=tote)
    bench.cancel(fo)

    bench.do(packing.give_back, fo_id=fo, tote_id=bench.id_of("T-6"))
    bench.settle()
    bench.put_all_back()

    assert (bench.package(box).state, bench.package(box).label_code) == ("void", "")
    assert bench.fo_state(fo) == "cancelled"
    assert bench.broken() == []


def test_a_staged_box_is_emptied_straight_into_the_bins(bench):
    before = bench.books()[0]
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    box = bench.pack(fo)
    [tote] = bench.totes(fo)
    bench.do(picking.empty_tote, tote_id=tote)
    bench.label(box)
    bench.do(packing.stage, package_id=box)
    bench.cancel(fo)
    bench.settle()
    bench.do(packing.label_voided, package_id=box)
    middle = bench.broken()

    moved = bench.put_all_back()

    assert (moved, middle) == (2, [])
    assert bench.package(box).state == "void"
    assert bench.fo_state(fo) == "cancelled"
    assert bench.books()[0] == before
    assert bench.broken() == []


def test_an_empty_box_of_a_cancelled_order_is_given_up_by_the_house(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    bench.cancel(fo)

    bench.settle()
    bench.put_all_back()

    assert bench.package(box).state == "void"
    assert bench.fo_state(fo) == "cancelled"
    assert bench.broken() == []


def test_a_shared_tote_goes_on_for_the_others(bench):
    one, other = bench.pick([("MUG", 1)], [("LAMP", 1)])
    [tote] = bench.totes(one)
    box = bench.fill(one)
    bench.cancel(one)
    bench.settle()

    bench.do(packing.give_back, fo_id=one, tote_id=tote)
    bench.settle()
    left = [line.fo_id for _, line in bench.waiting(other)]
    bench.ship(bench.pack(other))
    bench.put_all_back()
    bench.do(picking.empty_tote, tote_id=tote)

    assert left == [other]
    assert bench.package(box).state == "void"
    assert (bench.fo_state(one), bench.fo_state(other)) == ("cancelled", "shipped")
    bench.settle()
    assert bench.broken() == []


def test_nothing_is_given_back_of_an_order_that_goes_on(lite_bench):
    [fo] = lite_bench.pick([("MUG", 2)])
    lite_bench.fill(fo)

    with pytest.raises(packing.NotCancelled):
        lite_bench.do(packing.give_back, fo_id=fo, tote_id=lite_bench.totes(fo)[0])


def test_goods_are_not_given_back_into_anothers_tote(lite_bench):
    bench = lite_bench
    one, other = bench.pick([("MUG", 2)], [("LAMP", 2)])
    bench.fill(one)
    bench.cancel(one)

    with pytest.raises(ToteNotReady):
        bench.do(packing.give_back, fo_id=one, tote_id=bench.totes(other)[0])


def test_nothing_more_goes_into_the_box_of_a_cancelled_order(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    bench.cancel(fo)

    with pytest.raises(packing.OrderStopped) as stopped:
        bench.put_in(box, tote, mugs)

    assert stopped.value.values["why"] == "cancelled"


def test_missing_units_become_a_part_of_their_own_and_the_rest_is_packed(bench):
    [fo] = bench.pick([("MUG", 3), ("LAMP", 1)])
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    bench.put_in(box, tote, mugs, 2)
    bench.put_in(box, tote, lamp)

    bench.do(packing.missing, **bench.thing(tote, mugs, 1))
    bench.close(box)
    bench.weigh(box)

    assert bench.fo_state(fo) == "packed"
    with bench.database.read() as session:
        parts = session.scalars(
            select(FoLine).where(FoLine.item_id == bench.items["MUG"]).order_by(FoLine.id)
        ).all()
    assert [(line.ordered, line.picked, line.missing) for line in parts] == [(2, 2, 1), (1, 0, 0)]
    bench.do(picking.empty_tote, tote_id=tote)
    bench.settle()
    assert bench.broken() == []


def test_a_line_of_which_everything_is_missing_goes_over_whole(bench):
    [fo] = bench.pick([("MUG", 3), ("LAMP", 1)])
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    bench.put_in(box, tote, lamp)
    bench.close(box)
    bench.weigh(box)

    bench.do(packing.missing, **bench.thing(tote, mugs, 3))

    assert bench.fo_state(fo) == "packed"
    bench.settle()
    assert bench.broken() == []


def test_an_order_of_which_nothing_is_there_waits_whole_and_is_picked_again(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)

    after = bench.do(packing.missing, **bench.thing(tote, mugs))
    bench.do(picking.empty_tote, tote_id=tote)
    bench.settle()
    bench.act(_free)
    bench.settle()
    bench.release()
    bench.work()
    bench.follow()
    bench.settle()
    bench.ship(bench.pack(fo, "S"))

    assert after == "backordered"
    assert bench.package(box).state == "void"
    assert bench.fo_state(fo) == "shipped"
    bench.settle()
    assert bench.broken() == []


def test_where_the_channel_ships_whole_orders_all_waits_for_what_is_missing(bench):
    shop = kit.a_channel(bench.database, "whole", ships_partly=False)
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)], channel_id=shop)
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    bench.put_in(box, tote, lamp)

    after = bench.do(packing.missing, **bench.thing(tote, mugs, 1))
    with pytest.raises(orders.NotPackedNow):
        bench.put_in(box, tote, mugs, 1)
    waits = bench.broken()
    bench.act(_ship_partial, fo_id=fo)
    bench.do(packing.open_package, fo_id=fo, station_id=None)
    bench.put_in(box, tote, mugs, 1)
    bench.close(box)
    bench.weigh(box)

    assert waits == []
    assert bench.fo_state(fo) == "packing"
    assert after == "awaiting_stock"
    assert bench.broken() == []


def _free(session, *, by, at):
    orders.free_all_backorders(session, by=by, at=at)


def test_an_order_that_waits_for_one_thing_can_miss_another(bench):
    shop = kit.a_channel(bench.database, "whole", ships_partly=False)
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)], channel_id=shop)
    bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)

    states = [
        bench.do(packing.missing, **bench.thing(tote, one, units))
        for one, units in ((mugs, 1), (lamp, 1), (mugs, 1))
    ]

    assert states == ["awaiting_stock", "awaiting_stock", "backordered"]
    bench.settle()
    assert bench.broken() == []


def test_reactions_told_twice_change_nothing_more(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.label(box)
    bench.do(packing.stage, package_id=box)
    bench.cancel(fo)
    bench.settle()

    fact = FulfillmentRevoked(fo, bench.order_of(fo))
    bench.database.write(
        command("test", by=1, at=bench.clock.now()),
        lambda s: packing.stop_cancelled(s, fact, 1, bench.clock.now()),
    )

    with bench.database.read() as session:
        assert len(session.scalars(select(MoveTask.id)).all()) == 1


def _ship_partial(session, *, fo_id, by, at):
    return orders.ship_partial(session, fo_id, by=by, at=at).value
