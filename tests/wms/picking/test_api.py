"""Trips, tasks and the release of waves over HTTP."""

import pytest

from tests.visitors import a_machine, open_app
from tests.wms.picking.walking import Floor
from wms.people.policy import Role


@pytest.fixture
def app(lite_house):
    return open_app(lite_house)


@pytest.fixture
def machine(app, lite_house):
    return a_machine(app, lite_house, Role.MACHINE)


@pytest.fixture
def floor(lite_house):
    floor = Floor(lite_house.database)
    lite_house.clock.moment = floor.clock.now()
    return floor


@pytest.fixture
def wave(floor, machine):
    floor.order(("MUG", 2), ("LAMP", 1))
    floor.order(("CLOCK", 3))
    return machine.post("/api/v1/waves", {"warehouse_id": floor.warehouse}).json["id"]


def test_a_released_wave_answers_with_its_trips(machine, wave):
    answer = machine.post(f"/api/v1/waves/{wave}/release", {})

    [run] = answer.json["runs"]
    assert answer.status_code == 200
    assert (run["state"], run["kind"], run["tasks"], run["units"]) == ("queued", "cluster", 3, 6)


def test_a_wave_that_is_taken_back_leaves_no_trip(machine, wave):
    machine.post(f"/api/v1/waves/{wave}/release", {})

    answer = machine.post(f"/api/v1/waves/{wave}/unrelease", {})

    assert [run["state"] for run in answer.json["runs"]] == ["cancelled"]
    assert machine.get(f"/api/v1/waves/{wave}").json["state"] == "planned"


def test_a_wave_cannot_be_released_twice(machine, wave):
    machine.post(f"/api/v1/waves/{wave}/release", {})

    answer = machine.post(f"/api/v1/waves/{wave}/release", {})

    assert answer.status_code == 409


def test_who_saw_an_older_wave_is_told_so(machine, wave):
    answer = machine.post(f"/api/v1/waves/{wave}/release", {}, headers={"If-Match": '"99"'})

    assert answer.status_code == 412


def test_how_far_a_trip_is_can_be_read(machine, floor, wave):
    machine.post(f"/api/v1/waves/{wave}/release", {})
    floor.work()
    floor.scans("T-1", "T-2", "A-01-01", "MUG", "MUG", "T-1")

    [run] = machine.get("/api/v1/pick_runs?state=assigned").json["data"]
    whole = machine.get(f"/api/v1/pick_runs/{run['id']}").json
    tasks = machine.get(f"/api/v1/pick_tasks?run_id={run['id']}").json["data"]

    assert (run["done"], run["tasks"], run["picked"]) == (1, 3, 2)
    assert [tote["slot"] for tote in whole["totes"]] == [0, 1]
    assert sorted(task["state"] for task in tasks) == ["picked", "queued", "queued"]


def test_no_such_trip(machine):
    assert machine.get("/api/v1/pick_runs/99").status_code == 404
