"""Devices and stations: named once, bound where they fit, revoked at once, checked by three codes."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import visitors
from tests.visitors import a_badge, a_browser, a_machine, a_person, a_tablet, as_role, done, events
from wms.kernel.refusal import Refusal
from wms.people.policy import Role
from wms.stations import actions, queries
from wms.stations.rules import PARTS, DeviceKind, Part, StationKind
from wms.stations.tables import Device, DeviceBinding


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


@pytest.fixture
def admin(app, lite_house):
    return as_role(app, lite_house, Role.ADMIN)


def a_printer(house, name="Zebra P1", address="zebra+tcp://10.0.0.7:9100"):
    at = house.clock.now()
    return done(
        house,
        lambda s: (
            actions.add_device(
                s, name=name, kind=DeviceKind.PRINTER, address=address, by=0, at=at
            ).id
        ),
    )


def a_station(house, name="Bench 2"):
    at = house.clock.now()
    return done(
        house,
        lambda s: (
            actions.add_station(
                s, name=name, kind=StationKind.PACKING, location_id=None, by=0, at=at
            ).id
        ),
    )


def now(house):
    with house.database.read() as session:
        found = queries.devices(session, limit=50, cursor=None).rows
        return {
            one.device.name: one for one in queries.devices_now(session, found, house.clock.now())
        }


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.7",
        "tcp://10.0.0.7",
        "zebra+tcp://",
        "ZEBRA+TCP://x",
        "javascript:alert(1)",
        "a+b://c d",
    ],
)
def test_an_address_is_written_as_addresses_are(lite_house, address):
    with pytest.raises(Refusal) as refused:
        a_printer(lite_house, address=address)

    assert refused.value.faults[0].where == "address"


def test_what_a_device_can_be_is_said_for_every_kind():
    assert set(PARTS) == set(DeviceKind)
    assert {part for parts in PARTS.values() for part in parts} == set(Part)


def test_a_device_serves_a_station_as_what_it_can_be(house):
    printer, bench = a_printer(house), a_station(house)

    def bind(part):
        at = house.clock.now()
        return done(
            house,
            lambda s: (
                actions.bind(s, station_id=bench, device_id=printer, part=part, by=0, at=at).id
            ),
        )

    assert bind(Part.LABELS) == bind(Part.LABELS)
    with pytest.raises(Refusal):
        bind(Part.SCALE)
    with house.database.read() as session:
        (bound,) = queries.bindings(session, station_ids=[bench])
    assert (bound.device, bound.part) == ("Zebra P1", "labels")
    assert len(events(house, "stations.DeviceBound")) == 1


def test_a_station_that_is_archived_lets_its_devices_go(house):
    printer, bench = a_printer(house), a_station(house)
    at = house.clock.now()
    done(
        house,
        lambda s: (
            actions.bind(s, station_id=bench, device_id=printer, part=Part.LABELS, by=0, at=at).id
        ),
    )

    done(house, lambda s: actions.archive_station(s, station_id=bench, by=0, at=at).id)

    with house.database.read() as session:
        assert session.scalars(select(DeviceBinding)).all() == []
        assert queries.open_stations(session) == []


def test_a_tablet_that_nobody_heard_of_for_a_day_needs_a_hand(lite_house, app):
    tablet, _ = a_tablet(app, lite_house)
    a_printer(lite_house)
    tablet.get("/floor/sign-in")
    tablet.post("/floor/sign-in", code=a_badge(lite_house, a_person(lite_house)))
    assert now(lite_house)["Tablet T-07"].presence.name == "Mia"
    assert not now(lite_house)["Tablet T-07"].is_silent

    lite_house.clock.forward(timedelta(hours=25))

    assert now(lite_house)["Tablet T-07"].is_silent
    assert not now(lite_house)["Zebra P1"].is_silent


def test_the_list_tells_what_to_do_about_a_silent_tablet(app, lite_house, admin):
    a_tablet(app, lite_house)
    lite_house.clock.forward(timedelta(hours=25))
    admin = as_role(app, lite_house, Role.SUPERVISOR)

    page = admin.get("/devices").text

    assert "1 needs a hand." in page
    assert "Not heard of for a day" in page
    assert "Switch it on" in page


def test_a_supervisor_revokes_a_lost_tablet_with_a_reason(app, lite_house):
    a_tablet(app, lite_house)
    supervisor = as_role(app, lite_house, Role.SUPERVISOR)

    unsaid = supervisor.post("/devices/1/revoke", reason="")
    said = supervisor.post("/devices/1/revoke", reason="left on the bus")

    assert unsaid.status_code == 422
    assert said.status_code == 303
    assert events(lite_house, "stations.DeviceRevoked")[0].data["reason"] == "left on the bus"
    assert "Revoked" in supervisor.get("/devices").text


def test_devices_and_stations_are_made_and_changed_on_pages(admin, lite_house):
    assert admin.post("/stations", name="Bench 2", kind="packing").status_code == 303
    assert (
        admin.post("/devices", name="P1", kind="printer", address="zebra+tcp://p1:9100").status_code
        == 303
    )
    assert (
        admin.post(
            "/devices/1", name="Zebra P1", address="zebra+tcp://p1:9100", _version="1"
        ).status_code
        == 303
    )
    assert (
        admin.post("/devices/1", name="P2", address="zebra+tcp://p1:9100", _version="1").status_code
        == 412
    )
    assert admin.post("/devices/1/bindings", station_id="1", part="labels").status_code == 303
    assert "Zebra P1 (Label printer)" in admin.get("/stations").text
    assert (
        admin.post("/devices/1/bindings/remove", station_id="1", part="labels").status_code == 303
    )
    assert (
        admin.post("/stations/1", name="Bench 3", kind="returns", _version="1").status_code == 412
    )
    assert admin.post("/stations/1/archive").status_code == 303
    assert "Archived" in admin.get("/stations").text


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/stations", {"name": "", "kind": "packing"}),
        ("/stations", {"name": "Bench", "kind": "kitchen"}),
        ("/devices", {"name": "P1", "kind": "tablet", "address": "zebra+tcp://p1:9100"}),
        ("/devices", {"name": "P1", "kind": "printer", "address": ""}),
        ("/devices/invitations", {"name": "P1", "kind": "printer"}),
        ("/devices/invitations", {"name": "T", "kind": "tablet", "station_id": "x"}),
        ("/devices/invitations", {"name": "T", "kind": "tablet", "station_id": "77"}),
    ],
)
def test_what_makes_no_sense_comes_back_with_a_sentence(admin, lite_house, path, sent):
    answer = admin.post(path, **sent)

    assert answer.status_code in (404, 422)
    with lite_house.database.read() as session:
        assert session.scalars(select(Device)).all() == []


def test_what_the_scanner_check_found_is_kept_for_the_tablet(app, lite_house, admin):
    tablet, _ = a_tablet(app, lite_house)
    tablet.get("/scanner")

    answer = tablet.post("/scanner", suffix="enter", layout="us", case="kept", gap="12")

    assert answer.headers["Location"] == "/floor/sign-in"
    with lite_house.database.read() as session:
        kept = json.loads(session.scalars(select(Device.scanner)).one())
    assert kept == {"suffix": "enter", "layout": "us", "case": "kept", "gap": 12}
    assert "a US keyboard" in admin.get("/devices/1").text
    assert "&#34;layout&#34;: &#34;us&#34;" in tablet.get("/floor/sign-in").text


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"suffix": "x"},
        {"layout": "other"},
        {"gap": "-1"},
        {"gap": "many"},
        {"case": "<script>"},
    ],
)
def test_a_check_that_found_nothing_is_not_kept(app, lite_house, found):
    tablet, _ = a_tablet(app, lite_house)
    sent = {"suffix": "enter", "layout": "us", "case": "kept", "gap": "12"} | found if found else {}

    assert tablet.post("/scanner", **sent).status_code == 422
    assert a_browser(app).post("/scanner", **sent).status_code == 403


def test_machines_read_and_change_devices_and_stations(app, lite_house):
    admin = a_machine(app, lite_house)
    made = admin.post(
        "/api/v1/devices", {"name": "P1", "kind": "printer", "address": "zebra+tcp://p1:9100"}
    )
    bench = admin.post("/api/v1/stations", {"name": "Bench 2", "kind": "packing"})
    where = bench.headers["Location"]

    assert (made.status_code, bench.status_code) == (201, 201)
    assert admin.get(made.headers["Location"]).json == made.json
    assert "token_hash" not in made.json
    assert (
        admin.patch("/api/v1/devices/1", {"name": "P2"}, headers={"If-Match": '"1"'}).status_code
        == 200
    )
    assert (
        admin.patch("/api/v1/devices/1", {"name": "P3"}, headers={"If-Match": '"1"'}).status_code
        == 412
    )
    bound = admin.post(f"{where}/devices", {"device_id": 1, "part": "labels"})
    assert bound.json["devices"] == [{"device_id": 1, "device": "P2", "part": "labels"}]
    gone = admin.post(f"{where}/devices/remove", {"device_id": 1, "part": "labels"})
    assert gone.json["devices"] == []
    assert admin.patch(where, {"kind": "returns"}).json["kind"] == "returns"
    assert admin.post(f"{where}/archive").json["archived_at"]
    assert admin.post("/api/v1/devices/1/revoke", {"reason": "broken"}).json["revoked_at"]
    assert [one["name"] for one in admin.get("/api/v1/devices?kind=printer").json["data"]] == ["P2"]
    assert [one["name"] for one in admin.get("/api/v1/stations").json["data"]] == ["Bench 2"]


def test_machines_invite_devices_and_are_told_the_code_once(app, lite_house):
    admin = a_machine(app, lite_house)
    body, same = {"name": "Agent 1", "kind": "agent"}, {"headers": {"Idempotency-Key": "one-send"}}

    first = admin.post("/api/v1/devices/invitations", body, **same)
    second = admin.post("/api/v1/devices/invitations", body, **same)

    assert len(first.json["code"]) == 6
    assert second.json == {**first.json, "code": None}
    assert (
        app.test_client()
        .post("/api/v1/stations/enrol", json={"code": first.json["code"]})
        .status_code
        == 201
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/devices", {"name": "T", "kind": "tablet", "address": "zebra+tcp://x:1"}),
        ("/api/v1/devices", {"name": "P", "kind": "printer", "address": "nowhere"}),
        ("/api/v1/devices/invitations", {"name": "P", "kind": "printer"}),
        ("/api/v1/stations", {"name": "B", "kind": "kitchen"}),
        ("/api/v1/stations/enrol", {"code": "1"}),
        ("/api/v1/stations/enrol", {"code": "\u0000" * 6}),
    ],
)
def test_machines_are_told_which_field_makes_no_sense(app, lite_house, path, body):
    answer = a_machine(app, lite_house).post(path, body)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
