"""The review queue and the exceptions: what waits for a person, and what a person does about it."""

import pytest

from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, an_order, done, shelve
from tests.visitors import a_person, as_role, open_app
from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.orders.drafts import Payment
from wms.orders.tables import Order
from wms.people.policy import Role


@pytest.fixture
def mug(house):
    item_id = an_item(house.database, "MUG-1", name="White mug")
    shelve(house.database, item_id, a_bin(house.database, a_warehouse(house.database), "A-01"), 10)
    return item_id


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def lead(app, house):
    return as_role(app, house, Role.SUPERVISOR)


def a_case(house, item_id: int) -> int:
    return done(
        house.database,
        lambda session: (
            cases.open_case(
                session,
                kind="count",
                subject="item",
                subject_id=item_id,
                sentence="kernel.not_found",
                values={},
                by=TESTER,
                at=NOON,
            ).id
        ),
    )


def state(house, order_id: int) -> str:
    with house.database.read() as session:
        return session.get(Order, order_id).state


def case(house, case_id: int) -> tuple[str, int | None, str | None]:
    with house.database.read() as session:
        found = session.get(ExceptionCase, case_id)
        return found.state, found.assigned_to, found.outcome


def test_an_empty_queue_says_so(house, lead):
    assert "No order waits for a decision." in lead.get("/review").text


def test_the_queue_tells_why_each_order_waits_the_longest_first(house, mug, lead):
    an_order(house.database, (mug, 1), number="risky", risk="high")
    an_order(house.database, (mug, 1), number="unpaid", payment=Payment.UNPAID)

    page = lead.get("/review").text
    one = lead.get("/review?kind=payment").text

    assert page.index(">risky<") < page.index(">unpaid<")
    assert "The shop says the risk is high." in page
    assert "No money has come yet." in page
    assert ">risky<" not in one
    assert lead.get("/review?kind=nothing-like-it").status_code == 200


def test_a_hold_is_lifted_from_the_queue_and_the_order_goes_on(house, mug, lead):
    number = an_order(house.database, (mug, 1), risk="high")

    answer = lead.post("/holds/1/lift", reason="Called the customer", _key="one")

    assert answer.status_code == 303
    assert state(house, number) == "accepted"
    assert "No order waits for a decision." in lead.get("/review").text


def test_an_order_is_given_up_from_the_queue(house, mug, lead):
    number = an_order(house.database, (mug, 1), risk="high")

    lead.post("/holds/1/overturn", reason="A stolen card", _key="one")

    assert state(house, number) == "cancelled"


def test_a_picker_sees_the_queue_and_no_button(app, house, mug):
    an_order(house.database, (mug, 1), number="risky", risk="high")

    page = as_role(app, house, Role.PICKER).get("/review").text

    assert ">risky<" in page
    assert "/holds/1/lift" not in page


def test_an_exception_is_taken_given_back_and_settled(house, app, mug, lead):
    number = a_case(house, mug)
    somebody = a_person(house, Role.SUPERVISOR, name="Ana")

    lead.post(f"/exceptions/{number}/assign", user_id=str(somebody), _key="one")
    taken = lead.get("/exceptions").text
    assert case(house, number)[:2] == ("assigned", somebody)
    lead.post(f"/exceptions/{number}/release", _key="two")
    assert case(house, number)[:2] == ("open", None)
    lead.post(f"/exceptions/{number}/close", outcome="Found behind the shelf", _key="three")

    assert "Ana" in taken
    assert "White mug" in taken or "MUG-1" in taken
    assert case(house, number)[2] == "Found behind the shelf"
    assert "Nothing is out of place." in lead.get("/exceptions").text


def test_my_exceptions_are_those_that_i_took(house, mug, lead):
    a_case(house, mug)

    page = lead.get("/exceptions?view=mine").text

    assert "Nothing waits for you here." in page
    assert 'All <span class="n">1</span>' in page
    assert 'Mine <span class="n">0</span>' in page


def test_exceptions_are_for_leads(app, house):
    assert as_role(app, house, Role.PICKER).get("/exceptions").status_code == 403
