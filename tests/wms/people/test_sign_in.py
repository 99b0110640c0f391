"""Signing in at a desk: nobody learns which logins exist, and no guess is compared while the database waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import visitors
from tests.visitors import PASSWORD, QUICK, a_browser, a_person, done, events, signed_in
from wms.kernel.tables import StoredCommand
from wms.kernel.wire import is_writing
from wms.people import actions
from wms.people.policy import Role
from wms.people.secret import Hasher
from wms.people.tables import SignInAttempt


class CountingHasher(Hasher):
    """The tests' hasher, which also notes how often it was asked and whether a write was open meanwhile."""

    def __init__(self):
        super().__init__(QUICK._slow)
        self.asked = 0
        self.was_writing = False

    def fits(self, kept, secret):
        self.asked += 1
        self.was_writing |= is_writing()
        return super().fits(kept, secret)


@pytest.fixture
def app(lite_house):
    a_person(lite_house, Role.ADMIN, name="Ana", login="ana")
    return visitors.open_app(lite_house)


def knock(browser, login="ana", password=PASSWORD, **more):
    return browser.post("/sign-in", login=login, password=password, **more)


def test_login_and_password_open_the_house(app, lite_house):
    browser = a_browser(app)

    answer = knock(browser, "  ANA ")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.get("/me").status_code == 200
    assert [one.data["user_id"] for one in events(lite_house, "people.SignedIn")] == [1]


def test_whoever_wanted_a_page_comes_to_it(app):
    browser = a_browser(app)
    wanted = browser.get("/people?q=mia").headers["Location"]
    browser.get(wanted)

    answer = knock(browser, next="/people?q=mia")

    assert wanted == "/sign-in?next=/people?q%3Dmia"
    assert answer.headers["Location"] == "/people?q=mia"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "",
    ],
)
def test_signing_in_leads_to_no_other_house(app, elsewhere):
    assert knock(a_browser(app), next=elsewhere).headers["Location"] == "/"


def test_unknown_logins_and_wrong_passwords_get_the_same_answer(app):
    app.extensions["hasher"] = hasher = CountingHasher()
    wrong, unknown = a_browser(app), a_browser(app)

    answers = [knock(wrong, password="something else"), knock(unknown, "nobody", "something else")]

    assert [answer.status_code for answer in answers] == [401, 401]
    assert "do not fit together" in answers[0].text
    assert answers[0].text.replace('value="ana"', "").count("\n") == answers[1].text.count("\n")
    assert hasher.asked == 2


def test_a_secret_is_compared_while_no_write_is_open(app):
    app.extensions["hasher"] = hasher = CountingHasher()

    knock(a_browser(app))

    assert hasher.asked == 1
    assert not hasher.was_writing


def test_what_was_typed_stays_but_the_password(app):
    answer = knock(a_browser(app), "ana", "something else")

    assert 'value="ana"' in answer.text
    assert "something else" not in answer.text


@pytest.mark.parametrize("password", ["", "x" * 100_000, "\udcff\x00", "пароль"])
def test_any_password_gets_a_calm_answer(app, password):
    answer = a_browser(app).post(
        "/sign-in", login="ana", password=password.encode("utf-8", "replace")
    )

    assert answer.status_code == 401


def test_who_has_no_password_cannot_come_in_with_an_empty_one(app, lite_house):
    a_person(lite_house, name="Jon")
    at = lite_house.clock.now()
    done(
        lite_house,
        lambda s: (
            actions.change_user(
                s, user_id=2, name="Jon", login="jon", language=None, by=0, at=at
            ).id
        ),
    )

    assert knock(a_browser(app), "jon", "").status_code == 401


def test_a_closed_account_answers_like_an_unknown_one(app, lite_house):
    a_person(lite_house, Role.ADMIN, name="Bea", login="bea")
    at = lite_house.clock.now()
    done(lite_house, lambda s: actions.disable(s, user_id=2, reason="left", by=0, at=at).id)

    assert "do not fit together" in knock(a_browser(app), "bea").text


