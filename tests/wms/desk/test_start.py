"""The start page: an empty house says what to do next, a running one what waits for somebody."""

import re

import pytest

from tests.kit import a_bin, a_warehouse, an_item, shelve
from tests.visitors import a_badge, a_person, a_tablet, as_role, done
from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.catalog import actions as catalog
from wms.kernel.tables import Delivery, StoredEvent
from wms.people.policy import Role
from wms.stock import seals

STEP = re.compile(r'<li class="(done|next|)"><span class="no">.*?<b>([^<]+)</b>', re.DOTALL)


def steps(answer):
    return {title: state for state, title in STEP.findall(answer.text)}


def test_an_empty_house_welcomes_its_first_admin_with_the_first_step(lead):
    answer = lead.get("/")

    assert "Welcome. Let us set up your warehouse." in answer.text
    assert steps(answer) == {
        "Warehouse": "next",
        "Bins": "",
        "Items": "",
        "Opening stock": "",
        "People and badges": "",
        "A tablet": "",
    }
    assert 'href="/warehouses">Open one</a>' in answer.text


def test_each_step_is_checked_off_from_what_is_there(lead, app, lite_house):
    database = lite_house.database
    warehouse = a_warehouse(database)
    assert list(steps(lead.get("/")).values()) == ["done", "next", "", "", "", ""]

    place = a_bin(database, warehouse)
    assert list(steps(lead.get("/")).values()) == ["done", "done", "next", "", "", ""]

    item = an_item(database)
    assert list(steps(lead.get("/")).values()) == ["done", "done", "done", "next", "", ""]

    shelve(database, item, place, 6)
    assert list(steps(lead.get("/")).values()) == ["done"] * 4 + ["next", ""]

    a_badge(lite_house, a_person(lite_house))
    assert list(steps(lead.get("/")).values()) == ["done"] * 5 + ["next"]

    a_tablet(app, lite_house)
    assert steps(lead.get("/")) == {}


def test_steps_may_be_taken_in_any_order(lead, lite_house):
    an_item(lite_house.database)

    found = steps(lead.get("/"))

    assert (found["Warehouse"], found["Items"]) == ("next", "done")


def test_items_without_a_barcode_and_people_without_a_badge_are_counted(lead, lite_house):
    item = an_item(lite_house.database, "MUG")
    an_item(lite_house.database, "TEA")
    done(
        lite_house,
        lambda session: (
            catalog.add_barcode(
                session, item_id=item, code="2000000000015", by=1, at=lite_house.clock.now()
            ).id
        ),
    )
    a_person(lite_house)

    text = lead.get("/").text

    assert "2 items. 1 has no barcode yet." in text
    assert 'href="/items?view=bare">Fix 1</a>' in text
    assert "2 people. 2 have no badge yet." in text


def test_a_supervisor_sees_which_steps_an_admin_takes(app, lite_house):
    text = as_role(app, lite_house, Role.SUPERVISOR).get("/").text

    assert "An admin does this." in text
    assert "Show a code" not in text


def running(app, house):
    place = a_bin(house.database, a_warehouse(house.database), capacity_units=20)
    item = an_item(house.database, "MUG", name="Blue mug")
    shelve(house.database, item, place, 1_234)
    a_badge(house, a_person(house))
    a_tablet(app, house)
    return place, item


def test_a_running_house_shows_its_figures_and_last_moves(lead, app, lite_house):
    running(app, lite_house)

    text = lead.get("/").text

    assert "Your warehouse is running." in text
    assert "Nothing waits for you." in text
    assert ">1,234</dd>" in text
    assert "Blue mug" in text


