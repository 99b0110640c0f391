"""A label is bought once, whatever the carrier's platform does and wherever we are stopped."""

import pytest

from tests.kit import done
from tests.wms.shipping.docking import Dock
from wms.kernel.decisions import registry, replay
from wms.orders import actions as orders
from wms.packing import actions as packing
from wms.shipping import actions as shipping
from wms.shipping import queries
from wms.shipping.gateway import Gateway
from wms.shipping.tables import ShipFrom
from wms.shipping.worker import Buyer
from wms.wiring import RULES


def test_a_weighed_box_gets_the_cheapest_label_of_its_lanes_and_a_sheet_at_its_bench(dock):
    box = dock.weighed(("MUG", 2))
    wished = dock.label_of(box)
    dock.buy()

    label, package = dock.label_of(box), dock.package(box)
    [sheet] = [one for one in dock.sheets() if one.kind == "carrier_label"]
    assert (wished.state, wished.means) == ("draft", "")
    assert (label.state, label.means, label.carrier) == ("bought", "shippo", package.carrier)
    assert label.cost_minor == min(
        rate["amount_minor"] for rate in label.rates["rates"] if rate["carrier"] in ("USPS", "UPS")
    )
    assert (package.state, package.label_code) == ("labelled", label.tracking_number)
    assert package.label_words["price_minor"] == label.cost_minor
    assert sheet.expects == label.tracking_number
    assert sheet.document.startswith(b"^XA")
    assert dock.ledger()["sold"] == 1
    assert dock.broken() == []


def test_the_choice_of_a_rate_is_kept_and_comes_out_the_same_again(lite_dock):
    box = lite_dock.labelled()

    with lite_dock.database.read() as session:
        made = queries.choice_of(session, lite_dock.label_of(box).id)
        assert list(replay(session, registry(RULES))) == []
    assert made.choice["rate_id"] == lite_dock.label_of(box).rate_id
    assert "other_carrier" in made.choice["passed"].values()


def test_an_order_that_names_its_carrier_goes_with_that_one(lite_dock):
    box = lite_dock.labelled(carrier="ups")

    assert lite_dock.label_of(box).carrier == "UPS"


def test_a_second_weighing_asks_for_no_second_label(lite_dock):
    box = lite_dock.weighed()
    lite_dock.act(shipping.wish, package_id=box)
    lite_dock.buy()
    lite_dock.act(shipping.wish, package_id=box)
    lite_dock.buy()

    assert [row.state for row in lite_dock.labels()] == ["bought"]
    assert lite_dock.ledger()["count"] == 1


@pytest.mark.parametrize("kind", ["missing_created_by", "unknown_enum", "odd_date", "ok_200"])
def test_a_label_is_bought_even_where_the_answer_reads_oddly(lite_dock, kind):
    box = lite_dock.weighed()
    lite_dock.trouble(kind)

    lite_dock.buy()

    assert lite_dock.label_of(box).state == "bought"
    assert lite_dock.ledger()["sold"] == 1


def test_a_refused_label_is_tried_once_with_the_next_rate_and_then_left_to_a_person(dock):
    box = dock.weighed()
    dock.trouble("error_201", times=2)

    dock.buy()

    first, second = dock.labels()
    assert (first.state, second.state, second.replaces_id) == ("failed", "failed", first.id)
    assert (first.carrier, first.service) != (second.carrier, second.service)
    assert dock.package(box).label_state == "refused"
    assert dock.package(box).label_words["why"]
    assert dock.ledger()["sold"] == 0
    assert dock.broken() == []
    dock.ask(shipping.try_again, shipment_id=second.id)
    dock.buy()
    assert dock.label_of(box).state == "bought"


def test_a_platform_that_is_too_busy_is_asked_again_later_for_the_same_rate(lite_dock):
    box = lite_dock.weighed()
    lite_dock.trouble("429")
    lite_dock.buy()
    put_off = lite_dock.label_of(box)
    lite_dock.begin_anew()  # the gateway counts its patience by the real clock

    lite_dock.wait(60)

    label = lite_dock.label_of(box)
    assert (put_off.state, label.state) == ("rated", "bought")
    assert put_off.rate_id == label.rate_id
    assert lite_dock.package(box).label_words["price_minor"] > 0


