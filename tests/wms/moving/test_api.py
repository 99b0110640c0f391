"""Moves to do over HTTP, for machines and leads."""

import pytest

from tests.kit import NOON, a_bin, a_lot, a_warehouse, an_item, done, shelve
from tests.visitors import a_machine, open_app
from wms.moving import actions
from wms.people.policy import Role


@pytest.fixture
def house(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def machine(app, house):
    return a_machine(app, house, Role.MACHINE)


@pytest.fixture
def lead(app, house, machine):
    return a_machine(app, house, Role.SUPERVISOR)


@pytest.fixture
def database(house):
    return house.database


@pytest.fixture
def shelf(database, machine):
    here = a_warehouse(database)
    mug, upper, lower = (
        an_item(database, "MUG"),
        a_bin(database, here, "A-01"),
        a_bin(database, here, "A-02"),
    )
    shelve(database, mug, upper, 5)
    return {"here": here, "mug": mug, "upper": upper, "lower": lower}


def ask(machine, **more):
    wish = {"source": "A-01", "item": "MUG", "quantity": 2, "target": "A-02"}
    return machine.post("/api/v1/move_tasks", {**wish, **more})


def test_a_move_is_asked_for_by_codes(machine, shelf):
    answer = ask(machine, reference="10482")

    assert answer.status_code == 201
    made = answer.json
    assert answer.headers["Location"] == f"/api/v1/move_tasks/{made['id']}"
    assert (made["state"], made["source"], made["target"], made["sku"], made["asked"]) == (
        "queued",
        "A-01",
        "A-02",
        "MUG",
        2,
    )
    assert machine.get(answer.headers["Location"]).json == made


def test_moves_are_found_by_what_they_are_about(machine, shelf):
    ask(machine, reference="10482")
    ask(machine, kind="putaway")

    found = machine.get("/api/v1/move_tasks?reference=10482").json["data"]
    kinds = [one["kind"] for one in machine.get("/api/v1/move_tasks?state=queued").json["data"]]

    assert [one["reference"] for one in found] == ["10482"]
    assert kinds == ["putaway", "relocate"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"item": "CUP"}, "item"),
        ({"source": "Z-99"}, "source"),
        ({"target": "Z-99"}, "target"),
        ({"lot": "L9"}, "lot"),
        ({"serial": "S9"}, "serial"),
        ({"target": "A-01"}, "target_id"),
    ],
)
def test_codes_that_nobody_knows_are_named(machine, shelf, wrong, field):
    answer = ask(machine, **wrong)

    assert answer.status_code == 422
    assert [error["where"] for error in answer.json["errors"]] == [field]


def test_a_lot_is_named_by_its_code(database, machine, shelf):
    cheese = an_item(database, "CHEESE", tracks_lots=True)
    lot = a_lot(database, cheese, "L1")
    shelve(database, cheese, shelf["upper"], 1, lot_id=lot)

    assert ask(machine, item="CHEESE", quantity=1, lot="L1").json["lot_id"] == lot


def test_a_move_that_waits_is_taken_back(machine, shelf):
    made = ask(machine).json

    answer = machine.post(f"/api/v1/move_tasks/{made['id']}/cancel")

    assert answer.json["state"] == "cancelled"
    assert machine.get("/api/v1/move_tasks?open_only=true").json["data"] == []


def test_what_changed_meanwhile_is_not_taken_back(machine, shelf):
    made = ask(machine).json

    answer = machine.post(f"/api/v1/move_tasks/{made['id']}/cancel", headers={"If-Match": '"99"'})

    assert answer.status_code == 412


def test_a_lead_takes_a_move_out_of_somebodys_hands(database, machine, lead, shelf):
    made = ask(machine).json
    for verb in (actions.claim, actions.lift):
        done(
            database,
            lambda s, verb=verb: verb(s, move_task_id=made["id"], by=1, at=NOON) and None,
        )

    machines = machine.post(f"/api/v1/move_tasks/{made['id']}/release")
    leads = lead.post(f"/api/v1/move_tasks/{made['id']}/release")

    assert machines.status_code == 403
    assert (leads.json["state"], leads.json["lifted"]) == ("queued", 0)


def test_a_move_that_nobody_knows_is_told(machine, shelf):
    assert machine.get("/api/v1/move_tasks/404").status_code == 404