def test_a_case_waits_with_its_thing_and_can_be_settled(lead, app, lite_house):
    running(app, lite_house)
    opened = done(
        lite_house,
        lambda session: (
            cases.open_case(
                session,
                kind="help",
                subject="device",
                subject_id=1,
                sentence="cases.help",
                values={},
                by=0,
                at=lite_house.clock.now(),
            ).id
        ),
    )

    text = lead.get("/").text
    assert 'href="/devices/1">Tablet T-07</a>' in text
    assert "Somebody at this device asks for help. Go there." in text

    answer = lead.post(f"/cases/{opened}/close", outcome="Charged the battery.")

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Nothing waits for you." in lead.get("/").text
    with lite_house.database.read() as session:
        assert session.get(ExceptionCase, opened).outcome == "Charged the battery."


@pytest.mark.parametrize(("thing", "page"), [("shipment", "/shipments/7"), ("order", "/orders/7")])
def test_a_case_leads_to_the_page_of_its_thing(lead, lite_house, thing, page):
    done(
        lite_house,
        lambda session: (
            cases.open_case(
                session,
                kind="help",
                subject=thing,
                subject_id=7,
                sentence="cases.help",
                values={},
                by=0,
                at=lite_house.clock.now(),
            ).id
        ),
    )

    assert f'href="{page}"' in lead.get("/").text


def test_more_cases_than_fit_are_counted(lead, lite_house):
    for number in range(1, 8):
        done(
            lite_house,
            lambda session, number=number: (
                cases.open_case(
                    session,
                    kind="help",
                    subject="order",
                    subject_id=number,
                    sentence="cases.help",
                    values={},
                    by=0,
                    at=lite_house.clock.now(),
                ).id
            ),
        )

    assert "and 2 more" in lead.get("/").text


@pytest.fixture
def dead(lite_house):
    at = lite_house.clock.now()

    def do(session):
        about = session.query(StoredEvent).first()
        session.add(
            Delivery(
                event_id=about.id,
                reaction="print a label",
                subject=about.subject,
                subject_id=about.subject_id,
                tries=10,
                due_at=at,
                lease_until=at,
                dead_at=at,
                trouble="the printer is on fire",
            )
        )

    a_warehouse(lite_house.database)
    done(lite_house, do)
    return 1


def test_a_dead_delivery_is_shown_and_tried_again(lead, lite_house, dead):
    assert "the printer is on fire" in lead.get("/").text

    lead.post(f"/house/deliveries/{dead}/replay")

    assert "the printer is on fire" not in lead.get("/").text
    with lite_house.database.read() as session:
        kept = session.get(Delivery, dead)
        assert (kept.dead_at, kept.tries, kept.done_at) == (None, 0, None)


def test_a_dead_delivery_is_settled_by_hand_with_a_reason(lead, lite_house, dead):
    lead.get("/")

    lead.post(f"/house/deliveries/{dead}/dismiss", reason="Printed by hand.")

    with lite_house.database.read() as session:
        assert session.get(Delivery, dead).done_at is not None
    assert "print a label" not in lead.get("/").text


def test_the_ledgers_head_is_told(lead, app, lite_house):
    running(app, lite_house)
    done(lite_house, lambda session: seals.seal(session, 0, lite_house.clock.now()) and None)

    text = lead.get("/").text
    with lite_house.database.read() as session:
        head = seals.head(session)
    assert "<dt>Sealed</dt><dd>1 move</dd>" in text
    assert f'title="{head.hash}"' in text


def test_a_picker_sees_figures_and_nothing_that_is_not_theirs(picker, app, lite_house):
    running(app, lite_house)

    text = picker.get("/").text

    assert "Scan something, or look for it above." in text
    assert "units on hand" in text
    assert "Waits for you" not in text
    assert steps(picker.get("/")) == {}


def test_a_picker_in_an_empty_house_is_told_to_wait(picker):
    text = picker.get("/").text

    assert "This warehouse is being set up." in text
    assert "is running" not in text


@pytest.mark.parametrize(
    "path", ["/cases/1/close", "/house/deliveries/1/replay", "/house/deliveries/1/dismiss"]
)
def test_a_picker_settles_nothing(picker, path):
    assert picker.post(path, outcome="x", reason="x").status_code == 403
