"""What carriers tell is kept first, read after, and never believed backwards."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from tests.wms.shipping.standin.trips import advance
from wms.kernel.commands import HOUSE, command
from wms.kernel.tables import InboxMessage
from wms.orders import actions as orders
from wms.orders.tables import Order
from wms.packing import actions as packing
from wms.shipping import actions as shipping
from wms.shipping import webhook
from wms.shipping.actions import tracking

AGAIN = "shipping: read again what carriers told"


@pytest.fixture
def sent(lite_dock):
    """A parcel that left."""
    box = lite_dock.staged(carrier="UPS")
    lite_dock.load("UPS", box)
    return box


def say(dock, number, status, **more):
    """Let the carrier say something; returns the message as it would call in."""
    at = dock.clock.forward(timedelta(minutes=5))
    said = advance(dock.standin.url, number, status, at=at.isoformat(), copies=0, **more)
    return said["message"]["body"].encode()


def bring(dock, body):
    """Bring a message in."""
    dock.act(shipping.keep_message, body=body)
    dock.settle()


def messages(dock):
    with dock.database.read() as session:
        return [row.state for row in session.query(InboxMessage).order_by(InboxMessage.id)]


def test_a_parcel_is_followed_until_it_arrives_and_its_order_with_it(lite_dock, sent):
    number = lite_dock.label_of(sent).tracking_number
    states = []
    for status in ("TRANSIT", "DELIVERED"):
        bring(lite_dock, say(lite_dock, number, status))
        states.append(lite_dock.label_of(sent).tracking)

    order_id = lite_dock.order_of(lite_dock.package(sent).fo_id)
    assert states == ["in_transit", "delivered"]
    assert lite_dock.state(Order, order_id) == "delivered"
    assert messages(lite_dock) == ["done", "done"]
    assert lite_dock.broken() == []


def test_messages_in_the_wrong_order_or_twice_change_nothing(lite_dock, sent):
    number = lite_dock.label_of(sent).tracking_number
    early = say(lite_dock, number, "TRANSIT")
    late = say(lite_dock, number, "DELIVERED")

    for body in (late, early, late, early):
        bring(lite_dock, body)

    assert lite_dock.label_of(sent).tracking == "delivered"
    assert messages(lite_dock) == ["done", "done"]
    assert len(set(lite_dock.heard(sent))) == len(lite_dock.heard(sent))


def test_what_is_told_of_a_parcel_that_nobody_knows_is_parked(lite_dock, sent):
    number = lite_dock.label_of(sent).tracking_number
    strange = say(lite_dock, number, "TRANSIT").replace(number.encode(), b"1ZNOBODY")
    told = strange.replace(lite_dock.label_of(sent).transaction_id.encode(), b"f" * 32)

    bring(lite_dock, told)
    parked = messages(lite_dock)
    lite_dock.clock.forward(timedelta(days=8))
    lite_dock.tick(AGAIN)

    assert parked == ["parked"]
    assert messages(lite_dock) == ["dead"]
    assert lite_dock.label_of(sent).tracking == "unknown"


def test_what_says_nothing_is_put_aside(lite_dock):
    bring(lite_dock, b"no json at all")
    bring(lite_dock, b'{"event": "something_else", "data": {}}')

    assert messages(lite_dock) == ["dead", "done"]


def two_on_their_way(dock):
    """Return the numbers of two parcels of one order that left."""
    [fo] = dock.pick([("MUG", 2), ("LAMP", 1)], carrier="UPS")
    boxes = []
    for waiting in dock.waiting(fo):
        boxes.append(dock.open(fo))
        dock.put_in(boxes[-1], *waiting)
        dock.close(boxes[-1])
        dock.weigh(boxes[-1])
    dock.settle()
    dock.buy()
    for box in boxes:
        dock.do(packing.stage, package_id=box)
        dock.load("UPS", box)
    dock.settle()
    return dock.order_of(fo), [dock.label_of(box).tracking_number for box in boxes]


def test_two_parcels_that_arrive_at_the_same_moment_take_their_order_along(dock):
    """The second reader waits for the first, and sees what it wrote."""
    order_id, numbers = two_on_their_way(dock)
    told = [webhook.read(say(dock, number, "DELIVERED")).track for number in numbers]
    both_read = threading.Barrier(2)

    def hear(track):
        at = dock.clock.now()

        def note(session):
            tracking.note(session, track, by=HOUSE, at=at)
            with suppress(threading.BrokenBarrierError):
                both_read.wait(timeout=1)

        dock.database.write(command("test", by=HOUSE, at=at), note)

    readers = [threading.Thread(target=hear, args=(track,)) for track in told]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert dock.state(Order, order_id) == "delivered"
    assert dock.broken() == []


def test_an_order_whose_rest_is_cancelled_after_its_parcel_arrived_is_delivered(lite_dock):
    box = lite_dock.staged(("MUG", 1), ("LAMP", 99), carrier="UPS")
    lite_dock.load("UPS", box)
    lite_dock.settle()
    bring(lite_dock, say(lite_dock, lite_dock.label_of(box).tracking_number, "DELIVERED"))
    order_id = lite_dock.order_of(lite_dock.package(box).fo_id)
    waited = lite_dock.state(Order, order_id)

    lite_dock.act(orders.cancel, order_id=order_id, reason="asked")
    lite_dock.settle()

    assert (waited, lite_dock.state(Order, order_id)) == ("partly_shipped", "delivered")
    assert lite_dock.broken() == []
