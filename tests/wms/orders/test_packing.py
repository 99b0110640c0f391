"""What packers say of the lines of a fulfillment order."""

import pytest
from sqlalchemy import select

from tests.wms.packing.benching import Bench
from wms.kernel.lifecycle import NotNow
from wms.orders import actions as orders
from wms.orders.tables import FoLine, FulfillmentOrder, Order
from wms.packing import actions as packing


@pytest.fixture
def bench(lite_house):
    return Bench(lite_house.database)


def start(bench, fo):
    bench.act(lambda s, **who: orders.start_pack(s, fo, **who))


def lines(bench, fo):
    with bench.database.read() as session:
        return session.scalars(select(FoLine).where(FoLine.fo_id == fo).order_by(FoLine.id)).all()


def test_nothing_is_packed_before_packing_began(bench):
    [fo] = bench.pick([("MUG", 2)])

    with pytest.raises(orders.NotPackedNow):
        bench.act(orders.packed, fo_line_id=lines(bench, fo)[0].id, quantity=1)


def test_no_more_is_packed_than_was_picked(bench):
    [fo] = bench.pick([("MUG", 2)])
    start(bench, fo)

    with pytest.raises(orders.NotSoMany):
        bench.act(orders.packed, fo_line_id=lines(bench, fo)[0].id, quantity=3)


def test_packing_does_not_end_before_every_unit_is_packed(bench):
    [fo] = bench.pick([("MUG", 2)])
    start(bench, fo)
    bench.act(orders.packed, fo_line_id=lines(bench, fo)[0].id, quantity=1)

    with pytest.raises(orders.NotAllPacked) as left:
        bench.act(lambda s, **who: orders.all_packed(s, fo, **who))

    assert left.value.values["n"] == 1


def test_packing_is_not_taken_back_while_units_are_packed(bench):
    [fo] = bench.pick([("MUG", 2)])
    start(bench, fo)
    bench.act(orders.packed, fo_line_id=lines(bench, fo)[0].id, quantity=1)

    with pytest.raises(orders.NotSoMany):
        bench.act(lambda s, **who: orders.undo_start(s, fo, **who))


def test_an_order_is_not_handed_over_before_all_of_it_left(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.pack(fo, "S")

    with pytest.raises(orders.NotAllPacked):
        bench.act(lambda s, **who: orders.hand_over(s, fo, **who))


def test_nothing_leaves_of_an_order_that_is_still_packed(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.fill(fo)

    with pytest.raises(orders.StillBeingPacked):
        bench.act(orders.shipped, fo_line_id=lines(bench, fo)[0].id, quantity=1)


def test_an_order_that_still_waits_is_not_packed(bench):
    fo = bench.order(("MUG", 2))

    with pytest.raises(NotNow):
        start(bench, fo)


def test_an_order_that_did_not_leave_does_not_arrive(bench):
    [fo] = bench.pick([("MUG", 2)])

    assert bench.act(orders.delivered, order_id=bench.order_of(fo)) == "in_fulfillment"


def test_of_two_parts_the_shipped_one_lets_the_order_be_shipped_in_part(bench):
    [fo] = bench.pick([("MUG", 3), ("LAMP", 1)])
    box = bench.open(fo)
    (tote, mugs), (_, lamp) = bench.waiting(fo)
    bench.put_in(box, tote, mugs, 2)
    bench.put_in(box, tote, lamp)
    bench.do(packing.missing, **bench.thing(tote, mugs, 1))
    bench.close(box)
    bench.weigh(box)

    bench.ship(box)

    with bench.database.read() as session:
        states = session.scalars(select(FulfillmentOrder.state).order_by(FulfillmentOrder.id)).all()
        order = session.get_one(FulfillmentOrder, fo).order_id
    assert states == ["shipped", "backordered"]
    assert bench.state(Order, order) == "partly_shipped"
