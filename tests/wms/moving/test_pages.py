"""Moves to do, in the browser."""

import pytest
from sqlalchemy import select

from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, done, held, shelve
from tests.visitors import as_role, open_app
from wms.moving import actions
from wms.moving.tables import MoveTask
from wms.people.policy import Role
from wms.people.tables import User
from wms.stock.moves import StockStatus


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


@pytest.fixture
def aside(database, asked):
    """Three mugs in quarantine, that somebody is asked to carry away. Returns their place and item."""
    with database.read() as session:
        task = session.get_one(MoveTask, asked)
        place, mug = task.source_id, task.item_id
    shelve(database, mug, place, 3, status_to=StockStatus.QUARANTINE)
    wish = {"kind": "relocate", "why": "problem", "source_id": place, "item_id": mug}
    done(
        database,
        lambda s: actions.ask(
            s, **wish, status=StockStatus.QUARANTINE, quantity=3, by=TESTER, at=NOON
        ),
    )
    return {"location": place, "item": mug, "lot": 0, "serial": 0, "status": "quarantine"}


def test_a_lead_lets_what_is_set_aside_be_sold_again_and_scraps_the_rest(ana, database, aside):
    listed = ana.get("/set-aside").text

    sold = ana.post("/set-aside/release", **aside, quantity="2", reason="like new after all")
    gone = ana.post("/set-aside/scrap", **aside, quantity="1", reason="torn")

    assert "In quarantine" in listed
    assert (sold.status_code, gone.status_code) == (303, 303)
    assert held(database, aside["location"], aside["item"]) == 7
    assert held(database, aside["location"], aside["item"], "quarantine") == 0
    assert "Nothing is set aside." in ana.get("/set-aside").text
    with database.read() as session:
        waiting = session.scalars(select(MoveTask.status).where(MoveTask.state == "queued")).all()
    assert waiting == ["available"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"quantity": "9", "reason": "torn"}, "3"),
        ({"quantity": "1", "reason": " "}, "Reason"),
        ({"quantity": "0", "reason": "torn"}, "quantity"),
        ({"quantity": "1", "reason": "torn", "status": "nice"}, "status"),
    ],
)
def test_a_decision_that_cannot_be_comes_back_and_changes_nothing(
    ana, database, aside, typed, told
):
    answer = ana.post("/set-aside/scrap", **aside | typed)

    assert answer.status_code in {409, 422}, told
    assert held(database, aside["location"], aside["item"], "quarantine") == 3


def test_a_picker_sees_what_is_set_aside_and_decides_nothing(app, house, aside):
    picker = as_role(app, house, Role.PICKER)

    assert "Sell again" not in picker.get("/set-aside").text
    assert picker.post("/set-aside/scrap", **aside, quantity="1", reason="x").status_code == 403
