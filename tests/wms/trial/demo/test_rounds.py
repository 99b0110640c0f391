"""Carriers of the demo: what left is on its way and at its door by itself, and each thing is said once."""

from datetime import timedelta

import pytest
import requests

from tests.wms.shipping.docking import Dock
from tests.wms.shipping.standin.trips import HEADERS
from wms.app.house import listeners
from wms.kernel.database import Database
from wms.orders.tables import Order
from wms.shipping import actions as shipping
from wms.shipping.standin.serving import Standin
from wms.trial.demo.rounds import STAGES, Carriers
from wms.trial.simulate.carrier import Strings

SECOND = timedelta(seconds=1)


class Heard:
    """The strings of a stand-in, that bring what is called in to the house."""

    def __init__(self, dock):
        self.dock, self.strings, self.said = dock, Strings(dock.standin.url), []

    def say(self, number, status, *, at, detail="", calls=0):
        self.said.append((number, detail or status))
        message = self.strings.say(number, status, at=at, detail=detail)
        for _ in range(calls):
            self.dock.act(shipping.keep_message, body=message)
        self.dock.settle()
        return message


@pytest.fixture
def dock(sqlite_url):
    database = Database(sqlite_url, listeners())
    with Standin() as platform:
        yield Dock(database, platform)
    database.close()


def sent(dock):
    box = dock.staged(carrier="UPS")
    dock.load("UPS", box)
    return box


def test_a_parcel_that_left_is_at_its_door_within_minutes_and_its_order_with_it(dock):
    box = sent(dock)
    platform = Heard(dock)
    carriers = Carriers(dock.database, dock.clock, platform)
    ways = []
    for _ in range(40):
        dock.clock.forward(5 * SECOND)
        carriers.go_round()
        ways.append(dock.label_of(box).tracking)

    number = dock.label_of(box).tracking_number
    assert list(dict.fromkeys(ways)) == ["unknown", "in_transit", "out_for_delivery", "delivered"]
    assert platform.said == [(number, stage.detail or stage.status) for stage in STAGES]
    assert dock.state(Order, dock.order_of(dock.package(box).fo_id)) == "delivered"


def test_what_stayed_here_goes_nowhere(dock):
    dock.staged(carrier="UPS")
    platform = Heard(dock)
    dock.clock.forward(timedelta(hours=1))

    Carriers(dock.database, dock.clock, platform).go_round()

    assert platform.said == []


def test_carriers_that_begin_anew_say_only_what_nobody_heard(dock):
    box = sent(dock)
    platform = Heard(dock)
    dock.clock.forward(STAGES[0].after)
    Carriers(dock.database, dock.clock, platform).go_round()
    dock.clock.forward(timedelta(hours=1))

    Carriers(dock.database, dock.clock, platform).go_round()

    assert len(platform.said) == len(STAGES)
    assert dock.label_of(box).tracking == "delivered"


def test_only_the_last_address_that_asked_is_called(dock):
    strings = Strings(dock.standin.url)
    strings.listen("http://127.0.0.1:9/webhooks/shippo?token=one")
    strings.listen("http://127.0.0.1:9/webhooks/shippo?token=two")

    asked = requests.get(f"{dock.standin.url}/webhooks", headers=HEADERS, timeout=5)
    hooks = asked.json()["results"]

    assert [hook["url"].partition("=")[2] for hook in hooks] == ["two"]
