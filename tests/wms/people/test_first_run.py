"""A house begins with nobody in it: there are no default accounts, and the printed token opens it once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests import visitors
from tests.visitors import PASSWORD, QUICK, a_browser, a_person
from wms.kernel.refusal import Refusal
from wms.people.first_run import first_run_token, set_up
from wms.people.policy import Role
from wms.people.tables import FirstRun, User


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


def become(browser, token, **more):
    fields = {"token": token, "name": "Ana", "login": "ana", "password": PASSWORD} | more
    browser.get("/first-run")
    return browser.post("/first-run", **fields)


def test_nobody_is_there_before_the_first_admin(house):
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0


def test_every_page_leads_to_the_first_admin(app):
    browser = a_browser(app)

    assert browser.get("/people").headers["Location"].startswith("/sign-in")
    assert browser.get("/sign-in").headers["Location"] == "/first-run"


def test_the_printed_token_makes_an_admin_who_is_signed_in(app, lite_house):
    browser = a_browser(app)

    assert become(browser, first_run_token(lite_house)).status_code == 303

    assert browser.get("/people/1").status_code == 200
    assert "Ana" in browser.get("/people").text


def test_the_token_works_once(app, lite_house):
    token = first_run_token(lite_house)
    become(a_browser(app), token)

    second = a_browser(app)
    second.get("/enrol")
    answer = second.post("/first-run", token=token, name="Eve", login="eve", password=PASSWORD)

    assert answer.status_code == 409
    assert second.cookie() is None
    assert first_run_token(lite_house) is None


def test_only_its_fingerprint_is_kept(app, lite_house):
    token = first_run_token(lite_house)

    with lite_house.database.read() as session:
        kept = session.scalars(select(FirstRun.token_hash)).one()
    assert token not in kept
    assert len(token) >= 43


def test_a_new_start_prints_a_new_token_and_the_old_is_void(app, lite_house):
    old, new = first_run_token(lite_house), first_run_token(lite_house)

    assert become(a_browser(app), old).status_code == 422
    assert become(a_browser(app), new).status_code == 303


@pytest.mark.parametrize("token", ["", "guess", " ", "\N{PILE OF POO}"])
def test_another_token_makes_nobody(app, lite_house, token):
    first_run_token(lite_house)
    browser = a_browser(app)

    assert become(browser, token).status_code == 422
    assert browser.cookie() is None


def test_an_easy_password_makes_nobody(app, lite_house):
    answer = become(a_browser(app), first_run_token(lite_house), password="short")

    assert answer.status_code == 422
    assert "at least 10 signs" in answer.text


def test_two_who_send_the_same_token_at_once_make_one_admin(house):
    token = first_run_token(house)

    def hurry(name):
        try:
            return set_up(house, QUICK, token=token, name=name, login=name, password=PASSWORD)
        except Refusal:
            return None

    with ThreadPoolExecutor(4) as many:
        made = [one for one in many.map(hurry, ["a", "b", "c", "d"]) if one]

    assert len(made) == 1
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1


def test_people_without_an_admin_do_not_close_the_first_door(app, lite_house):
    a_person(lite_house, Role.PICKER)

    assert first_run_token(lite_house) is not None
