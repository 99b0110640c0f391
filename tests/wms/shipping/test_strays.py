"""What was bought with our key and is no label of ours is told once, and its money asked back once."""

import threading

import pytest
from sqlalchemy import select

from tests.kit import TESTER, done
from tests.wms.shipping.standin.trips import advance
from tests.wms.shipping.sweeping import (
    ask_platform,
    became,
    begin,
    bought_besides,
    cases,
    go_on,
    later,
    refunds,
    set_clock,
    step,
    sweep,
    told,
)
from wms import wiring
from wms.cases import actions as case_actions
from wms.desk.queries import story
from wms.kernel.tables import OutboxCall, StoredEvent
from wms.kernel.words import say
from wms.orders.tables import FulfillmentOrder
from wms.packing import actions as packing
from wms.people import trail
from wms.people.told import fact_in_words
from wms.shipping import actions as shipping

DAILY = "shipping: look for purchases that are no label's"


def facts(dock):
    """Return what was announced about strays."""
    with dock.database.read() as session:
        query = select(StoredEvent).where(StoredEvent.type.like("shipping.%Label%"))
        found = session.scalars(query.order_by(StoredEvent.id)).all()
    names = [row.type.removeprefix("shipping.") for row in found]
    return [name for name in names if name.startswith(("Stray", "Foreign"))]


def words(case, language="en"):
    return say(case.sentence, case.values, language)


def came_late(dock):
    """Let a purchase be believed absent, and bought anew, before it turns up; returns what turned up."""
    set_clock(dock)
    dock.weighed()
    dock.trouble("reset_before")
    dock.buy()
    for seconds in (6, 120, 31):
        dock.wait(seconds)
    first = dock.labels()[0]
    return bought_besides(dock, first.uid, first.rate_id)


def test_a_purchase_that_turns_up_after_it_was_believed_absent_is_given_back(dock):
    late = came_late(dock)
    states = [row.state for row in dock.labels()]
    later(dock)

    swept = sweep(dock)

    assert states == ["failed", "bought"]
    assert (swept.looked, swept.ours, swept.known) == (2, 2, 1)
    assert became(swept) == ["pending"]
    assert [one["transaction"] for one in refunds(dock)] == [late["object_id"]]
    assert dock.ledger()["kept"] == 1
    assert facts(dock) == ["StrayLabelFound"]
    assert dock.broken() == []


def test_its_case_says_how_much_money_lies_where_and_what_happens_next(lite_dock):
    late = came_late(lite_dock)
    box = lite_dock.package(lite_dock.labels()[0].package_id).number
    later(lite_dock)
    begin(lite_dock, "by hand")
    while not cases(lite_dock):
        assert step(lite_dock)
    found = words(cases(lite_dock)[0])

    go_on(lite_dock)

    [case] = cases(lite_dock)
    for part in (late["tracking_number"], box, "UPS", " USD)"):
        assert part in found
        assert part in words(case)
    assert "asks the money back by itself" in found
    assert "takes days to agree" in words(case)
    assert "braucht Tage" in words(case, "de")


def test_the_orders_timeline_tells_of_it(lite_dock):
    late = came_late(lite_dock)
    later(lite_dock)
    sweep(lite_dock)
    fo = lite_dock.package(lite_dock.labels()[0].package_id).fo_id

    with lite_dock.database.read() as session:
        order = session.get_one(FulfillmentOrder, fo).order_id
        facts_of_order = story(session, order).facts
        names = trail.names_in(session, facts_of_order, wiring.NAMES)
        said = [fact_in_words(fact, names) for fact in facts_of_order]

    assert any("was paid for" in one and late["tracking_number"] in one for one in said)


def test_what_is_found_is_written_down_before_anybody_is_asked_for_money(lite_dock):
    came_late(lite_dock)
    later(lite_dock)
    begin(lite_dock, "by hand")
    while not cases(lite_dock):
        assert step(lite_dock)

    with lite_dock.database.read() as session:
        wished = session.scalars(
            select(OutboxCall.state).where(OutboxCall.kind == "label_refund")
        ).all()

    assert wished == ["pending"]
    assert refunds(lite_dock) == []


