"""Who is asking: what ended has ended at once, wherever its cookie or token was copied to."""

from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import event, select

from tests import visitors
from tests.visitors import (
    PASSWORD,
    Machine,
    a_browser,
    a_machine,
    a_person,
    a_tablet,
    a_token,
    done,
    signed_in,
)
from wms.app import factory
from wms.kernel.services import Services
from wms.people import actions
from wms.people.identity import identify
from wms.people.policy import SCOPES, Role
from wms.people.rules import ADMIN_IDLE, FLOOR_IDLE, LONGEST, OFFICE_IDLE
from wms.people.tables import ApiToken, UserSession
from wms.stations import actions as stations


@pytest.fixture
def app(house):
    return visitors.open_app(house)


@pytest.fixture
def lite_app(lite_house):
    return visitors.open_app(lite_house)


def is_in(visitor):
    return visitor.get("/me").status_code == 200


def test_a_cookie_from_before_signing_out_opens_nothing(app, house):
    mia = signed_in(app, house, a_person(house))
    thief = a_browser(app).carry("binwave", mia.cookie())
    assert is_in(thief)

    assert mia.post("/sign-out").status_code == 303

    assert mia.cookie() is None
    assert not is_in(thief)


def test_closing_an_account_ends_its_sessions_and_tokens_at_once(app, house):
    number = a_person(house, Role.ADMIN)
    a_person(house, Role.ADMIN, name="Another")
    browser = signed_in(app, house, number)
    machine = Machine(app.test_client(), a_token(house, number))
    assert is_in(browser)
    assert machine.get("/api/v1/users").status_code == 200

    at = house.clock.now()
    done(house, lambda s: actions.disable(s, user_id=number, reason="left", by=0, at=at).id)

    assert not is_in(browser)
    assert machine.get("/api/v1/users").status_code == 401


def test_other_roles_end_the_session(app, house):
    number = a_person(house, Role.PICKER)
    browser = signed_in(app, house, number)

    at = house.clock.now()
    done(house, lambda s: actions.set_roles(s, user_id=number, roles=[Role.PACKER], by=0, at=at).id)

    assert not is_in(browser)


def test_revoking_a_device_signs_out_whoever_works_on_it(app, house):
    number = a_person(house)
    tablet, device_id = a_tablet(app, house)
    badge = visitors.a_badge(house, number)
    tablet.post("/floor/sign-in", code=badge)
    assert is_in(tablet)

    at = house.clock.now()
    done(
        house,
        lambda s: stations.revoke_device(s, device_id=device_id, reason="lost", by=0, at=at).id,
    )

    assert not is_in(tablet)
    assert tablet.post("/floor/sign-in", code=badge).status_code == 403


def test_a_revoked_badge_signs_its_person_out(lite_app, lite_house):
    house = lite_house
    number = a_person(house)
    visitors.a_badge(house, number)
    browser = signed_in(lite_app, house, number)

    at = house.clock.now()
    done(house, lambda s: actions.revoke_badge(s, badge_id=1, by=0, at=at).id)

    assert not is_in(browser)


def test_signing_in_begins_a_session_that_was_not_there_before(lite_app, lite_house):
    a_person(lite_house, login="mia")
    browser = a_browser(lite_app).carry("binwave", "planted-by-somebody-else")

    browser.post("/sign-in", login="mia", password=PASSWORD)

    assert browser.cookie() not in (None, "planted-by-somebody-else")
    assert is_in(browser)


@pytest.mark.parametrize(("role", "idle"), [(Role.PACKER, OFFICE_IDLE), (Role.ADMIN, ADMIN_IDLE)])
def test_whoever_does_nothing_is_signed_out(lite_app, lite_house, role, idle):
    browser = signed_in(lite_app, lite_house, a_person(lite_house, role), role)
    lite_house.clock.forward(idle - timedelta(seconds=1))
    assert is_in(browser)

    lite_house.clock.forward(idle)

    assert not is_in(browser)


def test_a_tablet_is_locked_after_ten_minutes_of_nothing(lite_app, lite_house):
    tablet, _ = a_tablet(lite_app, lite_house)
    tablet.post("/floor/sign-in", code=visitors.a_badge(lite_house, a_person(lite_house)))
    assert is_in(tablet)

    lite_house.clock.forward(FLOOR_IDLE)

    assert not is_in(tablet)


def test_however_busy_a_session_ends_with_a_long_shift(lite_app, lite_house):
    browser = signed_in(lite_app, lite_house, a_person(lite_house))
    begun = lite_house.clock.now()
    while lite_house.clock.forward(timedelta(minutes=59)) < begun + LONGEST:
        assert is_in(browser)

    lite_house.clock.forward(timedelta(minutes=12))

    assert not is_in(browser)


