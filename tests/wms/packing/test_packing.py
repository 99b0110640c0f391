"""From the tote into the box, over the scale and out of the house."""

import pytest

from tests import kit
from wms.orders import actions as orders
from wms.orders.tables import FoLine, Order
from wms.packing import actions as packing
from wms.packing import queries
from wms.packing.lifecycle import PackageState
from wms.packing.tables import Package
from wms.picking import actions as picking
from wms.waves.tables import Wave


def test_an_order_goes_from_its_tote_through_a_box_to_the_truck(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])

    box = bench.fill(fo)
    filled = bench.inside(box), bench.fo_state(fo)
    bench.close(box, "L")
    bench.weigh(box)
    weighed = bench.package(box)
    packed = bench.fo_state(fo)
    bench.label(box, "1Z999")
    bench.do(packing.stage, package_id=box)
    bench.do(packing.hand_over, package_id=box)
    [tote] = bench.totes(fo)
    bench.do(picking.empty_tote, tote_id=tote)
    bench.settle()

    assert filled == ({"MUG": 2, "LAMP": 1}, "packing")
    assert (weighed.expected_g, weighed.weight_g, weighed.state) == (2300, 2300, "weighed")
    assert packed == "packed"
    assert bench.fo_state(fo) == "shipped"
    assert bench.state(Order, bench.order_of(fo)) == "shipped"
    assert bench.inside(box) == {}
    with bench.database.read() as session:
        assert {line.shipped for line in session.query(FoLine)} == {1, 2}
        assert {wave.state for wave in session.query(Wave)} == {"closed"}
    assert bench.totes(fo) == []
    assert bench.broken() == []


def test_a_box_is_known_by_its_number_and_stands_on_its_bench(lite_bench):
    [fo] = lite_bench.pick([("MUG", 1)])

    box = lite_bench.package(lite_bench.open(fo))

    assert box.number == f"P-{box.id:06d}"
    assert lite_bench.code(box.location_id) == box.number
    with lite_bench.database.read() as session:
        assert queries.package_of_code(session, box.number.lower()).id == box.id


def test_where_goods_have_the_number_of_a_box_it_gets_a_letter(lite_bench):
    kit.an_item(lite_bench.database, "P-000001")
    [fo] = lite_bench.pick([("MUG", 1)])

    box = lite_bench.package(lite_bench.open(fo))

    assert box.number == "P-000001X"