def test_a_label_that_is_charged_twice_is_given_back_once(dock):
    set_clock(dock)
    box = dock.weighed()
    dock.trouble("charged_twice")
    dock.buy()
    later(dock)

    swept = sweep(dock)

    assert became(swept) == ["pending"]
    [refund] = refunds(dock)
    assert refund["transaction"] != dock.label_of(box).transaction_id
    assert dock.label_of(box).state == "bought"
    assert (dock.ledger()["sold"], dock.ledger()["kept"]) == (2, 1)
    assert dock.broken() == []


def test_looked_through_twice_it_is_one_refund_and_one_case(dock):
    came_late(dock)
    later(dock)

    sweep(dock, "one")
    again = sweep(dock, "two")

    assert again.found == []
    assert len(refunds(dock)) == 1
    assert len(cases(dock)) == 1
    assert facts(dock).count("StrayLabelFound") == 1


def test_two_looks_that_are_judged_at_the_same_time_are_one_refund_and_one_case(dock):
    came_late(dock)
    later(dock)
    for name in ("one", "two"):
        begin(dock, name)
    while ask_platform(dock):
        pass
    judges = [threading.Thread(target=go_on, args=(dock,)) for _ in range(2)]

    for judge in judges:
        judge.start()
    for judge in judges:
        judge.join()
    go_on(dock)

    assert len(told(dock, "one").found) == len(told(dock, "two").found) == 1
    assert len(refunds(dock)) == len(cases(dock)) == 1
    assert facts(dock).count("StrayLabelFound") == 1


def test_a_case_is_over_when_the_money_is_back(dock):
    came_late(dock)
    later(dock)
    sweep(dock, "one")

    later(dock, days=1)
    sweep(dock, "two")
    later(dock, days=1)
    sweep(dock, "three")

    [case] = cases(dock)
    assert (case.state, case.outcome) == ("closed", "The carrier gave the money back.")
    assert facts(dock) == ["StrayLabelFound", "StrayLabelRefunded"]
    assert len(refunds(dock)) == 1


def test_a_carrier_that_keeps_the_money_leaves_the_case_to_a_person(lite_dock):
    late = came_late(lite_dock)
    lite_dock.trouble("refund_rejected", place="refunds")
    later(lite_dock)

    swept = sweep(lite_dock)

    [case] = cases(lite_dock)
    assert became(swept) == ["rejected"]
    assert case.state == "open"
    assert "does not give the money back" in words(case)
    assert late["object_id"] in words(case)
    assert facts(lite_dock) == ["StrayLabelFound", "StrayLabelKept"]


def test_a_case_that_a_person_closed_stays_closed(lite_dock):
    came_late(lite_dock)
    later(lite_dock)
    begin(lite_dock, "by hand")
    while not cases(lite_dock):
        assert step(lite_dock)
    [case] = cases(lite_dock)
    done(
        lite_dock.database,
        lambda s: case_actions.close(
            s, case_id=case.id, outcome="known", by=TESTER, at=lite_dock.clock.now()
        ),
    )

    go_on(lite_dock)
    later(lite_dock, days=1)
    sweep(lite_dock, "next day")

    [case] = cases(lite_dock)
    assert (case.state, case.outcome) == ("closed", "known")


def test_a_label_under_a_number_that_this_house_does_not_know_is_left_to_a_person(dock):
    set_clock(dock)
    box = dock.labelled()
    other = bought_besides(dock, "018f0000-aaaa-bbbb", dock.label_of(box).rate_id)
    later(dock)

    swept = sweep(dock)

    [case] = cases(dock)
    assert became(swept) == ["foreign"]
    assert refunds(dock) == []
    assert facts(dock) == ["ForeignLabelFound"]
    for part in (other["object_id"], other["tracking_number"], "UPS", " USD"):
        assert part in words(case)
        assert part in words(case, "de")
    assert dock.broken() == []


