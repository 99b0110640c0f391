"""A device comes in by a code: six digits, ten minutes, once, and not by guessing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import visitors
from tests.visitors import Machine, a_browser, as_role, done
from wms.kernel.refusal import Refusal
from wms.people.policy import Role
from wms.people.tables import ApiToken, User
from wms.stations import actions
from wms.stations.actions.enrolment import CodeInUse
from wms.stations.enrolling import fresh_code, let_in
from wms.stations.rules import INVITATION_LASTS, DeviceKind
from wms.stations.tables import Device, DeviceBinding, Enrolment


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


def invite(house, code="482915", name="Tablet T-07", kind=DeviceKind.TABLET, station_id=None):
    at = house.clock.now()
    return done(
        house,
        lambda s: (
            actions.invite(
                s, code=code, name=name, kind=kind, station_id=station_id, by=0, at=at
            ).id
        ),
    )


def devices(house):
    with house.database.read() as session:
        return session.scalars(select(Device.name).order_by(Device.id)).all()


def test_a_tablet_that_names_its_code_is_known_from_then_on(app, lite_house):
    invite(lite_house)
    tablet = a_browser(app)

    answer = tablet.post("/enrol", code="482 915")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/scanner")
    assert "Tablet T-07" in tablet.get("/floor/sign-in").text
    (said,) = [one for one in answer.headers.getlist("Set-Cookie") if "binwave-device=" in one]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(said.split("; "))
    with lite_house.database.read() as session:
        assert session.scalar(select(Device.token_hash)) != tablet.cookie("binwave-device")


def test_a_tablet_may_take_a_name_of_its_own(app, lite_house):
    invite(lite_house)

    a_browser(app).post("/enrol", code="482915", name="Tablet by the door")

    assert devices(lite_house) == ["Tablet by the door"]


def test_a_code_lets_in_one_device(app, lite_house):
    invite(lite_house)
    a_browser(app).post("/enrol", code="482915")

    answer = a_browser(app).post("/enrol", code="482915", name="Second")

    assert answer.status_code == 422
    assert devices(lite_house) == ["Tablet T-07"]


def test_devices_that_name_the_code_at_once_are_one(house):
    invite(house)

    def hurry(name):
        try:
            return let_in(house, code="482915", name=name, origin=f"address:{name}")
        except Refusal:
            return None

    with ThreadPoolExecutor(4) as many:
        assert len([one for one in many.map(hurry, "abcd") if one]) == 1
    assert len(devices(house)) == 1


def test_a_code_is_good_for_ten_minutes(app, lite_house):
    invite(lite_house)
    lite_house.clock.forward(INVITATION_LASTS)

    assert a_browser(app).post("/enrol", code="482915").status_code == 422
    assert devices(lite_house) == []


def test_a_code_whose_time_is_over_can_be_given_out_again(lite_house):
    first = invite(lite_house)
    with pytest.raises(CodeInUse):
        invite(lite_house, name="Another")

    lite_house.clock.forward(INVITATION_LASTS)

    assert invite(lite_house, name="Another") == first


def test_codes_that_are_out_are_not_given_out_again(lite_house, monkeypatch):
    invite(lite_house, code="111111")
    drawn = iter(["111111", "111111", "222222"])
    monkeypatch.setattr("wms.stations.enrolling.fresh_digits", lambda: next(drawn))

    assert fresh_code(lite_house) == "222222"


def test_guessing_codes_is_stopped_after_five_from_one_place(app, lite_house):
    invite(lite_house)
    guesser = a_browser(app, address="10.0.0.66")
    answers = [guesser.post("/enrol", code=f"{n:06}") for n in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert a_browser(app, address="10.0.0.7").post("/enrol", code="482915").status_code == 303


def test_guessing_codes_from_everywhere_is_stopped_after_fifty(lite_house):
    for n in range(60):
        with pytest.raises(Refusal):
            let_in(lite_house, code="000000", name=None, origin=f"address:10.0.0.{n}")
    invite(lite_house)

    with pytest.raises(Refusal) as refused:
        let_in(lite_house, code="482915", name=None, origin="address:10.0.1.1")

    assert refused.value.status == 429
    lite_house.clock.forward(timedelta(minutes=10))
    invite(lite_house)
    assert let_in(lite_house, code="482915", name=None, origin="address:10.0.1.1")


@pytest.mark.parametrize(
    "code", ["", "48291", "abcdef", "٤٨٢٩١٥", "482915' OR 1=1", "\N{PILE OF POO}"]
)
def test_what_is_no_code_lets_nothing_in(app, lite_house, code):
    invite(lite_house)

    assert a_browser(app).post("/enrol", code=code).status_code == 422
    assert devices(lite_house) == []


def test_only_a_fingerprint_of_the_code_is_kept(lite_house):
    invite(lite_house)

    with lite_house.database.read() as session:
        assert "482915" not in session.scalars(select(Enrolment.code_hash)).one()


def test_two_devices_of_one_name_are_refused(app, lite_house):
    invite(lite_house)
    a_browser(app).post("/enrol", code="482915")

    with pytest.raises(Refusal):
        invite(lite_house, code="222222")
    invite(lite_house, code="222222", name="Tablet T-08")
    answer = a_browser(app).post("/enrol", code="222222", name="Tablet T-07")
    assert answer.status_code == 422
    assert "is there already" in answer.text


def test_an_agent_becomes_a_machine_with_a_token_of_its_own(app, lite_house):
    at = lite_house.clock.now()
    station = done(
        lite_house,
        lambda s: (
            actions.add_station(s, name="Bench 2", kind="packing", location_id=None, by=0, at=at).id
        ),
    )
    invite(lite_house, kind=DeviceKind.AGENT, name="Agent 2", station_id=station)

    answer = app.test_client().post("/api/v1/stations/enrol", json={"code": "482915"})

    machine = Machine(app.test_client(), answer.json["token"])
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/api/v1/devices/1"
    assert machine.get("/api/v1/devices/1").json["name"] == "Agent 2"
    assert machine.post("/api/v1/devices", {}).status_code == 403
    with lite_house.database.read() as session:
        user, token = session.scalars(select(User)).one(), session.scalars(select(ApiToken)).one()
        assert (user.is_machine, token.device_id, token.user_id) == (True, 1, user.id)
        assert session.scalars(select(DeviceBinding.station_id)).one() == station


def test_a_revoked_agent_is_shut_out(app, lite_house):
    invite(lite_house, kind=DeviceKind.AGENT, name="Agent 2")
    token = app.test_client().post("/api/v1/stations/enrol", json={"code": "482915"}).json["token"]
    machine = Machine(app.test_client(), token)
    assert machine.get("/api/v1/devices").status_code == 200

    at = lite_house.clock.now()
    done(lite_house, lambda s: actions.revoke_device(s, device_id=1, reason="gone", by=0, at=at).id)

    assert machine.get("/api/v1/devices").status_code == 401


def test_an_admin_shows_code_and_picture_once(app, lite_house):
    admin = as_role(app, lite_house, Role.ADMIN)
    sent = {"name": "Tablet T-07", "kind": "tablet", "station_id": "", "_key": "one-send"}

    first, second = (admin.post("/devices/invitations", **sent) for _ in range(2))

    import re

    digits = "".join(re.search(r"figure-code[^>]*>(\d{3}) (\d{3})<", first.text).groups())
    assert 'class="barcode"' in first.text
    assert "figure-code" not in second.text
    assert "shown once already" in second.text
    assert a_browser(app).post("/enrol", code=digits).status_code == 303


def test_a_picture_that_leads_to_the_server_itself_is_warned_of(app, lite_house):
    admin = as_role(app, lite_house, Role.ADMIN)

    page = admin.post("/devices/invitations", name="T", kind="tablet", station_id="")

    assert "on the server itself" in page.text