def test_being_seen_is_written_down_once_a_minute(app, house):
    browser = signed_in(app, house, a_person(house))
    begun = house.clock.now()

    def seen_at():
        with house.database.read() as session:
            return session.scalar(select(UserSession.seen_at))

    house.clock.forward(timedelta(seconds=59))
    browser.get("/me")
    assert seen_at() == begun

    house.clock.forward(timedelta(seconds=1))
    browser.get("/me")
    assert seen_at() == begun + timedelta(minutes=1)


def test_one_question_to_the_database_tells_who_asks(lite_app, lite_house):
    browser = signed_in(lite_app, lite_house, a_person(lite_house, Role.PICKER, Role.PACKER))
    asked = []
    engine = lite_house.database.engines.asker
    engine.dispose()
    event.listen(engine, "connect", lambda wire, _: wire.set_trace_callback(asked.append))

    with lite_app.test_request_context("/x", headers={"Cookie": f"binwave={browser.cookie()}"}):
        identify()
        who = g.actor

    assert who.roles == {Role.PICKER, Role.PACKER}
    assert [words.split()[0] for words in asked if words.split()[0] == "SELECT"] == ["SELECT"]


def test_machines_routes_know_no_cookies(lite_app, lite_house):
    admin = signed_in(lite_app, lite_house, a_person(lite_house, Role.ADMIN))

    answer = admin.client.get("/api/v1/users")

    assert answer.status_code == 401
    assert answer.json["code"] == "people.sign_in_first"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("said", ["Bearer nonsense", "bearer ", "Basic YTpi", "Bearer \u00ff"])
def test_other_tokens_open_nothing(lite_app, said):
    answer = lite_app.test_client().get(
        "/api/v1/users",
        headers={"Authorization": said},
    )

    assert answer.status_code == 401


def test_a_token_ends_when_its_time_is_over_and_says_so(lite_app, lite_house):
    number = a_person(lite_house, Role.ADMIN)
    until = lite_house.clock.now() + timedelta(days=1)
    machine = Machine(lite_app.test_client(), a_token(lite_house, number, expires_at=until))
    assert machine.get("/api/v1/users").status_code == 200

    lite_house.clock.forward(timedelta(days=1))

    answer = machine.get("/api/v1/users")
    assert (answer.status_code, answer.json["code"]) == (401, "people.token_over")


def test_a_revoked_token_opens_nothing_any_more(app, house):
    machine = a_machine(app, house)
    assert machine.get("/api/v1/users").status_code == 200

    at = house.clock.now()
    done(house, lambda s: actions.revoke_token(s, token_id=1, by=0, at=at).id)

    answer = machine.get("/api/v1/users")
    assert (answer.status_code, answer.json["code"]) == (401, "people.token_unknown")


def test_a_token_opens_only_what_its_scopes_say(lite_app, lite_house):
    reader = a_machine(lite_app, lite_house, scopes=["people:read"])

    assert reader.get("/api/v1/users").status_code == 200
    assert reader.post("/api/v1/users", {"name": "Jon", "roles": ["picker"]}).status_code == 403
    assert reader.get("/api/v1/devices").json["code"] == "people.not_for_token"


def test_scopes_give_no_role_that_the_account_lacks(lite_app, lite_house):
    picker = a_machine(lite_app, lite_house, Role.PICKER, scopes=SCOPES)

    answer = picker.get("/api/v1/users")

    assert (answer.status_code, answer.json["code"]) == (403, "people.not_yours")


def test_using_a_token_is_written_down_once_a_minute(lite_app, lite_house):
    machine = a_machine(lite_app, lite_house)

    def used_at():
        with lite_house.database.read() as session:
            return session.scalar(select(ApiToken.used_at))

    machine.get("/api/v1/users")
    first = used_at()
    lite_house.clock.forward(timedelta(seconds=59))
    machine.get("/api/v1/users")

    assert first == used_at() == lite_house.clock.now() - timedelta(seconds=59)


