"""Parcels that nobody hears of are asked for, seldom and by one; what comes back goes the way of what is called in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.wms.shipping.standin.trips import KEY, advance
from wms.kernel.tables import StoredEvent
from wms.orders.tables import Order
from wms.packing import actions as packing
from wms.shipping import actions as shipping
from wms.shipping.actions.rows import NEVER
from wms.shipping.gateway import Gateway
from wms.shipping.worker import Tracker

BEFORE, QUIET_H = 5, 6
"""Hours after which nobody asks yet, and after which somebody does."""


@pytest.fixture
def sent(lite_dock):
    """A parcel that left."""
    return gone(lite_dock)


def gone(dock):
    box = dock.staged(carrier="UPS")
    dock.load("UPS", box)
    return box


def say(dock, box, status):
    """Let the carrier say something that nobody is called for; returns what would have been called in."""
    number = dock.label_of(box).tracking_number
    at = dock.clock.forward(timedelta(minutes=5))
    said = advance(dock.standin.url, number, status, at=at.isoformat(), copies=0)
    return said["message"]["body"].encode()


def told(dock):
    """Return what the house announced of parcels on their way."""
    with dock.database.read() as session:
        query = select(StoredEvent).where(StoredEvent.type == "shipping.ParcelTracked")
        rows = session.scalars(query.order_by(StoredEvent.id)).all()
        return [(row.data["was"], row.data["tracking"]) for row in rows]


def order_of(dock, box):
    return dock.state(Order, dock.order_of(dock.package(box).fo_id))


def test_a_parcel_that_nobody_hears_of_is_asked_for_until_it_arrived(dock):
    box = gone(dock)
    asked = [dock.look_after(hours=BEFORE)]
    for status in ("TRANSIT", "DELIVERED"):
        say(dock, box, status)
        asked.append(dock.look_after(hours=QUIET_H))
    asked.append(dock.look_after(days=30))

    assert asked == [0, 1, 1, 0]
    assert told(dock) == [("unknown", "in_transit"), ("in_transit", "delivered")]
    assert order_of(dock, box) == "delivered"
    assert dock.label_of(box).due_at == NEVER
    assert dock.broken() == []


def test_the_longer_a_parcel_is_silent_the_less_often_it_is_asked_for(lite_dock, sent):
    asked = [lite_dock.look_after(hours=QUIET_H) for _ in range(8)]

    assert asked == [1, 0, 1, 0, 0, 0, 1, 0]
    assert lite_dock.label_of(sent).tries == 3


def test_a_word_that_is_called_in_puts_the_question_off(lite_dock, sent):
    lite_dock.look_after(hours=QUIET_H)
    lite_dock.clock.forward(timedelta(hours=11))
    lite_dock.act(shipping.keep_message, body=say(lite_dock, sent, "TRANSIT"))
    lite_dock.settle()

    assert lite_dock.look_after(hours=BEFORE) == 0
    assert lite_dock.look_after(hours=1) == 1


def test_what_was_called_in_and_asked_for_is_believed_and_told_once(lite_dock, sent):
    early, late = say(lite_dock, sent, "TRANSIT"), say(lite_dock, sent, "DELIVERED")
    lite_dock.look_after(hours=QUIET_H)
    for body in (late, early, late):
        lite_dock.act(shipping.keep_message, body=body)
        lite_dock.settle()

    assert lite_dock.label_of(sent).tracking == "delivered"
    assert lite_dock.heard(sent) == ["in_transit", "delivered"]
    assert told(lite_dock) == [("unknown", "delivered")]


def test_a_platform_that_does_not_answer_is_left_in_peace_for_an_hour(lite_dock, sent):
    second = gone(lite_dock)
    lite_dock.trouble("500", place="tracks", times=1)
    say(lite_dock, sent, "DELIVERED")

    assert lite_dock.look_after(hours=QUIET_H) == 0
    assert (lite_dock.label_of(sent).tracking, lite_dock.label_of(sent).tries) == ("unknown", 0)
    assert lite_dock.look_after(minutes=5) == 1
    assert lite_dock.label_of(second).tries == 1
    assert lite_dock.look_after(hours=1) == 1
    assert lite_dock.label_of(sent).tracking == "delivered"


def test_a_worker_that_died_over_its_question_is_followed_by_another(lite_dock, sent):
    lite_dock.clock.forward(timedelta(hours=QUIET_H))

    class Dies(Gateway):
        """The machine is switched off while it asks."""

        def track(self, *given):
            super().track(*given)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Tracker(Dies(KEY, lite_dock.standin.url)).step(lite_dock.database, lite_dock.clock)

    assert lite_dock.look_after(seconds=60) == 0
    assert lite_dock.look_after(seconds=60) == 1


def test_a_parcel_that_arrived_before_its_truck_was_scanned_takes_its_order_along(lite_dock):
    box = lite_dock.staged(carrier="UPS")
    lite_dock.act(shipping.keep_message, body=say(lite_dock, box, "DELIVERED"))
    lite_dock.settle()
    before = order_of(lite_dock, box)
    lite_dock.load("UPS", box)

    assert (before, order_of(lite_dock, box)) == ("in_fulfillment", "delivered")
    assert lite_dock.look_after(days=3) == 0


@pytest.mark.parametrize("means", ["own", "collection"])
def test_nobody_is_asked_for_what_no_platform_knows(lite_dock, means):
    lite_dock.means("UPS", means)
    box = lite_dock.weighed(carrier="UPS")
    lite_dock.do(packing.stage, package_id=box)
    lite_dock.load("UPS", box)

    assert lite_dock.look_after(days=3) == 0


def test_without_a_key_nobody_is_asked(quiet_dock):
    assert not quiet_dock.tracker.step(quiet_dock.database, quiet_dock.clock)
