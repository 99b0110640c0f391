"""A box whose label was not had, or is opened and weighed again: whatever is told first, it ends with one label."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.kit import ADA
from wms.cases.tables import ExceptionCase
from wms.kernel.lifecycle import NotNow
from wms.orders import actions as orders
from wms.orders.tables import FulfillmentOrder
from wms.packing import actions as packing


def bench_knows(dock, box):
    """Return what the bench knows of a box and its label."""
    package = dock.package(box)
    return package.state, package.label_state


def refused(dock):
    """Return a box whose carriers refused both labels that were tried by themselves."""
    box = dock.weighed()
    dock.trouble("error_201", times=2)
    dock.buy()
    return box


def test_a_label_that_was_refused_is_asked_for_once_more_with_the_box_as_it_is(dock):
    box = refused(dock)
    before = dock.package(box)

    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    wished = bench_knows(dock, box)
    dock.buy()

    after = dock.package(box)
    assert bench_knows(dock, box) == ("labelled", "bought")
    assert wished == ("weighed", "asked")
    assert (after.weighed_at, after.expected_g) == (before.weighed_at, before.expected_g)
    assert dock.broken() == []


def test_who_asks_twice_for_the_label_asks_once(lite_dock):
    box = refused(lite_dock)
    lite_dock.do(packing.ask_again, package_id=box)

    with pytest.raises(NotNow):
        lite_dock.do(packing.ask_again, package_id=box)


def test_opened_and_weighed_again_before_anybody_heard_of_it_the_box_gets_its_new_label(dock):
    box = refused(dock)
    dock.do(packing.reopen, package_id=box)
    dock.close(box)
    dock.weigh(box)

    dock.settle()
    dock.buy()

    assert [row.state for row in dock.labels()] == ["failed", "failed", "bought"]
    assert bench_knows(dock, box) == ("labelled", "bought")


def test_a_label_that_a_lead_took_back_can_be_asked_for_at_the_bench(dock):
    box = dock.labelled()
    dock.void(box)
    told = bench_knows(dock, box)

    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    dock.buy()

    assert told == ("weighed", "refused")
    assert bench_knows(dock, box) == ("labelled", "bought")
    assert dock.ledger()["kept"] == 1


def test_when_all_services_refused_it_the_bench_is_told_why_and_the_next_ask_begins_anew(lite_dock):
    dock = lite_dock
    box = dock.weighed()
    dock.trouble("error_201", times=100)

    for _ in range(20):
        dock.buy()
        if not dock.label_of(box).carrier:
            break
        dock.do(packing.ask_again, package_id=box)
        dock.settle()
    in_vain = dock.labels()
    told = dock.package(box).label_words
    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    dock.buy()

    tried = [(row.carrier, row.service) for row in in_vain[:-1]]
    assert len(tried) == len(set(tried)) > 2, "no service is asked twice in one round"
    assert "the carrier's own computer is away" in str(told)
    anew = dock.labels()[len(in_vain)]
    assert (anew.carrier, anew.service) == tried[0]
    assert cases(dock) == [("no_label", "open")]


def test_a_named_carrier_that_refused_everything_is_asked_anew(lite_dock):
    dock = lite_dock
    box = dock.weighed(carrier="UPS")
    dock.trouble("error_201", times=100)
    while dock.label_of(box).rate_id or dock.label_of(box).state != "failed":
        dock.buy()
        if dock.label_of(box).rate_id:
            dock.do(packing.ask_again, package_id=box)
            dock.settle()
    in_vain = [row.service for row in dock.labels()]
    told = dock.package(box).label_words
    dock.mend()

    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    dock.buy()

    assert len(in_vain) > 2
    assert "the carrier's own computer is away" in str(told)
    assert bench_knows(dock, box) == ("labelled", "bought")
    assert (dock.label_of(box).carrier, dock.label_of(box).service) == ("UPS", in_vain[0])


def test_a_box_that_got_its_label_after_all_is_nobodys_case_any_more(dock):
    box = refused(dock)
    before = cases(dock)

    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    dock.buy()

    assert before == [("no_label", "open")]
    assert cases(dock) == [("no_label", "closed")]


def test_an_address_that_was_corrected_while_the_box_waits_gets_it_its_label(dock):
    box = refused(dock)
    refusals = dock.labels()

    dock.do(orders.change_address, order_id=order_of(dock, box), contact=replace(ADA, city="Akron"))
    dock.settle()
    dock.buy()

    label = dock.label_of(box)
    assert bench_knows(dock, box) == ("labelled", "bought")
    assert (label.carrier, label.service) == (refusals[0].carrier, refusals[0].service)
    assert dock.broken() == []


def test_once_there_is_a_label_for_the_old_address_the_order_stays_where_it_goes(dock):
    box = dock.labelled()

    with pytest.raises(orders.OrderUnderWay):
        dock.do(
            orders.change_address, order_id=order_of(dock, box), contact=replace(ADA, city="Akron")
        )


def cases(dock):
    """Return every case of the house and how far it is."""
    with dock.database.read() as session:
        return [(case.kind, case.state) for case in session.scalars(select(ExceptionCase))]


def order_of(dock, box):
    """Return the order that a box belongs to."""
    with dock.database.read() as session:
        return session.get_one(FulfillmentOrder, dock.package(box).fo_id).order_id
