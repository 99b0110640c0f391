"""Moves to do, in the browser."""

import pytest

from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, done, shelve
from tests.visitors import as_role, open_app
from wms.moving import actions
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
def asked(database):
    """A move that waits, of two of five mugs."""
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    here = a_warehouse(database)
    mug, upper = an_item(database, "MUG"), a_bin(database, here, "A-01")
    a_bin(database, here, "A-02")
    shelve(database, mug, upper, 5)
    wish = {"kind": "relocate", "why": "asked", "source_id": upper, "item_id": mug, "quantity": 2}
    return done(database, lambda s: actions.ask(s, **wish, by=TESTER, at=NOON))


@pytest.fixture
def ana(app, house, asked):
    return as_role(app, house, Role.SUPERVISOR)


def test_a_lead_asks_for_a_move_and_takes_it_back(ana):
    form = {"kind": "relocate", "place": "A-01", "item": "MUG", "quantity": "2", "to": "A-02"}

    made = ana.post("/moves-to-do/new", **form)
    listed = ana.get("/moves-to-do").text
    page = ana.get(made.headers["Location"]).text
    ana.post(f"{made.headers['Location']}/cancel")

    assert made.status_code == 303
    assert "A-02" in listed
    assert "MUG" in page
    assert "A-02" not in ana.get("/moves-to-do").text
    assert "A-02" in ana.get("/moves-to-do?all=1").text


def test_a_form_with_unknown_codes_comes_back_as_it_was(ana):
    form = {"kind": "relocate", "place": "A-01", "item": "CUP", "quantity": "2"}

    answer = ana.post("/moves-to-do/new", **form)

    assert answer.status_code == 422
    assert 'value="CUP"' in answer.text


def test_the_page_says_why_the_units_go_there(database, ana, asked):
    for verb in (actions.claim, actions.lift):
        done(
            database,
            lambda s, verb=verb: verb(s, move_task_id=asked, by=1, at=NOON) and None,
        )

    page = ana.get(f"/moves-to-do/{asked}").text

    assert "the nearest free bin" in page
    assert "A-02" in page


def test_pickers_see_moves_and_do_not_cancel_them(app, house, asked):
    pia = as_role(app, house, Role.PICKER)

    assert pia.get("/moves-to-do").status_code == 200
    assert pia.post(f"/moves-to-do/{asked}/cancel").status_code == 403
