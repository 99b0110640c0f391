"""Counts in the browser."""

import pytest

from tests.kit import NOON, a_bin, a_warehouse, an_item, done, held, shelve
from tests.visitors import a_person, as_role, open_app
from tests.wms.counting.counters import ask, count
from wms.people.policy import Role
from wms.people.tables import User


@pytest.fixture
def house(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def database(house):
    return house.database


@pytest.fixture
def crew(house, database):
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    return [a_person(house, Role.PICKER, name=name) for name in ("Uwe", "Vera")]


@pytest.fixture
def mugs(database, crew):
    """Nine mugs in A-01, and the item's number."""
    mug, upper = an_item(database, "MUG"), a_bin(database, a_warehouse(database), "A-01")
    shelve(database, mug, upper, 9)
    return mug, upper


@pytest.fixture
def disputed(database, mugs, crew):
    number = ask(database, mugs[1])
    for by in crew:
        count(database, number, {mugs[0]: 3}, by=by, at=NOON)
    return number


@pytest.fixture
def ana(app, house, mugs):
    return as_role(app, house, Role.SUPERVISOR)


def test_a_lead_asks_for_a_count(ana):
    made = ana.post("/counts/new", place="A-01", reference="audit")

    assert made.status_code == 303
    assert "audit" in ana.get("/counts").text
    assert "Nobody has counted here yet." in ana.get(made.headers["Location"]).text


def test_an_unknown_bin_comes_back_with_what_was_typed(ana):
    answer = ana.post("/counts/new", place="Z-99")

    assert answer.status_code == 422
    assert 'value="Z-99"' in answer.text


def test_a_lead_sees_what_two_people_counted_and_lets_it_stand(database, ana, disputed, mugs):
    listed = ana.get("/counts?state=in_review").text
    page = ana.get(f"/counts/{disputed}").text
    silent = ana.post(f"/counts/{disputed}/accept", reason="")
    ana.post(f"/counts/{disputed}/accept", reason="broken, thrown away")
    after = ana.get(f"/counts/{disputed}").text

    assert "A-01" in listed
    assert ("Uwe" in page, "Vera" in page, "-6" in page) == (True, True, True)
    assert silent.status_code == 422
    assert "broken, thrown away" in after
    assert held(database, mugs[1], mugs[0]) == 3


def test_a_lead_lets_it_be_counted_again(ana, disputed):
    ana.post(f"/counts/{disputed}/recount")

    assert "waits" in ana.get(f"/counts/{disputed}").text


def test_a_lead_takes_a_count_back(ana, disputed):
    ana.post(f"/counts/{disputed}/cancel", reason="no longer needed")

    assert "Nothing has to be counted." in ana.get("/counts").text
    assert "no longer needed" in ana.get(f"/counts/{disputed}").text


def test_who_counts_does_not_see_the_page_of_counts(app, house, disputed):
    pia = as_role(app, house, Role.PICKER)

    assert pia.get("/counts").status_code == 403
    assert pia.get(f"/counts/{disputed}").status_code == 403