def test_over_https_the_cookie_is_bound_to_this_host(lite_app, lite_house):
    a_person(lite_house, Role.ADMIN, login="mia")
    browser = a_browser(lite_app, base="https://wms.example")
    browser.get("/sign-in")
    answer = browser.client.post(
        "/sign-in",
        data={"csrf_token": browser.guarded, "login": "mia", "password": PASSWORD},
        base_url=browser.base,
        headers={"Referer": "https://wms.example/sign-in"},
    )

    (said,) = [one for one in answer.headers.getlist("Set-Cookie") if "binwave=" in one]

    assert said.startswith("__Host-binwave=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(said.split("; "))
    assert "Domain" not in said


def test_over_plain_http_the_cookie_stays_with_our_own_pages(lite_app, lite_house):
    a_person(lite_house, login="mia")
    browser = a_browser(lite_app)
    answer = browser.post("/sign-in", login="mia", password=PASSWORD)

    (said,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("binwave=")]

    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(said.split("; "))


def test_a_cookie_set_over_plain_http_counts_for_nothing_over_https(lite_app, lite_house):
    plain = signed_in(lite_app, lite_house, a_person(lite_house))
    secure = a_browser(lite_app, base="https://localhost").carry("binwave", plain.cookie())

    assert not is_in(secure)


def strict(house):
    settings = house.settings.model_copy(update={"allow_http_lan": False})
    return visitors.open_app(Services(settings, house.clock, house.database))


@pytest.mark.parametrize(
    "base",
    ["http://localhost", "http://127.0.0.1:8000", "http://[::1]:8000", "https://wms.example"],
)
def test_this_machine_and_https_are_let_in(lite_house, base):
    a_person(lite_house, Role.ADMIN)

    assert a_browser(strict(lite_house), base=base).get("/sign-in").status_code == 200


@pytest.mark.parametrize(
    "base", ["http://192.168.1.20", "http://wms.example", "http://localhost.evil.example"]
)
def test_plain_http_from_elsewhere_is_refused_with_a_sentence(lite_house, base):
    a_person(lite_house, Role.ADMIN)
    app = strict(lite_house)

    page = a_browser(app, base=base).get("/sign-in")
    answer = app.test_client().get("/api/v1/users", base_url=base)

    assert page.status_code == 403
    assert "https" in page.text
    assert answer.json["code"] == "people.plain_http"
    assert app.test_client().get("/livez", base_url=base).status_code == 200


def test_where_plain_http_is_allowed_every_page_says_so(lite_app, lite_house):
    a_person(lite_house, Role.ADMIN)

    assert "has no https" in a_browser(lite_app, base="http://192.168.1.20").get("/sign-in").text
    assert "has no https" not in a_browser(lite_app).get("/sign-in").text


def test_a_full_disk_keeps_nobody_out(lite_app, lite_house):
    browser = signed_in(lite_app, lite_house, a_person(lite_house))
    lite_house.clock.forward(timedelta(minutes=2))
    writer = lite_house.database.engines.writer

    @event.listens_for(writer, "before_cursor_execute")
    def full(connection, cursor, statement, *_):
        if statement.startswith("UPDATE user_session"):
            import sqlite3

            trouble = sqlite3.OperationalError("database or disk is full")
            trouble.sqlite_errorname = "SQLITE_FULL"
            raise trouble

    assert is_in(browser)


def test_the_house_itself_can_sign_in_nowhere(lite_house):
    from sqlalchemy.exc import IntegrityError

    from wms.people.tables import User

    at = lite_house.clock.now()
    with pytest.raises(IntegrityError):
        done(
            lite_house,
            lambda s: (s.add(User(id=0, name="nobody", created_at=at)), s.flush())[1],
        )


def test_the_application_knows_nobody_it_was_not_told_of(lite_house):
    assert factory.create(lite_house).test_client().get("/me").status_code == 302


def test_whoever_was_signed_out_by_time_is_told_so(lite_app, lite_house):
    a_person(lite_house, Role.ADMIN, name="Somebody else")
    browser = signed_in(lite_app, lite_house, a_person(lite_house))
    lite_house.clock.forward(timedelta(hours=3))

    answer = browser.get("/me?from=start")

    assert answer.headers["Location"] == "/sign-in?next=/me?from%3Dstart"
    assert "You were signed out here" in browser.get("/sign-in").text
    assert "You were signed out here" not in a_browser(lite_app).get("/sign-in").text


def test_a_tablet_that_was_locked_says_so(lite_app, lite_house):
    tablet, _ = a_tablet(lite_app, lite_house)
    tablet.post("/floor/sign-in", code=visitors.a_badge(lite_house, a_person(lite_house)))
    lite_house.clock.forward(FLOOR_IDLE)
    tablet.get("/me")

    assert "You were signed out here" in tablet.get("/floor/sign-in").text


def test_a_form_that_came_too_late_leads_back_to_the_start(lite_app, lite_house):
    browser = signed_in(lite_app, lite_house, a_person(lite_house))
    browser.get("/me")
    lite_house.clock.forward(timedelta(hours=3))

    answer = browser.post("/me", language="de")

    assert answer.headers["Location"] == "/sign-in?next=/"
