"""Counts over HTTP, for machines and leads."""

import pytest

from tests.kit import NOON, a_bin, a_warehouse, an_item, done, held, shelve
from tests.visitors import a_machine, a_person, open_app
from tests.wms.counting.counters import count
from wms.counting import actions
from wms.counting.things import Thing
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
def crew(house, machine, lead):
    return [a_person(house, Role.PICKER, name=name) for name in ("Uwe", "Vera")]


@pytest.fixture
def mugs(database, machine):
    """Nine mugs in A-01, and the item's number."""
    mug, upper = an_item(database, "MUG"), a_bin(database, a_warehouse(database), "A-01")
    shelve(database, mug, upper, 9)
    return mug


def ask(machine, **more):
    return machine.post("/api/v1/count_tasks", {"location": "A-01", **more})


@pytest.fixture
def disputed(database, machine, mugs, crew):
    """A count that two people made, and both found three of nine."""
    number = ask(machine).json["id"]
    for by in crew:
        count(database, number, {mugs: 3}, by=by, at=NOON)
    return number


def test_a_count_is_asked_for_by_the_code_of_its_place(machine, mugs):
    answer = ask(machine, reference="audit")

    assert answer.status_code == 201
    made = answer.json
    assert (made["state"], made["location"], made["cause"], made["lines"]) == (
        "requested",
        "A-01",
        "asked",
        [],
    )
    assert machine.get(answer.headers["Location"]).json == made


def test_asking_twice_is_one_count(machine, mugs):
    assert ask(machine).json["id"] == ask(machine).json["id"]


def test_an_unknown_place_is_named(machine, mugs):
    answer = ask(machine, location="Z-99")

    assert answer.status_code == 422
    assert [error["where"] for error in answer.json["errors"]] == ["location"]


def test_nothing_is_told_of_a_round_that_is_under_way(database, machine, mugs, crew):
    number = ask(machine).json["id"]

    def begin(session):
        actions.claim(session, count_id=number, by=crew[0], at=NOON)
        noted = {"count_id": number, "thing": Thing(mugs), "counted": 3}
        actions.note(session, **noted, by=crew[0], at=NOON)

    done(database, begin)

    assert machine.get(f"/api/v1/count_tasks/{number}").json["lines"] == []


def test_both_rounds_are_told_once_they_are_handed_in(machine, disputed):
    shown = machine.get(f"/api/v1/count_tasks/{disputed}").json

    assert shown["state"] == "in_review"
    assert [(one["round"], one["counted"], one["expected"]) for one in shown["lines"]] == [
        (2, 3, 9),
        (1, 3, 9),
    ]


def test_a_lead_lets_a_count_stand(database, machine, lead, disputed, mugs):
    where = f"/api/v1/count_tasks/{disputed}/accept"

    machines = machine.post(where, {"reason": "so it is"})
    silent = lead.post(where, {"reason": ""})
    leads = lead.post(where, {"reason": "so it is"})

    assert (machines.status_code, silent.status_code) == (403, 422)
    assert (leads.json["state"], leads.json["outcome"]) == ("posted", "so it is")
    assert held(database, leads.json["location_id"], mugs) == 3


def test_a_lead_lets_it_be_counted_again(lead, disputed):
    answer = lead.post(f"/api/v1/count_tasks/{disputed}/recount")

    assert (answer.json["state"], answer.json["round"]) == ("requested", 3)


def test_a_count_is_taken_back_with_a_reason(machine, disputed):
    answer = machine.post(f"/api/v1/count_tasks/{disputed}/cancel", {"reason": "moved away"})

    assert (answer.json["state"], answer.json["outcome"]) == ("cancelled", "moved away")
    assert machine.get("/api/v1/count_tasks?open_only=true").json["data"] == []


def test_who_looked_at_an_old_page_is_told(lead, disputed):
    answer = lead.post(
        f"/api/v1/count_tasks/{disputed}/accept",
        {"reason": "so it is"},
        headers={"If-Match": '"1"'},
    )

    assert answer.status_code == 412


def test_a_count_that_agreed_is_not_accepted_again(database, machine, lead, mugs, crew):
    number = ask(machine).json["id"]
    count(database, number, {mugs: 9}, by=crew[0], at=NOON)

    answer = lead.post(f"/api/v1/count_tasks/{number}/accept", {"reason": "so it is"})

    assert answer.status_code == 409


def test_counts_are_found_by_how_they_stand(machine, disputed):
    found = machine.get("/api/v1/count_tasks?state=in_review").json["data"]

    assert [one["id"] for one in found] == [disputed]