def test_what_a_whole_other_house_bought_is_one_case_until_it_is_closed(lite_dock):
    set_clock(lite_dock)
    rate_id = lite_dock.label_of(lite_dock.labelled()).rate_id
    for number in range(7):
        bought_besides(lite_dock, f"018f0000-aaaa-{number}", rate_id)
    later(lite_dock)

    swept = sweep(lite_dock, "one")
    again = sweep(lite_dock, "two")

    [case] = cases(lite_dock)
    assert (swept.many, swept.found) == (again.many, again.found) == (7, [])
    assert "7 labels" in words(case)
    assert "7 Etiketten" in words(case, "de")
    assert refunds(lite_dock) == []


def test_what_a_person_settled_is_not_told_again(lite_dock):
    set_clock(lite_dock)
    box = lite_dock.labelled()
    bought_besides(lite_dock, "018f0000-aaaa-bbbb", lite_dock.label_of(box).rate_id)
    later(lite_dock)
    sweep(lite_dock, "one")
    [case] = cases(lite_dock)
    done(
        lite_dock.database,
        lambda s: case_actions.close(
            s, case_id=case.id, outcome="ours too", by=TESTER, at=lite_dock.clock.now()
        ),
    )

    swept = sweep(lite_dock, "two")

    assert became(swept) == ["settled"]
    assert len(cases(lite_dock)) == 1


def test_a_young_purchase_is_left_alone(lite_dock):
    came_late(lite_dock)
    later(lite_dock, minutes=11)

    swept = sweep(lite_dock)

    assert (swept.found, swept.waits) == ([], 1)
    assert cases(lite_dock) == []
    assert refunds(lite_dock) == []


@pytest.mark.parametrize("kind", ["reset_after", "queued"])
def test_a_purchase_whose_label_is_in_doubt_is_left_alone(lite_dock, kind):
    set_clock(lite_dock)
    box = lite_dock.weighed()
    lite_dock.trouble(kind)
    lite_dock.buy()
    later(lite_dock)

    swept = sweep(lite_dock)

    assert lite_dock.label_of(box).state == "in_doubt"
    assert swept.found == []
    assert refunds(lite_dock) == []


def test_labels_that_are_bought_voided_or_away_are_known(lite_dock):
    set_clock(lite_dock)
    kept, voided, gone = lite_dock.labelled(), lite_dock.labelled(), lite_dock.staged(carrier="UPS")
    lite_dock.void(voided)
    lite_dock.load("UPS", gone)
    later(lite_dock)

    swept = sweep(lite_dock)

    states = [lite_dock.label_of(box).state for box in (kept, voided, gone)]
    assert states == ["bought", "void_requested", "handed_over"]
    assert (swept.looked, swept.known, swept.found) == (3, 3, [])
    assert refunds(lite_dock) == []


def test_a_stray_whose_parcel_travels_is_in_use_and_not_given_back(lite_dock):
    late = came_late(lite_dock)
    advance(lite_dock.standin.url, late["tracking_number"], "TRANSIT")
    later(lite_dock)

    swept = sweep(lite_dock)

    [case] = cases(lite_dock)
    assert became(swept) == ["in_use"]
    assert refunds(lite_dock) == []
    assert "its parcel travels" in words(case)
    assert late["tracking_number"] in words(case)


def test_a_number_that_somebody_typed_for_the_box_is_the_boxs_own(lite_dock):
    """A person looked at the platform, found the label there, printed it and typed its number."""
    set_clock(lite_dock)
    box = lite_dock.weighed()
    lite_dock.trouble("reset_before")
    lite_dock.buy()
    first = lite_dock.label_of(box)
    lite_dock.ask(shipping.was_not_bought, shipment_id=first.id)
    late = bought_besides(lite_dock, first.uid, first.rate_id)
    lite_dock.means("USPS", "typed")
    lite_dock.ask(shipping.try_again, shipment_id=first.id)
    lite_dock.do(packing.number_typed, package_id=box, number=late["tracking_number"])
    lite_dock.settle()
    later(lite_dock)

    swept = sweep(lite_dock)

    assert lite_dock.label_of(box).means == "typed"
    assert swept.found == []
    assert refunds(lite_dock) == []