def test_machines_do_not_sign_in(app, lite_house):
    a_person(lite_house, Role.MACHINE, name="Program", login="program")
    done(lite_house, lambda s: setattr(s.get(actions.accounts.User, 2), "is_machine", True))

    assert knock(a_browser(app), "program").status_code == 401


def test_the_sixth_wrong_try_from_one_address_must_wait_even_if_right(app, lite_house):
    browser = a_browser(app, address="10.0.0.9")
    for _ in range(5):
        assert knock(browser, password="guess").status_code == 401

    answer = knock(browser)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "Wait 15 minutes" in answer.text
    lite_house.clock.forward(timedelta(minutes=15))
    assert knock(browser).status_code == 303


def test_guessing_from_elsewhere_keeps_nobody_from_their_own_desk(app):
    own = a_browser(app, address="10.0.0.1")
    assert knock(own).status_code == 303
    for n in range(100, 130):
        knock(a_browser(app, address=f"10.0.0.{n}"), password="guess")

    assert knock(a_browser(app, address="10.0.0.1")).status_code == 303
    assert knock(a_browser(app, address="10.0.0.200")).status_code == 429


def test_what_was_typed_as_a_login_is_not_kept_as_it_is(app, lite_house):
    knock(a_browser(app), "my secret password", "oops")

    with lite_house.database.read() as session:
        about = session.scalars(select(SignInAttempt.about)).all()
    assert about
    assert "my secret" not in " ".join(about)


def test_no_secret_stands_in_what_is_kept_of_a_form(app, lite_house):
    admin = signed_in(app, lite_house, 1, Role.ADMIN)
    admin.post("/people/1/pin", pin="482915", _key="one")
    admin.post("/people/1/pin", pin="591824", _key="two")

    with lite_house.database.read() as session:
        kept = session.execute(
            select(StoredCommand.body_hash, StoredCommand.answer).where(
                StoredCommand.name == "people.set_pin"
            )
        ).all()

    assert len(kept) == 2
    from wms.kernel.commands import body_hash

    for pin, key in (("482915", "one"), ("591824", "two")):
        guess = repr(([("_key", key), ("pin", pin)], [])).encode()
        assert body_hash(b"POST", b"/people/1/pin", guess) not in {row.body_hash for row in kept}


def test_a_flood_of_tries_is_turned_away_before_it_reaches_the_database(app):
    browser = a_browser(app, address="10.0.0.77")
    answers = [knock(browser, f"name {n}", "guess") for n in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {401}
    assert answers[30].status_code == 429
    assert 1 <= int(answers[30].headers["Retry-After"]) <= 60
    assert "Wait a minute" in answers[30].text


def test_form_tokens_from_before_signing_in_are_worth_nothing_after(app):
    browser = a_browser(app)
    browser.get("/sign-in")
    before = browser.guarded
    knock(browser)

    answer = browser.client.post("/sign-out", data={"csrf_token": before})

    assert answer.status_code == 403


def test_a_new_password_signs_out_everywhere_else(app, lite_house):
    mine, other = (signed_in(app, lite_house, 1, Role.ADMIN) for _ in range(2))

    answer = mine.post("/me/password", old_password=PASSWORD, password="another few words here")

    assert answer.status_code == 303
    assert mine.get("/me").status_code == 200
    assert other.get("/me").status_code == 302
    assert knock(a_browser(app), password="another few words here").status_code == 303


def test_a_new_password_needs_the_old_one_and_guessing_it_is_counted(app, lite_house):
    mine = signed_in(app, lite_house, 1, Role.ADMIN)
    mine.get("/me")
    answers = [
        mine.post("/me/password", old_password="guess", password="another few words here")
        for _ in range(6)
    ]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "That is not your password" in answers[0].text
    assert knock(a_browser(app, address="10.0.0.5")).status_code == 303