def test_rates_that_cannot_be_had_now_are_asked_for_again(lite_dock):
    box = lite_dock.weighed()
    lite_dock.trouble("500", place="shipments")
    lite_dock.buy()
    told = lite_dock.package(box).label_words["sentence"]

    lite_dock.wait(60)

    assert told == "shipping.carrier_away"
    assert lite_dock.label_of(box).state == "bought"


def test_no_rates_at_all_end_the_wish_with_the_carriers_words(lite_dock):
    box = lite_dock.weighed()
    lite_dock.trouble("no_rates", place="shipments")

    lite_dock.buy()

    assert lite_dock.label_of(box).state == "failed"
    assert lite_dock.package(box).label_state == "refused"


def test_a_sheet_that_cannot_be_fetched_comes_later_and_the_label_is_bought_once(lite_dock):
    box = lite_dock.weighed()
    lite_dock.trouble("500", place="labels", times=2)
    lite_dock.buy()
    without = lite_dock.label_of(box).state, lite_dock.package(box).label_words["sentence"]

    lite_dock.wait(120)

    assert without == ("bought", "shipping.no_document_yet")
    assert lite_dock.package(box).state == "labelled"
    assert lite_dock.ledger()["sold"] == 1


def test_a_purchase_that_the_platform_takes_its_time_for_is_looked_up(lite_dock):
    box = lite_dock.weighed()
    lite_dock.trouble("queued")
    lite_dock.buy()
    waits = lite_dock.label_of(box)

    for _ in range(5):
        lite_dock.wait(5)

    assert (waits.state, waits.transaction_id) == ("in_doubt", waits.transaction_id or "none")
    assert lite_dock.label_of(box).state == "bought"
    assert lite_dock.ledger()["count"] == 1


def test_without_an_address_of_ours_nobody_is_asked(lite, platform):
    dock = Dock(lite, platform)
    done(lite, lambda s: s.query(ShipFrom).delete())
    box = dock.weighed()

    dock.buy()

    assert dock.label_of(box).trouble == "shipping.no_ship_from"
    assert dock.package(box).label_words["sentence"] == "shipping.no_ship_from"


def test_a_held_order_gets_its_label_when_the_hold_is_lifted(lite_dock):
    [fo] = lite_dock.pick([("MUG", 1)])
    box = lite_dock.pack(fo)
    hold = lite_dock.act(
        orders.hold,
        order_id=lite_dock.order_of(fo),
        kind="manual",
        blocks="label",
        reason="asked",
    )
    lite_dock.settle()
    lite_dock.buy()
    stopped = lite_dock.labels(), lite_dock.package(box).label_words["sentence"]
    lite_dock.act(orders.lift, hold_id=getattr(hold, "id", hold), outcome="fine")
    lite_dock.settle()

    lite_dock.buy()

    assert stopped == ([], "shipping.order_held")
    assert lite_dock.label_of(box).state == "bought"


def test_a_hold_between_rates_and_purchase_stops_the_purchase(lite_dock):
    box = lite_dock.weighed()
    fo = lite_dock.package(box).fo_id
    order_id = lite_dock.order_of(fo)

    class Slow(Gateway):
        """Somebody holds the order while rates are asked for."""

        def rates(self, *given, **named):
            quote = super().rates(*given, **named)
            lite_dock.act(
                orders.hold, order_id=order_id, kind="manual", blocks="label", reason="asked"
            )
            return quote

    slow = Slow("shippo_practice_1", lite_dock.standin.url)
    Buyer(slow).step(lite_dock.database, lite_dock.clock)

    assert lite_dock.label_of(box).state == "superseded"
    assert lite_dock.ledger()["count"] == 0


def test_no_box_is_opened_again_while_its_label_is_being_had(lite_dock):
    box = lite_dock.weighed()

    with pytest.raises(packing.LabelInTheWay):
        lite_dock.do(packing.reopen, package_id=box)
