"""Whatever is typed, scanned or sent, on either database: a calm answer, never a stop."""

import pytest

from tests import visitors
from tests.visitors import PASSWORD, a_browser, a_machine, a_person, a_tablet, as_role
from wms.people.policy import Role

ODD = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e",
    "'; DROP TABLE user_account; --",
    "%",
    "\\",
    "x" * 5000,
]


@pytest.fixture
def app(house):
    a_person(house, Role.ADMIN, name="Ana", login="ana")
    return visitors.open_app(house)


@pytest.mark.parametrize("odd", ODD)
def test_every_door_gives_a_calm_answer(app, house, odd):
    odd = odd.encode("utf-8", "replace").decode()
    desk, (tablet, _) = a_browser(app), a_tablet(app, house)
    tablet.get("/floor/sign-in")

    answers = [
        desk.post("/sign-in", login=odd, password=PASSWORD),
        desk.post("/sign-in", login="ana", password=odd),
        desk.post("/enrol", code=odd, name=odd),
        desk.post("/first-run", token=odd, name=odd, login=odd, password=odd),
        tablet.post("/floor/sign-in", code=odd),
        tablet.post("/floor/sign-in", code=f"WXU{odd}"),
        tablet.post("/floor/sign-in/pin", who=odd, pin=odd),
        tablet.post("/scanner", suffix=odd, layout=odd, case=odd, gap=odd),
    ]

    assert [answer.status_code for answer in answers if not 400 <= answer.status_code < 500] == []


@pytest.mark.parametrize("odd", ODD)
def test_every_search_gives_a_calm_answer(app, house, odd):
    odd = odd.encode("utf-8", "replace").decode()
    admin = as_role(app, house, Role.ADMIN)

    for path, names in (
        ("/people", ("q", "role")),
        ("/audit", ("person", "device", "thing", "number", "day", "show")),
    ):
        for name in names:
            answer = admin.get(path, query_string={name: odd})
            assert answer.status_code == 200, (path, name)
    for path in ("/people", "/audit", "/devices", "/stations"):
        assert admin.get(path, query_string={"cursor": odd}).status_code == 400


@pytest.mark.parametrize("odd", ODD)
def test_every_form_gives_a_calm_answer(app, house, odd):
    odd = odd.encode("utf-8", "replace").decode()
    admin = as_role(app, house, Role.ADMIN)
    a_tablet(app, house)

    for path, fields in (
        ("/people", ("name", "login", "password", "roles", "language")),
        ("/people/1", ("name", "login", "language", "_version")),
        ("/people/1/roles", ("roles", "_version")),
        ("/people/1/disable", ("reason",)),
        ("/people/1/pin", ("pin",)),
        ("/people/1/tokens", ("name", "days", "scopes")),
        ("/me/password", ("old_password", "password")),
        ("/devices", ("name", "kind", "address")),
        ("/devices/1/bindings", ("station_id", "part")),
        ("/devices/invitations", ("name", "kind", "station_id")),
        ("/stations", ("name", "kind")),
    ):
        answer = admin.post(path, **dict.fromkeys(fields, odd))
        assert 300 <= answer.status_code < 500, path


@pytest.mark.parametrize("odd", ODD)
def test_every_question_of_machines_gives_a_calm_answer(app, house, odd):
    machine = a_machine(app, house)
    asked = odd.encode("utf-8", "replace").decode()

    for path, names in (
        ("/api/v1/users", ("q", "role", "limit", "cursor")),
        ("/api/v1/events", ("type", "subject", "subject_id", "since", "cursor")),
        ("/api/v1/devices", ("kind", "cursor")),
        ("/api/v1/cases", ("kind", "subject", "state", "cursor")),
    ):
        for name in names:
            answer = machine.get(path, query_string={name: asked})
            assert answer.status_code < 500, (path, name)
    for path, body in (
        ("/api/v1/users", {"name": odd, "roles": ["picker"], "login": odd}),
        ("/api/v1/users/1/disable", {"reason": odd}),
        ("/api/v1/users/1/tokens", {"name": odd, "scopes": [odd]}),
        ("/api/v1/devices", {"name": odd, "kind": "printer", "address": f"a+b://{odd}"}),
        ("/api/v1/devices/invitations", {"name": odd, "kind": "agent"}),
        ("/api/v1/stations", {"name": odd, "kind": "packing"}),
        ("/api/v1/stations/enrol", {"code": f"{odd}123456", "name": odd}),
        ("/api/v1/cases/1/close", {"outcome": odd}),
    ):
        answer = machine.post(path, body)
        assert answer.status_code < 500, path
