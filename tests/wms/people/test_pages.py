"""The pages about people: what is shown once, what comes back, and what the audit trail tells."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import visitors
from tests.visitors import (
    CODE,
    PASSWORD,
    Machine,
    a_badge,
    a_browser,
    a_person,
    a_tablet,
    as_role,
    done,
    events,
)
from wms.kernel.tables import StoredCommand
from wms.people import actions
from wms.people.policy import Role
from wms.people.tables import ApiToken, User


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


@pytest.fixture
def admin(app, lite_house):
    return as_role(app, lite_house, Role.ADMIN)


def rows(page):
    """The lines of a table, as text."""
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", page.text.partition("<tbody>")[2], re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip() for line in lines]


def test_an_admin_makes_an_account_and_finds_it(admin):
    answer = admin.post(
        "/people",
        name="Jon B.",
        login="Jon",
        password=PASSWORD,
        language="de",
        roles=["packer", "picker"],
    )

    page = admin.get(answer.headers["Location"])
    assert "Jon B." in page.text
    assert [
        line for line in rows(admin.get("/people")) if line.startswith("Jon B. picker, packer jon")
    ]


def test_a_form_that_is_not_kept_comes_back_with_what_was_typed(admin, lite_house):
    answer = admin.post("/people", name="Jon\tB.", login="jon", password="xyzzy", roles=["packer"])

    assert answer.status_code == 422
    assert 'value="jon"' in answer.text
    assert 'value="packer" checked' in answer.text
    assert "Take at least 10 signs" in answer.text
    assert "cannot be seen" in answer.text
    assert "xyzzy" not in answer.text
    with lite_house.database.read() as session:
        assert session.scalars(select(User.name)).all() == ["The admin"]


def test_a_form_sent_twice_makes_one_account(admin, lite_house):
    sent = {"name": "Jon", "roles": "packer", "language": "", "_key": "one-send"}

    first, second = admin.post("/people", **sent), admin.post("/people", **sent)

    assert first.headers["Location"] == second.headers["Location"] == "/people/2"


def test_whoever_edits_an_old_page_is_told(admin, lite_house):
    a_person(lite_house)
    change = {"login": "", "language": ""}
    assert admin.post("/people/2", name="Mia K.", _version="1", **change).status_code == 303

    answer = admin.post("/people/2", name="Mia L.", _version="1", **change)

    assert answer.status_code == 412
    assert 'value="Mia L."' in answer.text


def test_the_last_admin_is_told_why_not(admin):
    answer = admin.post("/people/1/disable", reason="left")

    assert answer.status_code == 409
    assert "only admin" in answer.text


def test_a_badge_is_shown_once_as_a_barcode_to_print(admin, lite_house):
    a_person(lite_house)

    first = admin.post("/people/2/badges", _key="one-send")
    second = admin.post("/people/2/badges", _key="one-send")

    (code,) = set(CODE.findall(first.text))
    assert '<svg class="barcode"' in first.text
    assert CODE.search(second.text) is None
    assert "shown once already" in second.text
    assert code not in admin.get("/people/2").text
    assert f"…{code[-4:]}" in admin.get("/people/2").text
    with lite_house.database.read() as session:
        kept = " ".join(session.scalars(select(StoredCommand.answer)))
    assert code not in kept


def test_the_barcode_on_a_badge_reads_as_its_code(admin, lite_house):
    import zxingcpp
    from PIL import Image, ImageDraw

    a_person(lite_house)
    page = admin.post("/people/2/badges").text
    width, height = map(
        int, re.search(r'viewBox="0 0 (\d+) (\d+)"', page[page.index('class="barcode"') :]).groups()
    )
    picture = Image.new("L", (width * 3, height * 3), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, across, down in re.findall(
        r"M(\d+) (\d+)h(\d+)v(\d+)", page[page.index('class="barcode"') :]
    ):
        left, top = int(x) * 3, int(y) * 3
        draw.rectangle([left, top, left + int(across) * 3 - 1, top + int(down) * 3 - 1], fill=0)

    (read,) = zxingcpp.read_barcodes(picture)

    assert read.text == CODE.search(page)[0]


def test_a_token_is_shown_once_and_works(app, admin, lite_house):
    answer = admin.post(
        "/people/1/tokens", name="Reports", scopes=["people:read"], days="7", _key="one"
    )
    again = admin.post(
        "/people/1/tokens", name="Reports", scopes=["people:read"], days="7", _key="one"
    )

    token = re.search(r'<code class="token">([^<]+)</code>', answer.text)[1]
    machine = Machine(app.test_client(), token)
    assert machine.get("/api/v1/users").status_code == 200
    assert token not in again.text
    with lite_house.database.read() as session:
        kept = session.scalars(select(ApiToken)).one()
    assert token != kept.token_hash
    assert kept.expires_at == lite_house.clock.now() + timedelta(days=7)


@pytest.mark.parametrize(
    "sent", [{"days": "0"}, {"days": "9999"}, {"days": "soon"}, {"scopes": "all"}, {"name": ""}]
)
def test_a_token_for_nothing_or_for_ever_is_not_made(admin, lite_house, sent):
    answer = admin.post(
        "/people/1/tokens", **({"name": "x", "scopes": "people:read", "days": ""} | sent)
    )

    assert answer.status_code == 422
    with lite_house.database.read() as session:
        assert session.scalars(select(ApiToken)).all() == []


def test_somebody_elses_badge_is_not_revoked_by_way_of_mine(admin, lite_house):
    a_badge(lite_house, a_person(lite_house))

    assert admin.post("/people/1/badges/1/revoke").status_code == 404
    assert admin.post("/people/2/badges/1/revoke").status_code == 303


def test_a_supervisor_looks_and_sends_off_but_changes_nobody(app, lite_house, admin):
    supervisor = as_role(app, lite_house, Role.SUPERVISOR)

    page = supervisor.get("/people/1")

    assert page.status_code == 200
    assert 'action="/people/1/roles"' not in page.text
    assert supervisor.post("/people/1/sessions/end").status_code == 303
    assert admin.get("/me").status_code == 302


def test_a_picker_sees_nobody(app, lite_house):
    picker = as_role(app, lite_house, Role.PICKER)

    assert picker.get("/people").status_code == 403
    assert "/people" not in picker.get("/me").text.replace("/people/", "")


def test_i_choose_my_language(app, lite_house):
    mia = as_role(app, lite_house, Role.PICKER)

    assert mia.post("/me", language="de").status_code == 303

    assert "Meine Einstellungen" in mia.get("/me").text
    assert mia.post("/me", language="fr").status_code == 422


def test_a_stranger_reads_the_language_of_the_browser_or_the_one_chosen(app, lite_house, admin):
    stranger = a_browser(app)

    german = stranger.get("/sign-in", headers={"Accept-Language": "de-CH,de;q=0.9"})
    stranger.carry("lang", "en")
    english = stranger.get("/sign-in", headers={"Accept-Language": "de-CH,de;q=0.9"})

    assert "Anmelden" in german.text
    assert "Sign in" in english.text


def test_the_trail_tells_in_words_who_did_what_from_which_device(app, admin, lite_house):
    mia = a_person(lite_house)
    tablet, _ = a_tablet(app, lite_house)
    tablet.post("/floor/sign-in", code=a_badge(lite_house, mia))
    admin.post(f"/people/{mia}/roles", roles=["packer"])

    told = rows(admin.get("/audit"))

    assert re.fullmatch(r".* The admin Roles of Mia are now packer; before: picker –", told[0])
    assert re.fullmatch(r".* The admin Mia signed out: roles changed –", told[1])
    assert re.fullmatch(r".* Mia Mia signed in Tablet T-07", told[2])
    assert "people.RolesChanged" not in admin.get("/audit").text


def test_the_trail_speaks_german(admin, lite_house):
    admin.post("/me", language="de")
    a_person(lite_house)

    assert "Konto für Mia angelegt: Kommissionieren" in admin.get("/audit").text


def test_the_trail_is_narrowed_by_person_device_thing_and_day(app, admin, lite_house):
    mia = a_person(lite_house)
    tablet, device = a_tablet(app, lite_house)
    tablet.post("/floor/sign-in", code=a_badge(lite_house, mia))
    lite_house.clock.forward(timedelta(days=1))
    tomorrow = lite_house.clock.now().date().isoformat()
    a_person(lite_house, name="Jon")
    admin = as_role(app, lite_house, Role.SUPERVISOR)

    def said(query):
        return [line.split(" ", 4)[4] for line in rows(admin.get(f"/audit?{query}"))]

    assert len(said(f"person={mia}")) == 1
    assert len(said(f"device={device}")) == 1
    assert set(said("thing=device")) == {"The house Device Tablet T-07 enrolled –"}
    assert len(said(f"thing=user&number={mia}")) == 3
    assert all("Mia" not in line for line in said(f"day={tomorrow}"))
    assert said("day=someday&person=x&number=-1&cursor=")


def test_the_trail_goes_on_where_it_stopped(admin, lite_house):
    for n in range(60):
        a_person(lite_house, name=f"Person {n:02}")

    first = admin.get("/audit")
    after = re.search(r'href="(/audit\?[^"]*cursor=[^"]+)" rel="next"', first.text)[1]
    second = admin.get(after.replace("&amp;", "&"))

    assert len(rows(first)) == 50
    assert len(rows(first)) + len(rows(second)) == 62
    assert not set(rows(first)) & set(rows(second))


def test_what_was_refused_is_told_with_its_reason(admin, lite_house):
    admin.post("/people/1/disable", reason="left")

    (line,) = rows(admin.get("/audit?show=refused"))

    assert "The admin Close an account: This is the only admin." in line


def test_a_fact_without_words_of_its_own_is_told_by_its_name(lite_house, admin):
    from dataclasses import dataclass
    from typing import ClassVar

    from wms.kernel.events import Event
    from wms.kernel.outbox import announce

    @dataclass(frozen=True)
    class CrateDropped(Event):
        subject: ClassVar[str] = "crate"
        crate_id: int

    CrateDropped.__module__ = "wms.yard.events"
    at = lite_house.clock.now()
    done(lite_house, lambda s: announce(s, CrateDropped(crate_id=9), by=0, at=at))

    assert "Crate dropped: 9" in rows(admin.get("/audit"))[0]


def test_a_fact_of_long_ago_that_lacks_a_value_is_told_all_the_same(lite_house, admin):
    from wms.kernel.outbox import announce
    from wms.people.events import UserDisabled

    class Older(UserDisabled):
        def data(self):
            return {"user_id": 1}

        @classmethod
        def type_name(cls):
            return "people.UserDisabled"

    at = lite_house.clock.now()
    done(lite_house, lambda s: announce(s, Older(user_id=1, reason=""), by=0, at=at))

    assert "Account of The admin closed: –" in rows(admin.get("/audit"))[0]


def test_nobody_is_named_in_what_is_kept_of_facts(admin, lite_house):
    admin.post(
        "/people",
        name="Jon Jonsson",
        login="jonlogin",
        password=PASSWORD,
        roles="picker",
        language="",
    )
    admin.post("/people/2", name="Jon Other", login="otherlogin", language="")
    at = lite_house.clock.now()
    done(lite_house, lambda s: actions.enable(s, user_id=2, by=0, at=at).id)

    told = " ".join(str(fact.data) for fact in events(lite_house))

    assert "Jon" not in told
    assert "login" not in told.replace("'login'", "")