def test_an_order_in_two_boxes_is_packed_when_both_are_weighed_and_gone_with_the_second(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    first = bench.open(fo)
    mugs, lamp = bench.waiting(fo)
    bench.put_in(first, *mugs)
    bench.close(first, "S")
    bench.weigh(first)
    halfway = bench.fo_state(fo)
    second = bench.do(packing.open_package, fo_id=fo, station_id=bench.station)
    bench.put_in(second, *lamp)
    bench.close(second, "L")
    bench.weigh(second)
    packed = bench.fo_state(fo)
    bench.ship(first)
    partly = bench.fo_state(fo)
    bench.ship(second)

    assert (halfway, packed, partly, bench.fo_state(fo)) == (
        "packing",
        "packed",
        "packed",
        "shipped",
    )
    assert [bench.package(box).part for box in (first, second)] == [1, 2]
    bench.settle()
    assert bench.broken() == []


def test_more_than_waits_in_the_tote_does_not_go_into_the_box(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)

    bench.put_in(box, tote, mugs, 1)
    with pytest.raises(packing.NotInTote) as refused:
        bench.put_in(box, tote, mugs, 2)

    assert refused.value.values == {"n": 1, "quantity": 2}


def test_a_line_of_another_order_does_not_go_into_the_box(lite_bench):
    bench = lite_bench
    one, other = bench.pick([("MUG", 2), ("LAMP", 1)], [("MUG", 1), ("CLOCK", 1)])
    box = bench.open(one)
    bench.open(other)
    tote, mug = bench.waiting(other)[0]

    with pytest.raises(packing.OtherOrder):
        bench.put_in(box, tote, mug)


def test_nothing_goes_into_a_box_from_a_tote_that_nobody_opened(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.do(packing.open_package, fo_id=fo, station_id=bench.station)
    [(tote, mugs)] = bench.waiting(fo)

    with pytest.raises(packing.NotInTote):
        bench.put_in(box, tote, mugs)


def test_an_empty_box_cannot_be_closed(lite_bench):
    [fo] = lite_bench.pick([("MUG", 1)])
    box = lite_bench.open(fo)

    with pytest.raises(packing.NothingIn):
        lite_bench.close(box)


def test_a_box_with_something_in_it_cannot_be_given_up(lite_bench):
    [fo] = lite_bench.pick([("MUG", 1)])
    box = lite_bench.fill(fo)

    with pytest.raises(packing.BoxNotEmpty):
        lite_bench.do(packing.void, package_id=box)


def test_when_the_last_box_is_given_up_the_order_waits_for_a_packer_again(bench):
    [fo] = bench.pick([("MUG", 1)])
    box = bench.fill(fo)

    bench.do(packing.empty, package_id=box)
    bench.do(packing.void, package_id=box)

    assert bench.fo_state(fo) == "picked"
    assert bench.package(box).state == "void"
    assert [one.quantity for _, one in bench.waiting(fo)] == [1]
    assert bench.broken() == []


def test_a_weight_outside_tolerance_is_refused_until_a_lead_says_it_is_right(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.fill(fo)
    bench.close(box, "S")

    with pytest.raises(packing.WeightOff) as off:
        bench.weigh(box, 360)
    with pytest.raises(packing.OnlyLeads):
        bench.weigh(box, 360, override_reason="thin mugs", by=bench.people["Pia"].id)
    bench.weigh(box, 360, override_reason="thin mugs", by=bench.people["Sam"].id)

    assert off.value.values["grams"] == -300
    weighed = bench.package(box)
    assert (weighed.override_by, weighed.override_reason) == (bench.people["Sam"].id, "thin mugs")


def test_where_an_items_weight_is_not_known_every_weight_is_right(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("BOWL", 1)])
    box = bench.fill(fo)
    bench.close(box, "S")

    bench.weigh(box, 7777)

    assert bench.package(box).weight_g == 7777


def test_no_box_weighs_nothing(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("BOWL", 1)])
    box = bench.fill(fo)
    bench.close(box, "S")

    with pytest.raises(packing.WrongWeight):
        bench.do(packing.weigh, package_id=box, weight_g=0, by_hand=True)


def test_a_reopened_box_makes_a_packed_order_one_that_is_packed_again(bench):
    [fo] = bench.pick([("MUG", 1)])
    box = bench.pack(fo, "S")

    bench.do(packing.reopen, package_id=box)

    assert (bench.fo_state(fo), bench.package(box).state) == ("packing", "open")
    assert bench.package(box).weight_g is None
    assert bench.broken() == []


def test_a_box_is_opened_when_its_label_is_there_and_not_while_it_is_bought(bench):
    [fo] = bench.pick([("MUG", 1)])
    box = bench.pack(fo, "S")
    bench.do(packing.label_asked, package_id=box, words={})

    with pytest.raises(packing.LabelInTheWay):
        bench.do(packing.reopen, package_id=box)
    bench.label(box)
    bench.do(packing.reopen, package_id=box)

    assert (bench.package(box).state, bench.package(box).label_code) == ("open", "")
    assert bench.broken() == []


def test_a_label_that_was_bought_for_a_box_that_was_opened_again_is_not_taken(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 1)])
    box = bench.pack(fo, "S")
    bench.do(packing.reopen, package_id=box)

    assert bench.label(box) is False
    assert bench.package(box).state == PackageState.OPEN


def test_a_carriers_number_that_is_an_items_code_stops_nobody(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 1)])
    box = bench.pack(fo, "S")

    assert bench.label(box, "LAMP") is True
    with bench.database.read() as session:
        assert queries.package_of_code(session, "LAMP").id == box


def test_a_carriers_number_that_comes_again_is_the_newer_boxs(lite_bench):
    bench = lite_bench
    one, other = bench.pick([("MUG", 1), ("LAMP", 1)], [("MUG", 1), ("CLOCK", 1)])
    old, new = bench.pack(one), bench.pack(other)

    bench.label(old, "1Z7")
    bench.label(new, "1Z7")

    with bench.database.read() as session:
        assert queries.package_of_code(session, "1z7").id == new


def test_a_box_that_left_in_part_keeps_its_order_from_being_cancelled(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    boxes = [bench.open(fo), bench.do(packing.open_package, fo_id=fo, station_id=bench.station)]
    for box, (tote, one) in zip(boxes, bench.waiting(fo), strict=True):
        bench.put_in(box, tote, one)
        bench.close(box)
        bench.weigh(box)
    bench.ship(boxes[0])

    with pytest.raises(orders.PartlyGone):
        bench.cancel(fo)

    assert bench.broken() == []


def test_what_is_held_is_not_packed_and_not_handed_over(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.label(box)
    bench.do(packing.stage, package_id=box)
    bench.hold(fo)

    with pytest.raises(packing.OrderStopped) as stopped:
        bench.do(packing.hand_over, package_id=box)

    assert stopped.value.values["why"] == "held"


def test_all_parcels_arrived_means_that_the_order_is_delivered(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 1)])
    bench.ship(bench.pack(fo, "S"))
    order = bench.order_of(fo)

    bench.do(orders.delivered, order_id=order)
    bench.do(orders.delivered, order_id=order)

    assert bench.state(Order, order) == "delivered"


def test_every_act_is_kept_with_who_did_it(lite_bench):
    bench = lite_bench
    [fo] = bench.pick([("MUG", 1)])

    box = bench.pack(fo, "S")

    assert bench.state(Package, box) == "weighed"
    assert bench.package(box).packed_by == kit.TESTER
