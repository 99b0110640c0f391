"""The wave board, the page of a wave, and building one: proposed, released, taken back, cancelled by their buttons."""

import re
from datetime import timedelta

import pytest

from tests.kit import NOON
from tests.visitors import a_person, as_role, done
from tests.wms.waves import making
from tests.wms.waves.making import a_hold, an_order
from wms.people.policy import Role
from wms.picking.tables import PickRun
from wms.waves.tables import Wave

LANE = re.compile(r'<section class="lane" aria-label="([^"]+)">.*?<span>(\d+)</span>', re.DOTALL)


@pytest.fixture
def database(lite_house):
    lite_house.clock.moment = NOON
    return lite_house.database


@pytest.fixture
def boss(app, lite_house, database):
    return as_role(app, lite_house, Role.SUPERVISOR)


@pytest.fixture
def here(database, boss):
    return making.a_floor(database)


def lanes(answer):
    """How many waves stand in each column."""
    return {name: int(count) for name, count in LANE.findall(answer.text)}


def press(visitor, path, **fields):
    """Press a button and look where it leads."""
    answer = visitor.post(path, **fields)
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.location)


def state_of(database, wave_id=1):
    with database.read() as session:
        return session.get_one(Wave, wave_id).state


def test_a_house_without_a_warehouse_says_what_to_do(boss):
    board = boss.get("/waves")

    assert "No warehouse yet." in board.text
    assert "No warehouse yet." in boss.get("/waves/new").text


def test_an_empty_board_says_so(boss, here):
    board = boss.get("/waves")

    assert lanes(board) == dict.fromkeys(["Draft", "Released", "Picking", "Picked", "Closed"], 0)
    assert "No order waits for a wave." in board.text
    assert "Propose a wave" not in board.text


def test_one_button_proposes_what_must_ship_next(boss, database, here):
    an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    an_order(database, ("ITEM-11", 2), ship_by=making.EVENING + timedelta(days=1))
    assert "2 orders wait for a wave." in boss.get("/waves").text

    page = press(boss, "/waves/next", warehouse_id=here)

    assert "Wave 0001" in page.text
    assert "1 order, 2 lines, 5 units, UPS, must ship by" in page.text
    assert lanes(boss.get("/waves"))["Draft"] == 1


def test_the_board_shows_what_the_next_wave_could_be(boss, database, here):
    an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    an_order(database, ("ITEM-12", 9), state="backordered")

    board = boss.get("/waves").text

    assert "The next wave could be" in board
    assert "trip 1 of 1: cluster, 2 stops" in board
    assert "9 × ITEM-12" in board


def test_a_wave_is_built_from_filters(boss, database, here):
    an_order(database, ("ITEM-11", 2), carrier="FedEx")
    an_order(database, ("ITEM-11", 2))

    form = boss.get("/waves/new?carrier=FedEx").text
    assert "Propose 1 order" in form
    assert "10001-1" in form
    assert "10002-1" not in form.split("What it would be")[1]
    page = press(boss, "/waves", warehouse_id=here, carrier="FedEx")

    assert "1 order, 1 line, 2 units, FedEx" in page.text


def test_filters_that_nothing_meets_say_what_to_do(boss, here):
    page = boss.get("/waves/new?size=large")

    assert "No order waits that fits." in page.text
    refused = boss.post("/waves", warehouse_id=here, size="large")
    assert refused.status_code == 409
    assert "No order waits that fits. Widen the filters" in refused.text


def test_what_cannot_be_read_is_told_by_its_field(boss, here):
    page = boss.get("/waves/new?ship_by=tomorrow&size=huge").text

    assert "This is no day and time." in page
    assert "Choose one of those in the list." in page


def test_a_wave_is_released_and_taken_back_and_cancelled(boss, database, here):
    an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    press(boss, "/waves/next", warehouse_id=here)

    out = press(boss, "/waves/1/release")
    assert state_of(database) == "released"
    assert "0 of 2 picks done, 0 of 5 units" in out.text
    assert "gets its trips on the tablet with Get work" in out.text
    assert "waits for a picker" in boss.get("/waves").text
    back = press(boss, "/waves/1/unrelease")
    assert "Release" in back.text
    assert "with Get work" not in back.text
    board = press(boss, "/waves/1/cancel")

    assert state_of(database) == "cancelled"
    assert "1 order waits for a wave." in board.text


def test_a_wave_that_somebody_saw_an_older_version_of_is_not_cancelled(boss, database, here):
    an_order(database, ("ITEM-11", 2))
    press(boss, "/waves/next", warehouse_id=here)
    press(boss, "/waves/1/plan")

    refused = boss.post("/waves/1/cancel", _version=1)

    assert refused.status_code == 412
    assert state_of(database) == "planned"


def test_an_order_that_was_stopped_leaves_the_wave_and_the_page_says_so(boss, database, here):
    an_order(database, ("ITEM-11", 2))
    stopped = an_order(database, ("ITEM-12", 2))
    press(boss, "/waves/next", warehouse_id=here)
    a_hold(database, stopped)

    page = press(boss, "/waves/1/release")

    assert "left the wave" in page.text
    assert "1 order, 1 line, 2 units" in page.text


def test_an_order_is_left_out_by_its_button(boss, database, here):
    an_order(database, ("ITEM-11", 2))
    waits = an_order(database, ("ITEM-12", 2))
    press(boss, "/waves/next", warehouse_id=here)

    page = press(boss, f"/waves/1/orders/{waits}/leave_out")

    assert "1 order, 1 line, 2 units" in page.text
    assert "1 order waits for a wave." in boss.get("/waves").text


def test_the_board_says_who_picks_and_that_it_will_be_late(boss, lite_house, database, here):
    an_order(database, ("ITEM-11", 20), ("ITEM-22", 30), ship_by=NOON + timedelta(minutes=1))
    press(boss, "/waves/next", warehouse_id=here)
    press(boss, "/waves/1/release")
    mia = a_person(lite_house, Role.PICKER, name="Mia K.")

    def claim(session):
        run = session.query(PickRun).one()
        run.worker_id = mia
        session.get_one(Wave, 1).state = "picking"

    done(lite_house, claim)
    board = boss.get("/waves")

    assert lanes(board)["Picking"] == 1
    assert "Mia K." in board.text
    assert "min late" in board.text
    assert "1 finishes after its truck." in board.text


def test_the_walk_of_any_trip_can_be_looked_at(boss, database, here):
    an_order(database, ("ITEM-11", 4_280))
    an_order(database, ("ITEM-22", 2))
    press(boss, "/waves/next", warehouse_id=here)

    assert "trip 1 of 2: cluster, 1 stop," in boss.get("/waves/1").text
    assert "fills a cart alone, 1 aisle" in boss.get("/waves/1").text
    for said in ("2", "99"):
        assert "trip 2 of 2" in boss.get(f"/waves/1?run={said}").text
    assert "trip 1 of 2" in boss.get("/waves/1?run=x").text


def test_pickers_look_at_waves_and_change_none(app, lite_house, database, here):
    an_order(database, ("ITEM-11", 2))
    picker = as_role(app, lite_house, Role.PICKER)

    board = picker.get("/waves")

    assert board.status_code == 200
    assert "Propose a wave" not in board.text
    assert picker.get("/waves/new").status_code == 403
    assert picker.post("/waves/next", warehouse_id=here).status_code == 403


def test_an_unknown_wave_is_told(boss):
    answer = boss.get("/waves/7")

    assert answer.status_code == 404
    assert "There is no wave 7." in answer.text