def test_more_than_one_page_is_looked_through(lite_dock, monkeypatch):
    monkeypatch.setattr("wms.shipping.gateway.line.PAGE", 2)
    late = came_late(lite_dock)
    for _ in range(4):
        lite_dock.labelled()
    later(lite_dock)

    swept = sweep(lite_dock)

    assert (swept.pages, swept.looked, swept.known) == (3, 6, 5)
    assert [one.transaction_id for one in swept.found] == [late["object_id"]]


def test_nothing_older_than_a_week_is_looked_for(lite_dock, monkeypatch):
    monkeypatch.setattr("wms.shipping.gateway.line.PAGE", 2)
    came_late(lite_dock)
    for minute in range(4):
        later(lite_dock, minutes=minute)
        lite_dock.labelled()
    later(lite_dock, days=8)
    later(lite_dock)

    swept = sweep(lite_dock)

    assert (swept.pages, swept.looked, swept.is_over) == (1, 0, True)
    assert cases(lite_dock) == []


def test_a_platform_that_falls_silent_in_mid_list_is_asked_for_the_rest_later(
    lite_dock, monkeypatch
):
    monkeypatch.setattr("wms.shipping.gateway.line.PAGE", 2)
    came_late(lite_dock)
    for _ in range(4):
        lite_dock.labelled()
    later(lite_dock)
    begin(lite_dock, "by hand")
    while told(lite_dock).pages < 2:
        if not step(lite_dock):
            later(lite_dock, seconds=2)
    lite_dock.trouble("500", place="list", times=2)

    go_on(lite_dock)
    half = told(lite_dock)
    later(lite_dock, minutes=1)
    go_on(lite_dock)
    later(lite_dock, minutes=1)
    go_on(lite_dock)

    assert (half.is_over, half.pages, half.trouble) == (False, 2, "the platform answered 500")
    assert half.found == []
    whole = told(lite_dock)
    assert (whole.is_over, whole.looked, whole.trouble) == (True, 6, "")
    assert len(refunds(lite_dock)) == 1


def test_money_that_the_platform_did_not_answer_about_is_asked_for_at_the_next_look(lite_dock):
    came_late(lite_dock)
    lite_dock.trouble("500", place="refunds", times=10)
    later(lite_dock)
    begin(lite_dock, "one")
    for _ in range(14):
        go_on(lite_dock)
        later(lite_dock, hours=1)
    [case] = cases(lite_dock)
    silent = became(told(lite_dock, "one")), words(case)

    swept = sweep(lite_dock, "two")

    assert silent[0] == ["unanswered"]
    assert "did not answer" in silent[1]
    assert became(swept) == ["pending"]
    assert len(refunds(lite_dock)) == 1
    assert len(cases(lite_dock)) == 1


def test_the_house_looks_once_a_day_by_itself(lite_dock):
    came_late(lite_dock)
    later(lite_dock)

    lite_dock.tick(DAILY)
    lite_dock.tick(DAILY)
    go_on(lite_dock)

    assert len(refunds(lite_dock)) == 1
    with lite_dock.database.read() as session:
        pages = session.scalars(
            select(OutboxCall).where(OutboxCall.kind == "label_purchases")
        ).all()
    assert [(row.state, "seen" in row.answer) for row in pages] == [("done", False)]


def test_a_house_that_buys_no_labels_asks_nobody(quiet_dock):
    quiet_dock.weighed()

    quiet_dock.tick(DAILY)

    with quiet_dock.database.read() as session:
        assert session.scalars(select(OutboxCall)).all() == []
