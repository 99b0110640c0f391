"""Labels without a carrier platform: our own courier, collection, and numbers that are typed."""

import pytest

from tests.kit import done
from tests.wms.printing.printers import a_printer
from tests.wms.shipping.docking import Dock
from wms.packing import actions as packing
from wms.packing import queries as packages
from wms.printing import actions as printing
from wms.printing.actions import attempting
from wms.printing.rules import Condition, Outcome
from wms.shipping import actions as shipping
from wms.shipping.tables import Shipment
from wms.shipping.worker import Buyer


def test_our_own_courier_gets_a_label_of_the_house_at_once(quiet_dock):
    quiet_dock.means("UPS", "own")

    box = quiet_dock.weighed(carrier="UPS")

    label, package = quiet_dock.label_of(box), quiet_dock.package(box)
    [sheet] = [one for one in quiet_dock.sheets() if one.kind == "house_label"]
    assert (label.state, label.means, label.cost_minor) == ("bought", "own", 0)
    assert label.tracking_number == f"WXS{label.id:07d}"
    assert (package.state, sheet.expects) == ("labelled", label.tracking_number)
    assert not quiet_dock.buyer.step(quiet_dock.database, quiet_dock.clock)
    assert quiet_dock.broken() == []


def test_a_label_in_a_state_that_nobody_knows_breaks_a_promise_of_the_house(quiet_dock):
    quiet_dock.means("UPS", "own")
    box = quiet_dock.weighed(carrier="UPS")
    before = quiet_dock.broken()
    label = quiet_dock.label_of(box)

    done(quiet_dock.database, lambda s: _lose(s, label.id))

    assert before == []
    assert ("shipping.labels_are_in_a_known_state", {"shipment": label.id, "state": "lost"}) in (
        quiet_dock.broken()
    )


def _lose(session, shipment_id):
    session.get_one(Shipment, shipment_id).state = "lost"


def test_what_is_collected_leaves_as_any_parcel(quiet_dock):
    quiet_dock.means("USPS", "collection")
    box = quiet_dock.weighed(carrier="USPS")
    quiet_dock.do(packing.stage, package_id=box)

    quiet_dock.load("USPS", box)

    assert quiet_dock.label_of(box).state == "handed_over"
    assert quiet_dock.broken() == []


def test_the_longest_number_from_elsewhere_is_kept_whole(dock):
    dock.means("USPS", "typed")
    box = dock.weighed(carrier="USPS")

    with pytest.raises(packing.WrongNumber):
        typed(dock, box, "9" * 81)
    typed(dock, box, "9" * 80)

    assert dock.label_of(box).tracking_number == "9" * 80


def test_without_a_key_the_bench_asks_for_the_number_of_a_label_from_elsewhere(quiet_dock):
    box = quiet_dock.weighed(carrier="UPS")
    quiet_dock.buy()
    asked = quiet_dock.package(box).label_state
    quiet_dock.do(packing.number_typed, package_id=box, number="1z 999 aa")
    quiet_dock.settle()

    label = quiet_dock.label_of(box)
    assert (asked, label.means, label.state) == ("typed", "typed", "bought")
    assert quiet_dock.package(box).state == "labelled"
    assert quiet_dock.package(box).carrier == "UPS"
    with quiet_dock.database.read() as session:
        assert packages.package_of_code(session, "1z 999 aa").id == box
    assert quiet_dock.broken() == []


def test_a_number_that_left_with_another_parcel_is_asked_for_again(quiet_dock):
    quiet_dock.means("UPS", "typed")
    first = quiet_dock.weighed(carrier="UPS")
    quiet_dock.do(packing.number_typed, package_id=first, number="1Z1")
    quiet_dock.settle()
    quiet_dock.do(packing.stage, package_id=first)
    quiet_dock.load("UPS", first)
    second = quiet_dock.weighed(carrier="UPS")

    quiet_dock.do(packing.number_typed, package_id=second, number="1Z1")
    quiet_dock.settle()

    assert quiet_dock.package(second).label_words["sentence"] == "shipping.number_taken"
    assert quiet_dock.label_of(second).state == "draft"


