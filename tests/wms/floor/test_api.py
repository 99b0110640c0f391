"""Machines scan for the person named, for themselves, or for whoever is signed in at the station."""

import pytest

from tests import visitors
from tests.visitors import Machine, a_badge, a_device, a_person, a_tablet, a_token, done
from wms.people import actions as people
from wms.people.policy import Role
from wms.stations import actions as stations
from wms.stations.rules import Part, StationKind


@pytest.fixture
def mia(app, lite_house):
    return a_person(lite_house)


def a_program(app, house, *roles, is_machine=True, **facts):
    def make(session):
        return people.add_user(
            session,
            name="Robot",
            roles=roles or [Role.MACHINE],
            is_machine=is_machine,
            by=0,
            at=house.clock.now(),
        ).id

    return Machine(app.test_client(), a_token(house, done(house, make), **facts))


def test_a_person_scans_with_their_own_token(app, lite_house, mia):
    telephone = Machine(app.test_client(), a_token(lite_house, mia))

    begun = telephone.post("/api/v1/scans", {"order": "work"})
    told = telephone.post("/api/v1/scans", {"code": "A-01-01-1"}).json

    assert begun.status_code == 200
    assert (told["taken_for"], told["tone"], told["next"]["step"]) == ("location", "good", "item")
    assert "html" not in told


def test_nobody_scans_in_the_name_of_others_but_leads_and_machines(app, lite_house, mia):
    jon = Machine(app.test_client(), a_token(lite_house, a_person(lite_house, name="Jon")))
    robot = a_program(app, lite_house)

    refused = jon.post("/api/v1/scans", {"order": "work", "worker_id": mia})
    taken = robot.post("/api/v1/scans", {"order": "work", "worker_id": mia})

    assert (refused.status_code, refused.json["code"]) == (403, "floor.not_for_others")
    assert taken.json["next"]["process"] == "bells"


def test_a_worker_who_is_gone_or_none_is_told_so(app, lite_house, mia):
    robot = a_program(app, lite_house)
    done(
        lite_house,
        lambda s: people.disable(s, user_id=mia, reason="left", by=0, at=lite_house.clock.now()),
    )

    for number in (mia, 999):
        answer = robot.post("/api/v1/scans", {"code": "BELL", "worker_id": number})
        assert (answer.status_code, answer.json["code"]) == (404, "floor.no_such_worker")


def test_a_machine_that_names_nobody_is_told_so(app, lite_house):
    answer = a_program(app, lite_house).post("/api/v1/scans", {"code": "BELL"})

    assert (answer.status_code, answer.json["code"]) == (409, "floor.nobody_there")


def test_a_scanner_of_a_station_scans_for_whoever_is_signed_in_there(app, lite_house, mia):
    scanner, _ = a_device(lite_house, "Bench agent")
    visitor, tablet = a_tablet(app, lite_house)

    def bind(session):
        at = lite_house.clock.now()
        bench = stations.add_station(
            session, name="Bench 2", kind=StationKind.PACKING, location_id=None, by=0, at=at
        )
        stations.bind(session, station_id=bench.id, device_id=tablet, part=Part.SCREEN, by=0, at=at)
        stations.bind(
            session, station_id=bench.id, device_id=scanner, part=Part.SCANNER, by=0, at=at
        )

    done(lite_house, bind)
    agent = a_program(app, lite_house, device_id=scanner)
    assert (
        agent.post("/api/v1/scans", {"code": "BELL"}, headers={"Idempotency-Key": "1"}).status_code
        == 409
    )
    visitor.post("/floor/sign-in", code=a_badge(lite_house, mia))

    told = agent.post("/api/v1/scans", {"order": "work"}, headers={"Idempotency-Key": "2"})

    assert told.json["next"]["process"] == "bells"
    assert 'data-process="bells"' in visitor.get("/floor").text


def test_a_no_is_a_problem_and_told_again_word_for_word(app, lite_house, mia):
    telephone = Machine(app.test_client(), a_token(lite_house, mia))
    telephone.post("/api/v1/scans", {"order": "work"})
    key = {"Idempotency-Key": "same"}

    first = telephone.post("/api/v1/scans", {"order": "short"}, headers=key)
    again = telephone.post("/api/v1/scans", {"order": "short"}, headers=key)

    assert (first.status_code, first.content_type) == (409, "application/problem+json")
    assert again.data == first.data
    assert telephone.post("/api/v1/scans", {"code": "A-01-01-1"}).json["next"]["step"] == "item"


def test_a_token_of_a_device_needs_a_key(app, lite_house, mia):
    device, _ = a_device(lite_house)
    scanner = Machine(app.test_client(), a_token(lite_house, mia, device_id=device))

    assert scanner.post("/api/v1/scans", {"code": "BELL"}).json["code"] == "kernel.key_missing"


def test_nothing_said_is_told_so(app, lite_house, mia):
    telephone = Machine(app.test_client(), visitors.a_token(lite_house, mia))

    answer = telephone.post("/api/v1/scans", {})

    assert (answer.status_code, answer.json["code"]) == (422, "floor.nothing_said")


def test_a_screen_is_looked_at_again_without_a_scan(app, lite_house, mia):
    telephone = Machine(app.test_client(), a_token(lite_house, mia))
    begun = telephone.post("/api/v1/scans", {"order": "work"}).json["next"]

    seen = telephone.get("/api/v1/turn")

    assert seen.status_code == 200
    assert seen.json == begun
    assert (seen.json["waits"], seen.json["bench"]) == (False, None)
