"""The floor's door: badges open enrolled tablets, PINs come after badges only, and nothing else opens anything."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import visitors
from tests.visitors import PIN, a_badge, a_browser, a_person, a_tablet, done, events
from wms.app.house import listeners
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.tables import SignInAttempt, UserSession
from wms.stations import actions
from wms.stations.events import HelpCalled

WHO = re.compile(r'name="who" value="([^"]+)"')


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


@pytest.fixture
def tablet(app, lite_house):
    visitor, _ = a_tablet(app, lite_house)
    visitor.get("/floor/sign-in")
    return visitor


def scan(tablet, code, **more):
    return tablet.post("/floor/sign-in", code=code, **more)


def type_pin(tablet, page, pin):
    return tablet.post("/floor/sign-in/pin", who=WHO.search(page.text)[1], pin=pin)


def sessions(house):
    with house.database.read() as session:
        return session.scalar(
            select(func.count()).select_from(UserSession).where(UserSession.ended_at.is_(None))
        )


def test_one_scan_of_a_badge_signs_its_person_in(tablet, lite_house):
    answer = scan(tablet, a_badge(lite_house, a_person(lite_house)))

    assert answer.status_code == 303
    assert "Mia" in tablet.get("/me").text


@pytest.mark.parametrize("as_read", [str.lower, str.swapcase, "]C0{}".format, " {}\r".format])
def test_a_badge_is_known_however_the_scanner_sends_it(tablet, lite_house, as_read):
    badge = a_badge(lite_house, a_person(lite_house))

    assert scan(tablet, as_read(badge)).status_code == 303


def test_the_next_badge_takes_the_tablet_over(tablet, lite_house):
    mia, jon = (a_badge(lite_house, a_person(lite_house, name=name)) for name in ("Mia", "Jon"))
    scan(tablet, mia)
    first = tablet.cookie()

    assert scan(tablet, jon).status_code == 303

    assert "Jon" in tablet.get("/me").text
    assert sessions(lite_house) == 1
    tablet.carry("binwave", first)
    assert tablet.get("/me").status_code == 302


@pytest.mark.parametrize(
    "code",
    [
        "4006381333931",
        "85123A",
        "A-03-12",
        "WXCDONE",
        "WXL-A-1",
        "]C10109501101530003",
        "x" * 4096,
        "",
        "\N{PILE OF POO}",
    ],
)
def test_what_is_no_badge_signs_nobody_in(tablet, lite_house, code):
    a_badge(lite_house, a_person(lite_house))

    answer = scan(tablet, code)

    assert answer.status_code == 422
    assert "This is not a badge" in answer.text
    assert sessions(lite_house) == 0


@pytest.mark.parametrize(
    "code", ["WXU0000000000000000", "WXU", "WXU#", "WXU'--", "WXU" + "A" * 300]
)
def test_an_unknown_badge_is_never_a_session(tablet, lite_house, code):
    badge = a_badge(lite_house, a_person(lite_house))
    from wms.people.actions.badges import registered_as

    for scanned in (code, registered_as(badge), badge[:-1], badge + "0"):
        answer = scan(tablet, scanned)
        assert answer.status_code == 401
        assert "Nobody here carries this badge" in answer.text
    assert sessions(lite_house) == 0
    assert tablet.cookie() is None


def test_a_badge_opens_nothing_on_a_browser_that_is_not_enrolled(app, lite_house):
    stranger = a_browser(app)
    stranger.get("/enrol")

    answer = scan(stranger, a_badge(lite_house, a_person(lite_house)))

    assert answer.status_code == 403
    assert sessions(lite_house) == 0


def test_a_browser_that_is_no_tablet_yet_is_led_from_the_desk_to_its_code(app, lite_house):
    a_person(lite_house, Role.ADMIN)
    fresh = a_browser(app)

    desk = fresh.get("/sign-in?next=/floor").text
    floor = fresh.get("/floor/sign-in").text

    assert 'href="/floor/sign-in"' in desk
    assert "tap Enroll and type them" in floor
    assert 'href="/enrol"' in floor


def test_a_revoked_badge_and_a_closed_account_are_unknown(tablet, lite_house):
    at = lite_house.clock.now()
    revoked, closed = (a_badge(lite_house, a_person(lite_house, name=name)) for name in "ab")
    done(lite_house, lambda s: people.revoke_badge(s, badge_id=1, by=0, at=at).id)
    done(lite_house, lambda s: people.disable(s, user_id=2, reason="left", by=0, at=at).id)

    assert [scan(tablet, badge).status_code for badge in (revoked, closed)] == [401, 401]


def test_supervisors_and_admins_type_a_pin_after_the_badge(tablet, lite_house):
    badge = a_badge(lite_house, a_person(lite_house, Role.SUPERVISOR, pin=PIN))

    page = scan(tablet, badge)

    assert page.status_code == 200
    assert sessions(lite_house) == 0
    assert type_pin(tablet, page, PIN).status_code == 303
    assert sessions(lite_house) == 1


def test_a_supervisor_without_a_pin_is_told_how_to_get_one(tablet, lite_house):
    answer = scan(tablet, a_badge(lite_house, a_person(lite_house, Role.SUPERVISOR)))

    assert answer.status_code == 401
    assert "Set one at a desk" in answer.text


def test_no_answer_ever_holds_the_pin_or_its_hash(tablet, lite_house):
    from wms.people.tables import User

    badge = a_badge(lite_house, a_person(lite_house, Role.ADMIN, pin=PIN))
    with lite_house.database.read() as session:
        kept = session.scalars(select(User.pin_hash)).one()
    page = scan(tablet, badge)
    wrong = type_pin(tablet, page, "591824")
    right = type_pin(tablet, wrong, PIN)

    for answer in (page, wrong, right, tablet.get("/me"), tablet.get("/people/1")):
        told = answer.text + str(answer.headers)
        assert PIN not in told
        assert "591824" not in told
        assert kept not in told
        assert badge not in answer.text


def test_a_pin_without_a_badge_just_scanned_here_opens_nothing(app, tablet, lite_house):
    page = scan(tablet, a_badge(lite_house, a_person(lite_house, Role.ADMIN, pin=PIN)))
    who = WHO.search(page.text)[1]
    other, _ = a_tablet(app, lite_house, "Tablet T-08")
    other.get("/floor/sign-in")

    made_up = tablet.post("/floor/sign-in/pin", who="[1, 'Ana', 1, 0]", pin=PIN)
    elsewhere = other.post("/floor/sign-in/pin", who=who, pin=PIN)
    changed = tablet.post("/floor/sign-in/pin", who=who[:-2] + "AA", pin=PIN)
    lite_house.clock.forward(timedelta(minutes=2, seconds=1))
    late = tablet.post("/floor/sign-in/pin", who=who, pin=PIN)

    assert [a.status_code for a in (made_up, elsewhere, changed, late)] == [422] * 4
    assert sessions(lite_house) == 0


def test_five_wrong_pins_rest_that_badge_on_that_tablet_only(app, tablet, lite_house):
    ana = a_badge(lite_house, a_person(lite_house, Role.ADMIN, name="Ana", pin=PIN))
    bea = a_badge(lite_house, a_person(lite_house, Role.ADMIN, name="Bea", pin=PIN))
    other, _ = a_tablet(app, lite_house, "Tablet T-08")
    other.get("/floor/sign-in")
    assert type_pin(other, scan(other, ana), PIN).status_code == 303
    page = scan(tablet, ana)

    wrong = [type_pin(tablet, page, f"{n}" * 6) for n in range(5)]
    rested = type_pin(tablet, page, PIN)

    assert [answer.status_code for answer in wrong] == [401] * 5
    assert rested.status_code == 429
    assert "Wait 15 minutes" in rested.text
    assert type_pin(tablet, scan(tablet, bea), PIN).status_code == 303
    other.client.delete_cookie("binwave")
    assert type_pin(other, scan(other, ana), PIN).status_code == 303


def test_five_wrong_pins_are_a_fact_that_opens_a_case(app, tablet, lite_house):
    from wms import wiring
    from wms.cases.tables import ExceptionCase
    from wms.people.events import SignInBlocked

    page = scan(tablet, a_badge(lite_house, a_person(lite_house, Role.ADMIN, pin=PIN)))
    for n in range(5):
        type_pin(tablet, page, f"{n}" * 6)

    (fact,) = events(lite_house, "people.SignInBlocked")
    assert fact.device_id == 1
    assert SignInBlocked in listeners()
    ((_, react),) = wiring.REACTIONS[SignInBlocked].items()
    told = SignInBlocked(**fact.data)
    for _ in range(2):
        done(lite_house, lambda s: react(s, told, 0, lite_house.clock.now()))
    with lite_house.database.read() as session:
        (case,) = session.scalars(select(ExceptionCase)).all()
    assert (case.kind, case.subject, case.subject_id) == ("guessing", "user", 1)


def test_scanning_badges_without_pins_uses_up_no_guesses(tablet, lite_house):
    badge = a_badge(lite_house, a_person(lite_house))
    for _ in range(12):
        assert scan(tablet, badge).status_code == 303

    with lite_house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_signing_out_leads_back_to_the_badge(tablet, lite_house):
    scan(tablet, a_badge(lite_house, a_person(lite_house)))
    tablet.get("/me")

    answer = tablet.post("/sign-out")

    assert answer.headers["Location"] == "/floor/sign-in"
    assert "Scan your badge" in tablet.get("/floor/sign-in").text


def test_a_tablet_is_asked_for_a_badge_and_only_on_demand_for_a_password(tablet, lite_house):
    a_person(lite_house, Role.ADMIN)

    assert tablet.get("/sign-in").headers["Location"] == "/floor/sign-in?next=/"
    assert "Password" in tablet.get("/sign-in?desk=1").text


def test_calling_help_is_a_fact_about_the_tablet(app, tablet, lite_house):
    answer = tablet.post("/floor/help")

    assert "Somebody was called" in answer.text
    (fact,) = events(lite_house, "stations.HelpCalled")
    assert fact.data == {"device_id": 1}
    assert HelpCalled in listeners()
    assert a_browser(app).post("/floor/help").status_code == 403


def test_a_sign_in_that_a_revocation_overtakes_is_none(tablet, lite_house, monkeypatch):
    """The device is looked at again, and held, in the transaction that lets somebody in."""
    badge = a_badge(lite_house, a_person(lite_house))
    from wms.people import sign_in

    real = sign_in._open

    def slow(*args, **more):
        at = lite_house.clock.now()
        done(
            lite_house,
            lambda s: actions.revoke_device(s, device_id=1, reason="lost", by=0, at=at).id,
        )
        return real(*args, **more)

    monkeypatch.setattr(sign_in, "_open", slow)

    assert scan(tablet, badge).status_code == 403
    assert sessions(lite_house) == 0