def test_a_number_from_elsewhere_is_taken_again_by_a_box_that_was_opened_meanwhile(quiet_dock):
    quiet_dock.means("UPS", "typed")
    box = typed(quiet_dock, quiet_dock.weighed(carrier="UPS"), "1Z1")
    quiet_dock.do(packing.reopen, package_id=box)
    quiet_dock.settle()
    quiet_dock.close(box)
    quiet_dock.weigh(box)
    quiet_dock.settle()

    typed(quiet_dock, box, "1Z1")

    before, label = quiet_dock.labels()
    assert (before.state, before.tracking_number) == ("voided", f"1Z1 {before.uid}")
    assert (label.state, label.tracking_number) == ("bought", "1Z1")
    assert quiet_dock.package(box).state == "labelled"
    assert quiet_dock.broken() == []


def test_a_number_that_was_typed_for_the_wrong_box_can_be_given_to_the_right_one(quiet_dock):
    quiet_dock.means("UPS", "typed")
    wrong, right = quiet_dock.weighed(carrier="UPS"), quiet_dock.weighed(carrier="UPS")
    typed(quiet_dock, wrong, "1Z1")
    quiet_dock.void(wrong)

    typed(quiet_dock, right, "1Z1")

    assert quiet_dock.package(right).state == "labelled"
    with quiet_dock.database.read() as session:
        assert packages.package_of_code(session, "1Z1").id == right
    assert quiet_dock.broken() == []


def test_a_box_whose_label_from_elsewhere_was_voided_by_mistake_takes_it_again(quiet_dock):
    quiet_dock.means("UPS", "typed")
    box = typed(quiet_dock, quiet_dock.weighed(carrier="UPS"), "1Z1")
    quiet_dock.do(packing.stage, package_id=box)
    quiet_dock.void(box)
    quiet_dock.ask(shipping.try_again, shipment_id=quiet_dock.label_of(box).id)

    typed(quiet_dock, box, "1Z1")

    assert quiet_dock.package(box).state == "labelled"


def test_the_number_of_a_void_label_that_the_platform_sold_stays_spent(lite_dock):
    box = lite_dock.labelled(carrier="UPS")
    number = lite_dock.label_of(box).tracking_number
    lite_dock.void(box)
    lite_dock.wait(5)
    state = lite_dock.label_of(box).state
    lite_dock.means("UPS", "typed")
    other = lite_dock.weighed(carrier="UPS")

    typed(lite_dock, other, number)

    assert state in ("void_requested", "voided")
    assert lite_dock.package(other).label_words["sentence"] == "shipping.number_taken"
    with lite_dock.database.read() as session:
        assert packages.is_void_label(session, number)


def test_a_house_that_lost_its_key_takes_the_number_of_a_label_that_had_its_rates(lite_dock):
    box = lite_dock.weighed(carrier="UPS")
    lite_dock.trouble("429")
    lite_dock.buy()
    rated = lite_dock.label_of(box)
    lite_dock.buyer = Buyer(None, lite_dock.grace)
    lite_dock.wait(60)
    asked = lite_dock.package(box).label_state

    typed(lite_dock, box, "1Z777")

    label = lite_dock.label_of(box)
    assert (rated.state, asked) == ("rated", "typed")
    assert (label.id, label.state, label.means, label.tracking_number) == (
        rated.id,
        "bought",
        "typed",
        "1Z777",
    )
    assert (label.carrier, label.cost_minor, label.currency, label.service) == ("UPS", 0, "", "")
    assert lite_dock.package(box).state == "labelled"
    assert lite_dock.broken() == []


USPS = "9400111899223100001234"


@pytest.mark.parametrize(
    ("first", "second"), [("]C142007101\x1d" + USPS, USPS), (USPS, "(420) 07101 " + USPS)]
)
def test_a_usps_label_from_elsewhere_is_one_label_whether_scanned_or_typed(
    quiet_dock, first, second
):
    quiet_dock.means("USPS", "typed")
    box, other = (quiet_dock.weighed(carrier="USPS") for _ in range(2))
    typed(quiet_dock, box, first)

    with pytest.raises(packing.WrongNumber):
        typed(quiet_dock, other, second)

    assert quiet_dock.label_of(box).tracking_number == USPS
    assert quiet_dock.package(other).state == "weighed"
    quiet_dock.do(packing.stage, package_id=box)
    with quiet_dock.database.read() as session:
        assert packages.package_of_code(session, "42007101" + USPS).id == box


def test_a_usps_label_that_left_is_known_again_when_it_is_scanned(quiet_dock):
    quiet_dock.means("USPS", "typed")
    box, other = (quiet_dock.weighed(carrier="USPS") for _ in range(2))
    typed(quiet_dock, box, USPS)
    quiet_dock.do(packing.stage, package_id=box)
    quiet_dock.load("USPS", box)

    typed(quiet_dock, other, "42007101" + USPS)

    assert quiet_dock.package(other).label_words["sentence"] == "shipping.number_taken"


