"""Fulfillment orders as machines see them."""

import pytest

from tests import visitors
from tests.kit import a_bin, a_channel, a_place, an_item, an_order, shelve
from tests.wms.orders.fos import one_of_two_short, parts
from wms.bins.places import Kind
from wms.people.policy import Role


@pytest.fixture
def database(lite_house):
    return lite_house.database


@pytest.fixture
def machine(lite_house):
    return visitors.a_machine(visitors.open_app(lite_house), lite_house, Role.MACHINE)


def test_a_fulfillment_order_tells_its_lines_promises_and_why(machine, database, mug):
    order = an_order(database, (mug, 3), number="A-1")

    answer = machine.get("/api/v1/fulfillment_orders/1")

    told = answer.get_json()
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert (told["number"], told["state"], told["order_id"]) == ("A-1-1", "allocated", order)
    [line] = told["lines"]
    assert (line["sku"], line["ordered"], line["allocated"]) == ("MUG", 3, 3)
    [promise] = told["promises"]
    assert (promise["location"], promise["quantity"]) == ("A-01", 3)
    assert {one["rule"] for one in told["decisions"]} == {"orders.ship_by", "stock.allocate"}


def test_fulfillment_orders_are_listed_by_what_is_asked(machine, database, here, mug):
    cup = an_item(database, "CUP")
    shelve(database, cup, a_bin(database, here, "B-01"), 1)
    order = an_order(database, (cup, 3), number="A-1")
    an_order(database, (mug, 1))

    def numbers(asked):
        found = machine.get(f"/api/v1/fulfillment_orders?{asked}").get_json()["data"]
        return [one["number"] for one in found]

    assert numbers(f"order_id={order}") == ["A-1-2", "A-1-1"]
    assert numbers("state=backordered") == ["A-1-2"]
    assert numbers("number=A-1-1") == ["A-1-1"]
    assert numbers(f"warehouse_id={here + 1}") == []


def test_what_waits_for_its_last_units_is_let_go_without_them(machine, database, here, mug):
    cup = an_item(database, "CUP")
    shelve(database, cup, a_bin(database, here, "B-01"), 2)
    slow = a_channel(database, "SLOW", ships_partly=False)
    bench = a_place(database, here, "BENCH-1", Kind.BENCH)
    order = an_order(database, (mug, 1), (cup, 2), channel_id=slow)
    fo, state = one_of_two_short(database, order, bench)

    answer = machine.post(f"/api/v1/fulfillment_orders/{fo}/ship_partial")

    assert state == "awaiting_stock"
    assert (answer.status_code, answer.get_json()["state"]) == (200, "picked")
    assert parts(database, order) == ["picked", "backordered"]


def test_what_does_not_wait_is_not_let_go(machine, database, mug):
    an_order(database, (mug, 3))

    answer = machine.post("/api/v1/fulfillment_orders/1/ship_partial")

    assert (answer.status_code, answer.get_json()["code"]) == (409, "kernel.not_now")


def test_one_that_is_not_there_is_not_found(machine):
    assert machine.get("/api/v1/fulfillment_orders/9").status_code == 404
