"""The floor's page over HTTP: drawn where the person stands, each scan answered once; a no changes nothing."""

import json
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from tests.visitors import a_badge, a_person, a_tablet, signed_in
from wms.floor.sending import Sent, moment_of
from wms.floor.web import codes_whole, short
from wms.kernel.tables import StoredCommand
from wms.people.policy import Role

NUMBERS = count(1)


class Tablet:
    """A tablet on which somebody is signed in, with its page's script."""

    def __init__(self, visitor):
        self.visitor = visitor
        visitor.get("/me")

    def send(self, key=None, **said):
        headers = {
            "X-CSRFToken": self.visitor.guarded,
            "Idempotency-Key": key or f"scan-{next(NUMBERS)}",
        }
        return self.visitor.client.post("/floor/scans", json=said, headers=headers, buffered=True)

    def tells(self, **said):
        return self.send(**said).json


@pytest.fixture
def tablet(app, lite_house):
    visitor, _ = a_tablet(app, lite_house)
    visitor.post("/floor/sign-in", code=a_badge(lite_house, a_person(lite_house)))
    return Tablet(visitor)


def test_a_badge_leads_to_the_floor(app, lite_house):
    visitor, _ = a_tablet(app, lite_house)

    answer = visitor.post("/floor/sign-in", code=a_badge(lite_house, a_person(lite_house)))

    assert answer.headers["Location"] == "/floor"
    assert "Hello, Mia" in visitor.get("/floor").text


def test_another_badge_changes_who_works(app, lite_house, tablet):
    tablet.tells(order="work")
    badge = a_badge(lite_house, a_person(lite_house, name="Jon"))

    tablet.visitor.post("/floor/sign-in", code=badge, next="/floor")

    assert "Hello, Jon" in tablet.visitor.get("/floor").text


def test_work_begins_and_goes_on_on_another_device(app, lite_house):
    mia = a_person(lite_house)
    one, other = (Tablet(signed_in(app, lite_house, mia)) for _ in range(2))
    one.tells(order="work")
    one.tells(code="A-01-01-1")

    page = other.visitor.get("/floor").text

    assert 'data-process="bells"' in page
    assert other.tells(code="BELL")["next"]["amount"] == {"done": 1, "of": 3}


def test_at_home_undo_stands_where_it_always_stands(tablet):
    before = tablet.visitor.get("/floor").text
    tablet.tells(order="work")
    for code in ("A-01-01-1", "WXCQ3", "A-01-02-1"):
        tablet.tells(code=code)

    home = tablet.tells(code="WXCQ3")

    assert home["next"]["process"] == ""
    assert 'data-order="undo"' not in before
    assert before.index('data-order="pause"') < before.index('data-order="help"')
    assert home["html"].index('data-order="undo"') < home["html"].index('data-order="help"')
    assert tablet.tells(order="undo")["next"]["step"] == "item"


def test_an_answer_says_what_it_was_taken_for_and_what_comes_next(tablet):
    tablet.tells(order="work")

    told = tablet.tells(code="A-01-01-1")

    assert (told["taken_for"], told["tone"], told["next"]["step"]) == ("location", "good", "item")
    assert told["say"] == "item is empty."
    assert "2 of 3" not in told["html"]
    assert 'data-part="main"' in told["html"]


def test_the_same_scan_sent_again_counts_once_and_is_answered_alike(tablet):
    tablet.tells(order="work")
    tablet.tells(code="A-01-01-1")
    at = {"occurred_at": "2026-01-05T08:00:00Z"}

    first = tablet.send("k", code="BELL", **at)
    again = tablet.send("k", code="BELL", **at, was_waiting=True, sent_at="2026-01-05T08:00:09Z")

    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.json["next"] == again.json["next"]
    assert first.json["next"]["amount"] == {"done": 1, "of": 3}


def test_a_no_is_red_and_nothing_has_changed(tablet):
    tablet.tells(order="work")

    answer = tablet.send("k", order="short")
    again = tablet.send("k", order="short")

    assert (answer.status_code, answer.json["tone"]) == (200, "wrong")
    assert answer.json["say"].startswith("That work is for others.")
    assert answer.json["next"]["step"] == "bin"
    assert again.json["say"] == answer.json["say"]


def test_a_scan_without_a_key_or_without_sense_is_told_so(tablet):
    bare = tablet.visitor.client.post(
        "/floor/scans", json={"code": "BELL"}, headers={"X-CSRFToken": tablet.visitor.guarded}
    )

    assert bare.status_code == 400
    assert tablet.send(code="x" * 5_000).status_code == 422
    assert tablet.send(order="dance").status_code == 422
    assert tablet.tells()["tone"] == "wrong"


def test_device_count_and_moment_stand_on_the_command(lite_house, tablet):
    now = lite_house.clock.now()
    tablet.tells(code="BELL", device_seq=7, occurred_at=(now - timedelta(seconds=3)).isoformat())

    with lite_house.database.read() as session:
        kept = session.scalars(
            select(StoredCommand).where(StoredCommand.name == "floor.scan")
        ).one()
    assert (kept.device_seq, kept.device_id is not None) == (7, True)
    assert now - kept.occurred_at == timedelta(seconds=3)


