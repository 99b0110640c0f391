"""Cases: one stands for what does not fit, until a person says what became of it."""

import pytest

from tests import visitors
from tests.visitors import a_machine, a_person, done, events
from wms.cases import actions, queries
from wms.cases.lifecycle import LIFECYCLE, State, Verb
from wms.kernel.lifecycle import NotNow
from wms.people.policy import Role


@pytest.fixture
def app(house):
    return visitors.open_app(house)


def open_case(house, subject_id=7, kind="help"):
    return done(
        house,
        lambda s: (
            actions.open_case(
                s,
                kind=kind,
                subject="device",
                subject_id=subject_id,
                sentence="cases.help",
                values={},
                by=0,
                at=house.clock.now(),
            ).id
        ),
    )


def act(house, verb, case_id, **facts):
    return done(
        house, lambda s: verb(s, case_id=case_id, **facts, by=0, at=house.clock.now()).state
    )


def test_a_case_lives_from_open_to_closed_and_may_come_back():
    assert LIFECYCLE.start is State.OPEN
    assert LIFECYCLE.may(State.CLOSED) == {Verb.REOPEN}
    assert LIFECYCLE.after(State.ASSIGNED, Verb.RELEASE) is State.OPEN


def test_the_same_trouble_again_is_the_same_case_until_it_is_closed(house):
    first = open_case(house)

    assert open_case(house) == first
    assert open_case(house, subject_id=8) != first
    act(house, actions.close, first, outcome="went there")
    assert open_case(house) != first
    assert len(events(house, "cases.CaseOpened")) == 3


def test_what_cannot_be_done_now_is_refused(house):
    case = open_case(house)
    with pytest.raises(NotNow):
        act(house, actions.release, case)
    act(house, actions.close, case, outcome="went there")
    for verb, facts in ((actions.close, {"outcome": "again"}), (actions.release, {})):
        with pytest.raises(NotNow):
            act(house, verb, case, **facts)


def test_a_case_that_comes_back_belongs_to_nobody(house):
    mia, case = a_person(house), open_case(house)
    act(house, actions.assign, case, user_id=mia)
    act(house, actions.close, case, outcome="went there")

    assert act(house, actions.reopen, case, reason="still broken") == "open"
    assert [fact.type.partition(".")[2] for fact in events(house)][-4:] == [
        "CaseOpened",
        "CaseAssigned",
        "CaseClosed",
        "CaseReopened",
    ]


def test_machines_list_assign_and_close_cases(app, house):
    lead = a_machine(app, house, Role.SUPERVISOR)
    mia, case = a_person(house), open_case(house)
    where = f"/api/v1/cases/{case}"

    shown = lead.get(where)
    assert shown.json["says"] == "Somebody at this device asks for help. Go there."
    assert lead.get("/api/v1/cases?state=open&subject=device&subject_id=7").json["data"] == [
        shown.json
    ]
    assert lead.get("/api/v1/cases?state=closed").json["data"] == []

    match = {"headers": {"If-Match": shown.headers["ETag"]}}
    assert lead.post(f"{where}/assign", {"user_id": mia}, **match).json["assigned_to"] == mia
    assert lead.post(f"{where}/assign", {"user_id": mia}, **match).status_code == 412
    assert lead.post(f"{where}/assign", {"user_id": 999}).status_code == 404
    assert lead.post(f"{where}/release").json["state"] == "open"
    closed = lead.post(f"{where}/close", {"outcome": "Went there."})
    assert (closed.json["state"], closed.json["outcome"]) == ("closed", "Went there.")
    assert lead.post(f"{where}/close", {"outcome": "Again."}).status_code == 409
    assert lead.post(f"{where}/reopen", {"reason": "Still broken."}).json["outcome"] is None


def test_pickers_do_not_see_cases(app, house):
    assert a_machine(app, house, Role.PICKER).get("/api/v1/cases").status_code == 403


def test_a_case_of_which_more_is_known_says_so_and_stays_the_same_case(house):
    case = open_case(house)
    told = {"sentence": "cases.guessing", "values": {"origin": "here", "minutes": 5}}

    state = act(house, actions.retell, case, **told)

    with house.database.read() as session:
        assert queries.case(session, case).sentence == "cases.guessing"
        saying = {"kind": "help", "limit": 9}
        assert queries.subjects_told_of(session, sentence="cases.guessing", **saying) == [7]
        assert queries.subjects_told_of(session, sentence="cases.help", **saying) == []
    assert state == "open"
    assert open_case(house) == case
    assert len(events(house, "cases.CaseRetold")) == 1


def test_a_case_that_is_closed_says_nothing_any_more(house):
    case = open_case(house)
    act(house, actions.close, case, outcome="went there")

    with house.database.read() as session:
        said = queries.subjects_told_of(session, kind="help", sentence="cases.help", limit=9)

    assert said == []
