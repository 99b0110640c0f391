"""Units are missing on the way: the house holds them back, somebody else counts, and the book is true again."""

from datetime import timedelta

import pytest

from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, done, held, shelve
from tests.visitors import Machine, a_machine, a_person, a_token, open_app
from wms import wiring
from wms.app import verifying
from wms.kernel import courier
from wms.moving import actions as moving
from wms.people.policy import Role
from wms.stock.moves import StockStatus


@pytest.fixture
def app(house):
    house.clock.moment = NOON
    return open_app(house)


class Person:
    """Somebody with a scanner, over HTTP."""

    def __init__(self, app, house, name):
        self.id = a_person(house, Role.PICKER, name=name)
        self.machine = Machine(app.test_client(), a_token(house, self.id))
        self.house = house

    def does(self, **sent):
        self.house.clock.forward(timedelta(seconds=20))
        answer = self.machine.post("/api/v1/scans", sent)
        assert answer.status_code == 200, answer.json
        return answer.json

    def work(self, process):
        return self.does(order="work", process=process)

    def scan(self, *codes):
        return [self.does(code=code) for code in codes][-1]


def tell(house):
    """Let the courier tell every fact."""
    while courier.deliver(house.database, wiring.REACTIONS, house.clock):
        pass


def broken(house):
    with house.database.read() as session:
        found = verifying.ask(session, verifying.promises())
        return [one.invariant.name for one in found if one.broken]


def test_units_that_a_mover_misses_are_held_counted_and_gone(app, house):
    lead = a_machine(app, house, Role.ADMIN)
    mia, jon = Person(app, house, "Mia"), Person(app, house, "Jon")
    database, here = house.database, a_warehouse(house.database)
    mug = an_item(database, "MUG")
    upper, lower = a_bin(database, here, "A-01"), a_bin(database, here, "A-02")
    shelve(database, mug, upper, 9)
    wish = {"source": "A-01", "item": "MUG", "quantity": 5, "target": "A-02"}
    task = lead.post("/api/v1/move_tasks", wish).json["id"]

    mia.work("moving")
    mia.scan("A-01", "MUG", "MUG", "MUG")
    short = mia.does(order="short")
    dropped = mia.scan("A-02")
    tell(house)
    in_between = held(database, upper, mug, StockStatus.HELD)

    asked = jon.work("counting")
    jon.scan("A-01", "MUG", "MUG", "MUG", "MUG")
    thanked = jon.does(order="done")

    assert short["say"] == "3 of 5 taken. Somebody will count A-01."
    assert (dropped["say"], dropped["tone"]) == ("3 of MUG are at A-02.", "task")
    assert in_between == 2
    assert (asked["next"]["target"], asked["next"]["amount"]) == ("A-01", None)
    assert thanked["say"] == "A-01 is counted. Thank you."
    assert (held(database, upper, mug), held(database, lower, mug)) == (4, 3)
    assert held(database, upper, mug, StockStatus.HELD) == 0
    assert lead.get(f"/api/v1/move_tasks/{task}").json["moved"] == 3
    counts = lead.get("/api/v1/count_tasks").json["data"]
    assert [(one["state"], one["cause"]) for one in counts] == [("posted", "short")]
    assert broken(house) == []


def test_a_cancelled_wish_makes_the_next_scan_purple(app, house):
    lead, mia = a_machine(app, house, Role.ADMIN), Person(app, house, "Mia")
    database, here = house.database, a_warehouse(house.database)
    mug, upper = an_item(database, "MUG"), a_bin(database, here, "A-01")
    shelve(database, mug, upper, 9)
    facts = {"kind": "relocate", "why": "asked", "source_id": upper, "item_id": mug, "quantity": 1}
    task = done(database, lambda s: moving.ask(s, **facts, by=TESTER, at=NOON))
    mia.work("moving")

    lead.post(f"/api/v1/move_tasks/{task}/cancel")
    told = mia.scan("A-01")

    assert (told["tone"], told["next"]["process"]) == ("stopped", "")
    assert broken(house) == []