@pytest.mark.parametrize(
    ("waited_s", "was_waiting", "is_late"), [(60, True, True), (60, False, False), (5, True, False)]
)
def test_a_scan_is_late_when_it_waited_on_the_tablet(
    lite_house, tablet, bells, waited_s, was_waiting, is_late
):
    tablet.tells(order="work")
    wrong_clock = datetime(2031, 5, 5, tzinfo=UTC)

    tablet.tells(
        code="A-01-01-1",
        occurred_at=wrong_clock.isoformat(),
        sent_at=(wrong_clock + timedelta(seconds=waited_s)).isoformat(),
        was_waiting=was_waiting,
    )

    assert bells.heard[-1].is_late is is_late
    assert bells.heard[-1].occurred_at == lite_house.clock.now() - timedelta(seconds=waited_s)


@pytest.mark.parametrize(
    "said",
    [
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": "9999-12-31T23:59:59-14:00"},
        {"occurred_at": "2026-01-05T08:00:00Z", "sent_at": "2020-01-05T08:00:00Z"},
        {},
    ],
)
def test_a_moment_that_cannot_be_is_now(said):
    now = datetime(2026, 1, 5, 8, tzinfo=UTC)

    assert moment_of(Sent.model_validate({"code": "x"} | said), now) == now


def test_codes_that_nobody_could_print_are_answered(tablet):
    for code in ("\x00", "\x1d01", "]C1\x1d", "😀" * 300, "<script>alert(1)</script>", "%(n)s"):
        told = tablet.tells(code=code)
        assert told["tone"] == "wrong", code
        assert "<script>alert" not in told["html"]


def test_pause_leads_to_the_door_and_keeps_the_work(tablet):
    tablet.tells(order="work")

    assert tablet.tells(order="pause")["leaves"] is True
    assert tablet.tells(code="A-01-01-1")["next"]["step"] == "item"


def test_the_turn_can_be_asked_for(tablet):
    tablet.tells(order="work")

    told = tablet.visitor.get("/floor/turn").json

    assert (told["next"]["step"], told["leaves"]) == ("bin", False)


def test_a_session_that_is_over_is_sent_to_the_door(app):
    answer = app.test_client().post("/floor/scans", json={})

    assert answer.status_code in (302, 403)


def test_words_come_in_the_readers_language(app, lite_house):
    tablet = Tablet(signed_in(app, lite_house, a_person(lite_house)).carry("lang", "de"))

    assert tablet.tells(code="4006381333931")["say"].startswith("Niemand hier kennt 4006381333931.")


def test_the_practice_scanner_is_there_only_where_it_was_asked_for(app, lite_house, tablet):
    tablet.tells(order="work")
    assert 'data-scan="A-01-01-1"' not in tablet.visitor.get("/floor").text

    lite_house.settings.practice = True

    assert 'data-scan="A-01-01-1"' in tablet.visitor.get("/floor").text
    lite_house.settings.practice = False


def test_a_supervisor_finds_the_way_to_the_office(app, lite_house, tablet):
    bea = signed_in(app, lite_house, a_person(lite_house, Role.SUPERVISOR), Role.SUPERVISOR)

    assert ">Office<" in "".join(bea.get("/floor").text.split("\n")).replace(
        "</svg>Office", ">Office"
    )
    assert "Office" not in tablet.visitor.get("/floor").text


def test_the_queue_of_one_person_is_told_from_anothers(app, lite_house, tablet):
    jon = signed_in(app, lite_house, a_person(lite_house, name="Jon"))
    people = [
        json.loads(visitor.get("/floor").text.split('data-person="')[1].split('"')[0])
        for visitor in (jon, tablet.visitor)
    ]

    assert people[0] != people[1]


@pytest.mark.parametrize(
    ("name", "top"),
    [
        ("Mia Kern", "Mia K."),
        ("Ana de la Ruiz", "Ana R."),
        ("Hugo (practice)", "Hugo"),
        ("Bo", "Bo"),
    ],
)
def test_the_top_of_the_screen_has_room_for_a_short_name(name, top):
    assert short(name) == top


@pytest.mark.parametrize(
    ("sentence", "drawn"),
    [
        ("Go to A-03-12.", 'Go to <span class="nowrap">A-03-12</span>.'),
        ("2 × NAP-008 & more", '2 × <span class="nowrap">NAP-008</span> &amp; more'),
        ("<b>X-1</b>", '&lt;b&gt;<span class="nowrap">X-1</span>&lt;/b&gt;'),
        ("Put-away of ABCDEFGHIJ-KLMNOPQRSTU-1", "Put-away of ABCDEFGHIJ-KLMNOPQRSTU-1"),
    ],
)
def test_a_code_in_a_sentence_is_not_broken_over_two_lines(sentence, drawn):
    assert codes_whole(sentence) == drawn


def test_none_is_a_number_that_can_be_sent(tablet):
    assert tablet.send(order="qty", quantity=0).status_code == 200
    assert tablet.send(order="qty", quantity=-1).status_code == 422
