"""Labels and trucks for machines."""

import pytest

from tests.kit import NOON
from tests.visitors import a_machine, open_app
from tests.wms.shipping.docking import Dock
from wms.people.policy import Role


@pytest.fixture
def house(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def dock(house, platform):
    dock = Dock(house.database, platform)
    dock.clock = house.clock
    return dock


@pytest.fixture
def machine(dock, house):
    return a_machine(open_app(house), house, Role.MACHINE)


def test_a_label_is_listed_read_and_voided_with_its_version(dock, machine):
    box = dock.labelled(carrier="UPS")
    label = dock.label_of(box)
    one = f"/api/v1/shipments/{label.id}"

    listed = machine.get("/api/v1/shipments?state=bought&carrier=ups").get_json()
    read = machine.get(one)
    stale = machine.post(f"{one}/void", {"reason": "x"}, headers={"If-Match": '"1"'})
    voided = machine.post(
        f"{one}/void", {"reason": "x"}, headers={"If-Match": read.headers["ETag"]}
    )
    again = machine.post(f"{one}/try_again")

    assert [row["tracking_number"] for row in listed["data"]] == [label.tracking_number]
    assert read.get_json()["package_id"] == box
    assert (stale.status_code, voided.status_code, again.status_code) == (412, 200, 201)
    assert voided.get_json()["state"] == "void_requested"
    assert again.headers["Location"].startswith("/api/v1/shipments/")


def test_what_left_cannot_be_voided_and_its_truck_leaves_once(dock, machine):
    box = dock.staged(carrier="UPS")
    dock.load("UPS", box)
    label = dock.label_of(box)

    voided = machine.post(f"/api/v1/shipments/{label.id}/void", {"reason": "x"})
    [truck] = machine.get("/api/v1/manifests?is_open=true").get_json()["data"]
    left = machine.post(f"/api/v1/manifests/{truck['id']}/leave")
    twice = machine.post(f"/api/v1/manifests/{truck['id']}/leave")

    assert voided.status_code == 409
    assert truck["parcels"] == 1
    assert [one["shipment_id"] for one in left.get_json()["loaded"]] == [label.id]
    assert twice.status_code == 409


def test_what_machines_ask_must_fit(dock, machine):
    assert machine.get("/api/v1/shipments?state=lost").status_code == 422
    assert machine.get("/api/v1/shipments?limit=0").status_code == 422
    assert machine.get("/api/v1/shipments/9").status_code == 404
    assert machine.get("/api/v1/manifests/9").status_code == 404
    assert machine.post("/api/v1/shipments/9/void", {}).status_code == 422
