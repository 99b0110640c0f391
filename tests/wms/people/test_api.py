"""People over the interface for machines: the same acts, with ETags, idempotency keys, and secrets told once."""

import pytest
from sqlalchemy import select

from tests import visitors
from tests.visitors import CODE, Machine, a_machine, a_person
from wms.kernel.tables import StoredCommand
from wms.people.policy import SCOPES, Role


@pytest.fixture
def app(house):
    return visitors.open_app(house)


@pytest.fixture
def admin(app, house):
    return a_machine(app, house)


def key(word):
    return {"headers": {"Idempotency-Key": word}}


def test_an_account_is_made_read_changed_closed_and_opened(admin):
    made = admin.post("/api/v1/users", {"name": "Mia", "roles": ["picker"], "login": "Mia"})
    where = made.headers["Location"]

    assert made.status_code == 201
    assert made.headers["ETag"] == admin.get(where).headers["ETag"] == '"1"'
    assert made.json == admin.get(where).json
    assert made.json["login"] == "mia"
    assert "password_hash" not in made.json

    changed = admin.patch(where, {"name": "Mia K.", "roles": ["packer", "picker"]})
    assert (changed.json["name"], changed.json["roles"]) == ("Mia K.", ["picker", "packer"])
    assert changed.json["login"] == "mia"

    closed = admin.post(f"{where}/disable", {"reason": "left"})
    assert closed.json["disabled_at"] == "2026-01-05T08:00:00Z"
    assert admin.post(f"{where}/enable").json["disabled_at"] is None


def test_a_change_of_an_old_version_is_refused(admin, house):
    a_person(house)
    first = admin.patch("/api/v1/users/2", {"name": "Mia K."}, headers={"If-Match": '"1"'})
    second = admin.patch("/api/v1/users/2", {"name": "Mia L."}, headers={"If-Match": '"1"'})

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json["code"] == "kernel.stale"


def test_the_same_key_gets_the_same_answer(admin):
    body = {"name": "Mia", "roles": ["picker"]}

    first = admin.post("/api/v1/users", body, **key("one"))
    second = admin.post("/api/v1/users", body, **key("one"))
    other = admin.post("/api/v1/users", {**body, "name": "Jon"}, **key("one"))

    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 422


def test_a_badge_is_told_in_the_first_answer_only(admin, house):
    a_person(house)

    first = admin.post("/api/v1/users/2/badges", **key("one"))
    second = admin.post("/api/v1/users/2/badges", **key("one"))

    assert CODE.fullmatch(first.json["code"])
    assert second.json == {**first.json, "code": None}
    assert first.status_code == second.status_code == 201
    with house.database.read() as session:
        assert first.json["code"] not in " ".join(session.scalars(select(StoredCommand.answer)))
    assert admin.get(first.headers["Location"]).json["ending"] == first.json["code"][-4:]
    assert admin.post(f"{first.headers['Location']}/revoke").json["revoked_at"]


def test_a_token_gives_out_no_more_than_it_may_itself(app, house, admin):
    small = Machine(app.test_client(), visitors.a_token(house, 1, ["people:write", "people:read"]))

    more = small.post("/api/v1/users/1/tokens", {"name": "x", "scopes": ["stock:write"]})
    same = small.post("/api/v1/users/1/tokens", {"name": "x", "scopes": ["people:read"]})

    assert more.status_code == 422
    assert more.json["errors"][0]["where"] == "scopes"
    assert Machine(app.test_client(), same.json["token"]).get("/api/v1/users").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "scopes": ["all"]},
        {"name": "x", "scopes": []},
        {"name": "", "scopes": ["people:read"]},
        {"name": "x", "scopes": ["people:read"], "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "x", "scopes": ["people:read"], "expires_at": "2030-01-01T00:00:00"},
        {"name": "x", "scopes": ["people:read"], "user_id": 2},
    ],
)
def test_a_token_that_makes_no_sense_is_refused(admin, body):
    assert admin.post("/api/v1/users/1/tokens", body).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "x"},
        {"name": "x", "roles": []},
        {"name": "x", "roles": ["king"]},
        {"name": "x" * 121, "roles": ["picker"]},
        {"name": "a\u0000b", "roles": ["picker"]},
        {"name": "\ud800", "roles": ["picker"]},
        {"name": "x", "roles": ["picker"], "id": 0},
        {"name": "x", "roles": ["picker"], "password": "a few words in a row"},
    ],
)
def test_an_account_that_makes_no_sense_is_refused_by_field(admin, body):
    answer = admin.post("/api/v1/users", body)

    assert answer.status_code == 422
    assert answer.json["errors"]


def test_lists_are_read_a_page_at_a_time(admin, house):
    for n in range(5):
        a_person(house, name=f"Person {n}")

    first = admin.get("/api/v1/users?limit=4").json
    second = admin.get(f"/api/v1/users?limit=4&cursor={first['next_cursor']}").json

    names = [row["name"] for row in first["data"] + second["data"]]
    assert names == [*(f"Person {n}" for n in range(5)), "Program"]
    assert second["next_cursor"] is None
    assert admin.get("/api/v1/users?limit=0").status_code == 422
    assert admin.get("/api/v1/users?cursor=made-up").status_code == 400


def test_what_happened_is_told_oldest_first_and_narrowed(admin, house):
    mia = a_person(house)

    told = admin.get("/api/v1/events").json["data"]
    about = admin.get(f"/api/v1/events?subject=user&subject_id={mia}").json["data"]
    none = admin.get("/api/v1/events?until=2020-01-01T00:00:00Z").json["data"]

    assert [one["id"] for one in told] == sorted(one["id"] for one in told)
    assert about == [
        {
            "id": told[-1]["id"],
            "type": "people.UserAdded",
            "subject": "user",
            "subject_id": mia,
            "data": {"user_id": mia, "roles": ["picker"]},
            "actor_id": 0,
            "device_id": None,
            "command_id": told[-1]["command_id"],
            "occurred_at": "2026-01-05T08:00:00Z",
            "recorded_at": "2026-01-05T08:00:00Z",
        }
    ]
    assert none == []
    assert admin.get("/api/v1/events?since=yesterday").status_code == 422


def test_facts_are_read_by_machines_that_may(app, house):
    reader = a_machine(app, house, Role.MACHINE, scopes=["audit:read"])
    other = a_machine(app, house, Role.MACHINE, scopes=SCOPES - {"audit:read"})

    assert reader.get("/api/v1/events").status_code == 200
    assert other.get("/api/v1/events").status_code == 403
