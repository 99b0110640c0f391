"""Returns over HTTP, for machines and for the office."""

import pytest

from tests.kit import NOON
from tests.visitors import a_machine, as_role, open_app
from tests.wms.returns.sending import House, announced, begun, line_ids, one, sent, taken
from wms.people.policy import Role


@pytest.fixture
def lite(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def app(lite):
    return open_app(lite)


@pytest.fixture
def database(lite):
    return lite.database


@pytest.fixture
def house(database):
    return House(database)


@pytest.fixture
def order(database, house):
    """Two mugs and a bowl left the house."""
    return sent(database, house, (house.items["MUG"], 2), (house.items["BOWL"], 1), number="10388")


@pytest.fixture
def machine(app, lite, order):
    return a_machine(app, lite, Role.MACHINE)


@pytest.fixture
def ana(app, lite, order):
    return as_role(app, lite, Role.SUPERVISOR)


@pytest.fixture
def pia(app, lite, order):
    return as_role(app, lite, Role.PICKER)


def ask(machine, order, line, quantity=1, **more):
    body = {"order_id": order, "lines": [{"order_line_id": line, "quantity": quantity}], **more}
    return machine.post("/api/v1/returns", body)


def test_a_return_is_announced_read_listed_and_called_off(machine, database, order):
    mug, _ = line_ids(database, order)

    made = ask(machine, order, mug, 2, reason="Too small")
    where = made.headers["Location"]
    listed = machine.get("/api/v1/returns?open_only=true").json["data"]
    over = machine.post(f"{where}/cancel", {"reason": "Kept it"})

    assert made.status_code == 201
    assert (made.json["state"], made.json["reason"], made.json["lines"][0]["advised"]) == (
        "announced",
        "Too small",
        2,
    )
    assert machine.get(where).json["number"] == made.json["number"]
    assert [row["id"] for row in listed] == [made.json["id"]]
    assert (over.status_code, over.json["state"]) == (200, "cancelled")


def test_more_than_left_is_refused_by_line(machine, database, order):
    mug, _ = line_ids(database, order)

    no = ask(machine, order, mug, 3)

    assert no.status_code == 422
    assert [(one["where"], one["code"]) for one in no.json["errors"]] == [
        ("lines.0.quantity", "returns.left_of_line")
    ]


def test_an_order_nobody_knows_and_a_return_nobody_knows_are_not_found(machine, database, order):
    assert ask(machine, 999, 1).status_code == 404
    assert machine.get("/api/v1/returns/999").status_code == 404


def test_a_stale_reader_is_told(machine, database, order):
    mug, _ = line_ids(database, order)
    where = ask(machine, order, mug).headers["Location"]

    no = machine.post(f"{where}/cancel", {}, headers={"If-Match": '"77"'})

    assert no.status_code == 412


def test_blind_returns_are_listed_apart(machine, database, house, order):
    announced(database, order, 1, 0)
    blind = begun(database, house, None)

    rows = machine.get("/api/v1/returns?blind=true").json["data"]

    assert [row["id"] for row in rows] == [blind]


def test_the_office_announces_a_return_and_sees_it(ana, database, order):
    mug, bowl = line_ids(database, order)

    found = ana.get("/returns/new?order=10388").text
    made = ana.post(
        "/returns/new",
        order="10388",
        reason="Too small",
        **{f"line_{mug}": "1", f"line_{bowl}": ""},
    )
    page = ana.get(made.headers["Location"]).text

    assert "MUG" in found
    assert "BOWL" in found
    assert made.status_code == 303
    assert "Too small" in page
    assert one(database, 1).order_id == order


def test_the_form_comes_back_with_what_is_wrong_beside_its_field(ana, database, order):
    mug, _ = line_ids(database, order)

    many = ana.post("/returns/new", order="10388", **{f"line_{mug}": "3"})
    none = ana.post("/returns/new", order="10388")
    unknown = ana.get("/returns/new?order=4711")

    assert (many.status_code, none.status_code, unknown.status_code) == (422, 422, 422)
    assert "Only 2 of this line can still come back, not 3." in many.text
    assert "at least one unit" in none.text
    assert "No order has the number 4711" in unknown.text


def test_an_order_that_is_all_back_is_told(ana, database, house, order):
    announced(database, order, 2, 1)

    assert "Nothing of order 10388 can come back" in ana.get("/returns/new?order=10388").text


def test_a_return_that_is_called_off_and_one_that_is_here(ana, database, house, order):
    back = announced(database, order, 1, 0)
    blind = begun(database, house, None, parcel_code="1Z999")
    taken(database, house, blind, house.items["MUG"])

    over = ana.post(f"/returns/{back}/cancel", reason="Kept", _version="1")
    page = ana.get(f"/returns/{blind}").text

    assert over.status_code == 303
    assert one(database, back).state == "cancelled"
    assert "1Z999" in page
    assert "Nobody knows whose parcel this is" in page


def test_a_parcel_that_nobody_knew_is_matched_with_an_order(ana, database, house, order):
    blind = begun(database, house, None, parcel_code="1Z999")
    taken(database, house, blind, house.items["MUG"])

    found = ana.get(f"/returns/{blind}?order=10388").text
    none = ana.get(f"/returns/{blind}?order=nobody").text
    done = ana.post(
        f"/returns/{blind}/match",
        order_id=str(order),
        _version=str(one(database, blind).version),
    )
    page = ana.get(f"/returns/{blind}").text

    assert "3 units can still come back" in found
    assert "It is this one" in found
    assert "No order fits" in none
    assert done.status_code == 303
    assert one(database, blind).order_id == order
    assert "Nobody knows whose parcel this is" not in page


def test_the_list_shows_what_is_open_and_finds_by_number(ana, database, house, order):
    back = announced(database, order, 1, 0)
    number = one(database, back).number

    assert number in ana.get("/returns").text
    assert number in ana.get(f"/returns?number={number}").text
    assert number not in ana.get("/returns?blind=1").text
    assert "No return fits" in ana.get("/returns?number=R-999999").text
    assert 'aria-current="page">Open <span class="n">1</span>' in ana.get("/returns").text
    assert 'Nobody knows whose <span class="n">0</span>' in ana.get("/returns").text


def test_a_picker_may_look_but_not_announce(pia, database, house, order):
    announced(database, order, 1, 0)

    assert pia.get("/returns/1").status_code == 200
    assert pia.get("/returns/new").status_code == 403
    assert pia.post("/returns/1/cancel").status_code == 403