def test_a_fedex_label_that_was_scanned_is_not_typed_for_another_box(quiet_dock):
    quiet_dock.means("UPS", "typed")
    box, other = (quiet_dock.weighed(carrier="UPS") for _ in range(2))
    typed(quiet_dock, box, "9622080430005371520000794698971234")

    with pytest.raises(packing.WrongNumber):
        typed(quiet_dock, other, "794698971234")

    assert quiet_dock.package(other).state == "weighed"


def typed(dock, box, number):
    """Type the number of a label from elsewhere for a box; returns the box."""
    dock.do(packing.number_typed, package_id=box, number=number)
    dock.settle()
    return box


def test_a_label_of_the_house_is_void_at_once(quiet_dock):
    quiet_dock.means("UPS", "own")
    box = quiet_dock.weighed(carrier="UPS")

    after = quiet_dock.void(box)

    assert after == "voided"
    assert quiet_dock.package(box).state == "weighed"
    assert quiet_dock.broken() == []


def test_a_bench_without_a_printer_is_told_to_print_from_the_page(lite):
    dock = Dock(lite, prints=False)
    dock.means("UPS", "own")

    box = dock.weighed(carrier="UPS")

    assert dock.package(box).label_words["sentence"] == "shipping.no_label_printer"
    assert dock.sheets() == []


def house_labels(dock):
    return [one for one in dock.sheets() if one.kind == "house_label"]


def claim_a_sheet(session, *, by, at):
    return attempting.claim_next(session, at=at)


def go_out(dock, outcome=Outcome.CONFIRMED):
    """Let the next sheet be sent."""
    claimed = dock.act(claim_a_sheet)
    what = {"outcome": outcome, "condition": Condition.READY, "evidence": {}}
    dock.act(attempting.record, attempt_id=claimed.attempt_id, **what)


def test_a_label_is_printed_once_where_somebody_chooses_and_a_second_sheet_says_so(quiet_dock):
    quiet_dock.means("UPS", "own")
    box = quiet_dock.weighed(carrier="UPS")
    [first] = house_labels(quiet_dock)
    asked = {
        "shipment_id": quiet_dock.label_of(box).id,
        "printer_id": first.printer_id,
    }

    with pytest.raises(printing.ComesByItself):
        quiet_dock.act(shipping.print_label, **asked)
    while house_labels(quiet_dock)[0].state == "queued":
        go_out(quiet_dock)
    with pytest.raises(shipping.ReasonWanted):
        quiet_dock.act(shipping.print_label, **asked)
    quiet_dock.act(shipping.print_label, **asked, reason="torn")

    _, second = house_labels(quiet_dock)
    assert (second.generation, second.reprint_of_id, second.reason) == (2, first.id, "torn")
    assert quiet_dock.broken() == []


def test_a_label_that_waits_for_a_printer_comes_out_of_the_one_that_was_chosen(quiet_dock):
    quiet_dock.means("UPS", "own")
    box = quiet_dock.weighed(carrier="UPS")
    other = a_printer(quiet_dock.database, "Elsewhere")

    quiet_dock.act(shipping.print_label, shipment_id=quiet_dock.label_of(box).id, printer_id=other)

    [only] = house_labels(quiet_dock)
    assert (only.printer_id, only.generation, only.state) == (other, 1, "queued")


def test_a_label_whose_sheet_was_taken_back_unsent_is_printed_afresh(quiet_dock):
    quiet_dock.means("UPS", "own")
    box = quiet_dock.weighed(carrier="UPS")
    [first] = house_labels(quiet_dock)
    quiet_dock.act(printing.cancel, job_id=first.id)

    quiet_dock.act(
        shipping.print_label,
        shipment_id=quiet_dock.label_of(box).id,
        printer_id=first.printer_id,
    )

    assert house_labels(quiet_dock)[-1].generation == 1


def test_what_is_not_bought_is_not_printed(quiet_dock):
    quiet_dock.means("UPS", "own")
    box = quiet_dock.weighed(carrier="UPS")
    [printed] = house_labels(quiet_dock)
    label = quiet_dock.label_of(box)
    quiet_dock.void(box)

    with pytest.raises(shipping.NoSheet):
        quiet_dock.act(shipping.print_label, shipment_id=label.id, printer_id=printed.printer_id)
