"""Labels that nobody wants any more: nothing was bought, or the money comes back."""

from wms import wiring
from wms.kernel import courier
from wms.kernel.courier import Duties
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing import actions as packing
from wms.shipping import actions as shipping


def test_a_label_that_is_voided_gives_its_money_back_and_the_box_gets_another(dock):
    box = dock.labelled()
    first = dock.label_of(box)

    dock.void(box)
    bare = dock.package(box).state
    dock.buy()
    dock.wait(3700)
    for sheet in dock.sheets():
        assert sheet.subject != "shipment" or sheet.state in ("cancelled", "queued")
    dock.ask(shipping.try_again, shipment_id=first.id)
    dock.buy()

    assert bare == "weighed"
    assert [row.state for row in dock.labels()] == ["voided", "bought"]
    assert dock.ledger()["given_back"] == 1
    assert dock.ledger()["kept"] == 1
    assert dock.broken() == []


def test_a_carrier_that_keeps_the_money_is_left_to_a_person(lite_dock):
    box = lite_dock.labelled()
    lite_dock.trouble("refund_rejected", place="refunds", times=2)
    lite_dock.void(box)
    lite_dock.buy()
    lite_dock.wait(3700)
    kept = lite_dock.label_of(box)

    lite_dock.ask(shipping.write_off, shipment_id=kept.id)

    assert kept.state == "void_refused"
    assert lite_dock.label_of(box).state == "voided"


def test_a_cancelled_order_lets_go_of_its_label_and_is_over(dock):
    box = dock.labelled()
    fo = dock.package(box).fo_id
    [tote] = dock.totes(fo)

    dock.cancel(fo)
    dock.settle()
    dock.do(packing.give_back, fo_id=fo, tote_id=tote)
    dock.settle()
    dock.buy()

    assert dock.label_of(box).state in ("void_requested", "voided")
    assert dock.ledger()["given_back"] == 1
    assert dock.state(FulfillmentOrder, fo) == "revoking"  # its goods are put back by a mover yet
    assert dock.broken() == []


def test_a_label_bought_while_its_order_is_cancelled_is_given_back_when_that_is_known(lite_dock):
    box = lite_dock.weighed()
    fo = lite_dock.package(box).fo_id
    lite_dock.trouble("reset_after")
    lite_dock.buy()
    lite_dock.cancel(fo)
    lite_dock.settle()
    doubt = lite_dock.label_of(box).state, lite_dock.state(FulfillmentOrder, fo)

    lite_dock.wait(6)

    assert doubt == ("in_doubt", "revoking")
    assert lite_dock.label_of(box).state in ("void_requested", "voided")
    assert lite_dock.ledger()["given_back"] == 1
    assert len(lite_dock.labels()) == 1


def test_a_label_that_was_only_wished_for_costs_nothing_when_the_order_is_cancelled(lite_dock):
    box = lite_dock.weighed()

    lite_dock.cancel(lite_dock.package(box).fo_id)
    lite_dock.settle()
    lite_dock.buy()

    assert lite_dock.label_of(box).state == "superseded"
    assert lite_dock.ledger()["count"] == 0
    assert lite_dock.state(Order, lite_dock.order_of(lite_dock.package(box).fo_id)) != "shipped"


def test_a_wish_that_a_person_takes_back_can_be_wished_again(lite_dock):
    box = lite_dock.weighed()

    lite_dock.void(box)
    told = lite_dock.package(box).label_words["sentence"]
    lite_dock.ask(shipping.try_again, shipment_id=lite_dock.label_of(box).id)
    lite_dock.buy()

    assert told == "shipping.taken_back"
    assert [row.state for row in lite_dock.labels()] == ["superseded", "bought"]


def test_a_box_that_is_opened_and_weighed_again_at_once_gets_a_new_label(dock):
    box = dock.labelled(("MUG", 2))
    dock.do(packing.reopen, package_id=box)
    dock.close(box, "M")
    dock.weigh(box)

    _tell_what_is_urgent(dock)
    dock.settle()
    dock.buy()
    dock.wait(3700)

    first, second = dock.labels()
    assert (first.state, second.state) == ("voided", "bought")
    assert dock.package(box).state == "labelled"
    assert dock.package(box).label_code == second.tracking_number
    assert (dock.ledger()["kept"], dock.ledger()["given_back"]) == (1, 1)
    assert dock.broken() == []


def test_a_staged_box_is_opened_and_its_label_gives_its_money_back(dock):
    box = dock.staged(("MUG", 2))
    sheet = dock.sheets()[-1]

    dock.do(packing.reopen, package_id=box)
    dock.settle()
    dock.buy()
    dock.wait(3700)

    assert dock.label_of(box).state == "voided"
    assert dock.ledger()["given_back"] == 1
    assert (dock.package(box).state, sheet.expects) == ("open", dock.label_of(box).tracking_number)
    assert dock.broken() == []


def _tell_what_is_urgent(dock):
    """Let the house hear first what somebody stands and waits for."""
    duties = Duties(wiring.REACTIONS, {}, {}, urgent=wiring.URGENT)
    while courier.deliver(dock.database, duties.first, dock.clock):
        pass
