"""Labels and boxes that part: money asked back for a parcel that left, and labels whose box never does."""

from datetime import timedelta

import pytest

from tests.wms.shipping.standin.trips import advance
from wms.cases.tables import ExceptionCase
from wms.kernel.lifecycle import NotNow
from wms.orders.tables import Order
from wms.shipping import actions as shipping

SWEEP = "shipping: tell of labels whose box never left"
REFUNDS = "shipping: tell of refunds that never come"


def cases(dock):
    with dock.database.read() as session:
        return [(one.kind, one.subject_id) for one in session.query(ExceptionCase)]


def left_anyway(dock, box):
    row = dock.label_of(box)
    dock.act(shipping.left_anyway, shipment_id=row.id, expected=row.version)


def test_a_parcel_that_was_in_the_truck_already_leaves_with_the_label_it_wears(dock):
    box = dock.staged(carrier="UPS")
    row = dock.label_of(box)
    dock.void(box)

    left_anyway(dock, box)
    dock.settle()
    dock.wait(7200)

    after = dock.label_of(box)
    assert (after.id, after.state, dock.package(box).state) == (
        row.id,
        "handed_over",
        "handed_over",
    )
    assert dock.package(box).label_code == row.tracking_number
    assert dock.loaded() == [row.id]
    assert dock.state(Order, dock.order_of(dock.package(box).fo_id)) == "shipped"
    assert cases(dock) == [("void_travels", row.id)]
    assert dock.broken() == []


def test_a_box_that_wears_another_label_by_now_does_not_leave_with_the_first(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    first = lite_dock.label_of(box)
    lite_dock.void(box)
    lite_dock.ask(shipping.try_again, shipment_id=first.id)

    with pytest.raises(shipping.HasLabel):
        lite_dock.act(shipping.left_anyway, shipment_id=first.id)


def test_a_parcel_of_a_cancelled_order_stays(lite_dock):
    box = lite_dock.labelled(carrier="UPS")
    lite_dock.cancel(lite_dock.package(box).fo_id)
    lite_dock.settle()

    with pytest.raises(shipping.ParcelCancelled):
        left_anyway(lite_dock, box)


def test_only_a_label_whose_money_is_asked_back_counts_again(lite_dock):
    box = lite_dock.staged(carrier="UPS")

    with pytest.raises(NotNow):
        left_anyway(lite_dock, box)


def test_a_parcel_that_travels_though_its_money_was_asked_back_is_told_once(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    row = lite_dock.label_of(box)
    lite_dock.void(box)
    for minutes, status in ((5, "TRANSIT"), (10, "DELIVERED")):
        at = lite_dock.clock.forward(timedelta(minutes=minutes))
        said = advance(
            lite_dock.standin.url, row.tracking_number, status, at=at.isoformat(), copies=0
        )
        lite_dock.act(shipping.keep_message, body=said["message"]["body"].encode())
        lite_dock.settle()

    assert cases(lite_dock) == [("void_travels", row.id)]


def test_a_label_whose_box_never_left_is_told_once(dock):
    waits = dock.staged(carrier="UPS")
    leaves = dock.staged(("LAMP", 1), carrier="UPS")
    dock.load("UPS", leaves)
    dock.clock.forward(timedelta(days=1))
    dock.tick(SWEEP)
    early = cases(dock)
    dock.clock.forward(timedelta(days=2))

    dock.tick(SWEEP)
    dock.tick(SWEEP)

    assert early == []
    assert cases(dock) == [("label_unused", dock.label_of(waits).id)]
    with dock.database.read() as session:
        [case] = session.query(ExceptionCase).all()
    assert (case.values["days"], case.values["package"]) == (3, dock.package(waits).number)


def test_our_own_labels_cost_nothing_and_are_not_told(quiet_dock):
    quiet_dock.means("UPS", "own")
    quiet_dock.staged(carrier="UPS")
    quiet_dock.clock.forward(timedelta(days=9))

    quiet_dock.tick(SWEEP)

    assert cases(quiet_dock) == []


def test_somebody_is_told_once_of_money_that_never_comes_back(dock):
    box = dock.labelled()
    dock.void(box)
    asked = dock.label_of(box)

    dock.tick(REFUNDS)
    early = cases(dock)
    for _ in range(2):
        dock.clock.forward(timedelta(days=8))
        dock.tick(REFUNDS)

    assert asked.state == "void_requested"
    assert early == []
    assert cases(dock) == [("refund_overdue", asked.id)]
    assert dock.broken() == []
