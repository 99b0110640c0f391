"""Waves over HTTP, for machines."""

import pytest

from tests.kit import NOON
from tests.visitors import a_machine, open_app
from tests.wms.waves import making
from tests.wms.waves.making import an_order
from wms.people.policy import Role


@pytest.fixture
def database(lite_house):
    # What the database does is tried on both in the tests of actions and queries; here it is about HTTP.
    lite_house.clock.moment = NOON
    return lite_house.database


@pytest.fixture
def machine(lite_house, database):
    return a_machine(open_app(lite_house), lite_house, Role.MACHINE)


@pytest.fixture
def here(database, machine):
    return making.a_floor(database)


def propose(machine, here, **asked):
    return machine.post("/api/v1/waves", {"warehouse_id": here, **asked})


def test_a_wave_is_proposed_planned_and_read_back(machine, database, here):
    fo_id = an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))

    made = propose(machine, here)

    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/waves/1")
    assert made.json["state"] == "draft"
    planned = machine.post("/api/v1/waves/1/plan", {})
    read = machine.get("/api/v1/waves/1")
    assert planned.json == read.json
    assert (read.json["state"], read.json["fo_ids"]) == ("planned", [fo_id])
    [run] = read.json["plan"]["runs"]
    assert [stop["quantity"] for stop in run["stops"]] == [2, 3]
    assert read.json["plan"]["stops"] == 2
    assert read.headers["ETag"] == planned.headers["ETag"]


def test_a_preview_makes_nothing(machine, database, here):
    fo_id = an_order(database, ("ITEM-11", 2))
    an_order(database, ("ITEM-12", 9), state="backordered")

    seen = machine.get(f"/api/v1/waves/preview?warehouse_id={here}").json

    assert (seen["fo_ids"], seen["waiting"], seen["plan"]["units"]) == ([fo_id], 1, 2)
    assert [(lack["sku"], lack["missing"]) for lack in seen["lacks"]] == [("ITEM-12", 9)]
    assert machine.get("/api/v1/waves").json["data"] == []


def test_a_proposal_keeps_to_its_filters(machine, database, here):
    an_order(database, ("ITEM-11", 2), carrier="FedEx")
    small = an_order(database, ("ITEM-11", 2))
    an_order(database, ("ITEM-11", 103))

    made = propose(machine, here, carrier="UPS", size="small", ship_by=making.EVENING.isoformat())

    assert made.json["fo_ids"] == [small]
    assert made.json["filters"]["carrier"] == "UPS"


def test_nothing_to_propose_is_told(machine, here):
    told = propose(machine, here)

    assert (told.status_code, told.json["code"]) == (409, "waves.nothing_waits")


def test_a_warehouse_that_is_not_there_is_told(machine, here):
    assert propose(machine, 99).json["code"] == "waves.no_such_warehouse"
    seen = machine.get("/api/v1/waves/preview?warehouse_id=99")
    assert (seen.status_code, seen.json["code"]) == (404, "waves.no_such_warehouse")


def test_the_same_key_proposes_once(machine, database, here):
    an_order(database, ("ITEM-11", 2))
    key = {"Idempotency-Key": "wave-of-the-morning"}

    first = machine.post("/api/v1/waves", {"warehouse_id": here}, headers=key)
    again = machine.post("/api/v1/waves", {"warehouse_id": here}, headers=key)

    assert (first.status_code, again.json) == (201, first.json)
    assert len(machine.get("/api/v1/waves").json["data"]) == 1


def test_waves_are_listed_newest_first_and_by_state(machine, database, here):
    an_order(database, ("ITEM-11", 2))
    propose(machine, here)
    an_order(database, ("ITEM-12", 2))
    propose(machine, here)
    machine.post("/api/v1/waves/2/plan", {})

    first = machine.get("/api/v1/waves?limit=1").json
    second = machine.get(f"/api/v1/waves?limit=1&cursor={first['next_cursor']}").json

    assert [wave["id"] for wave in first["data"] + second["data"]] == [2, 1]
    assert second["next_cursor"] is None
    drafts = machine.get("/api/v1/waves?state=draft").json["data"]
    assert [(wave["number"], wave["units"]) for wave in drafts] == [("0001", 2)]


def test_a_wave_is_cancelled_by_whoever_saw_the_last_version(machine, database, here):
    an_order(database, ("ITEM-11", 2))
    old = propose(machine, here).headers["ETag"]
    machine.post("/api/v1/waves/1/plan", {})

    stale = machine.post("/api/v1/waves/1/cancel", {}, headers={"If-Match": old})
    done = machine.post("/api/v1/waves/1/cancel", {})

    assert (stale.status_code, done.status_code) == (412, 200)
    assert (done.json["state"], done.json["fo_ids"]) == ("cancelled", [])
    again = machine.post("/api/v1/waves/1/cancel", {})
    assert (again.status_code, again.json["code"]) == (409, "kernel.not_now")


def test_an_order_is_left_for_another_wave(machine, database, here):
    stays, waits = an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-12", 2))
    propose(machine, here)

    left = machine.send("DELETE", f"/api/v1/waves/1/fulfillment_orders/{waits}")

    assert (left.status_code, left.json["fo_ids"]) == (200, [stays])
    gone = machine.send("DELETE", f"/api/v1/waves/1/fulfillment_orders/{waits}")
    assert (gone.status_code, gone.json["code"]) == (404, "waves.not_in_wave")


def test_an_unknown_wave_is_told(machine, here):
    assert machine.get("/api/v1/waves/7").json["code"] == "waves.unknown"


@pytest.mark.parametrize(
    "asked",
    [{"size": "huge"}, {"ship_by": "2026-01-05T17:30"}, {"zone_id": 0}, {"colour": "red"}],
)
def test_what_no_filter_means_is_refused(machine, here, asked):
    assert propose(machine, here, **asked).status_code == 422
