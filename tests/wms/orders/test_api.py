"""Orders as machines see them."""

import pytest

from tests import visitors
from tests.kit import an_order
from wms.people.policy import SCOPES, Role

HERE = {
    "name": "Ada Byron",
    "email": "ada@example.com",
    "street1": "12 Mill Street",
    "city": "Dayton",
    "zip": "45402",
    "province": "OH",
    "country": "US",
}


@pytest.fixture
def database(lite_house):
    return lite_house.database


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


@pytest.fixture
def machine(app, lite_house):
    return visitors.a_machine(app, lite_house, Role.MACHINE)


def an_order_told(shop, **more):
    return {
        "channel_id": shop,
        "source_id": "gid-1001",
        "number": "#1001",
        "placed_at": "2026-01-05T10:00:00+01:00",
        "ship_to": HERE,
        "currency": "EUR",
        "total": "12.50",
        "lines": [{"item": "MUG", "quantity": 2, "price": "6.25"}],
        **more,
    }


def bring_in(machine, shop, **more):
    answer = machine.post("/api/v1/orders", an_order_told(shop, **more))
    assert answer.status_code == 201, answer.text
    return answer


def faults(answer):
    return [(fault["where"], fault["code"]) for fault in answer.get_json()["errors"]]


def test_an_order_comes_in_and_is_read_back(machine, shop, mug):
    answer = bring_in(machine, shop)

    order = answer.get_json()
    assert answer.headers["Location"] == f"/api/v1/orders/{order['id']}"
    read = machine.get(answer.headers["Location"])
    assert (read.get_json(), read.headers["ETag"]) == (order, answer.headers["ETag"])
    assert (order["state"], order["payment"], order["total"], order["currency"]) == (
        "accepted",
        "paid",
        "12.50",
        "EUR",
    )
    assert order["placed_at"] == "2026-01-05T09:00:00Z"
    assert order["ship_to"]["city"] == "Dayton"
    assert [(one["line"], one["sku"], one["quantity"], one["price"]) for one in order["lines"]] == [
        (1, "MUG", 2, "6.25")
    ]


def test_the_same_order_told_again_is_answered_as_it_stands(machine, shop, mug):
    first = bring_in(machine, shop).get_json()

    again = machine.post("/api/v1/orders", an_order_told(shop, total="99.00"))

    assert (again.status_code, again.get_json()) == (200, first)


def test_the_same_key_gets_the_same_answer(machine, shop, mug):
    key = {"Idempotency-Key": "k-1"}

    first = machine.post("/api/v1/orders", an_order_told(shop), headers=key)
    again = machine.post("/api/v1/orders", an_order_told(shop), headers=key)

    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"lines": [{"item": "NOBODY", "quantity": 1}]}, "lines.0.item"),
        ({"lines": [{"item_id": 99, "quantity": 1}]}, "lines.0.item_id"),
        ({"total": "1.234"}, "total"),
        ({"currency": "JPY"}, "lines.0.price"),
        ({"channel_id": 99}, "channel_id"),
        ({"placed_at": "0001-01-01T00:00:00Z"}, "placed_at"),
    ],
)
def test_what_cannot_come_in_is_told_by_its_field(machine, shop, mug, change, where):
    answer = machine.post("/api/v1/orders", an_order_told(shop, **change))

    assert (answer.status_code, [said for said, _ in faults(answer)]) == (422, [where])


def test_lists_are_read_a_page_at_a_time_newest_first(machine, database, shop, mug):
    orders = [an_order(database, (mug, 1)) for _ in range(3)]

    first = machine.get("/api/v1/orders?limit=2").get_json()
    rest = machine.get(f"/api/v1/orders?limit=2&cursor={first['next_cursor']}").get_json()

    told = [order["id"] for order in [*first["data"], *rest["data"]]]
    assert (told, rest["next_cursor"]) == (orders[::-1], None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=%23100", [1]),
        ("q=ada", [2, 1]),
        ("q=ADA@example.com", [2, 1]),
        ("q=BOWL", [2]),
        ("q=nobody", []),
        ("number=%231001", [1]),
        ("state=received", [2]),
        ("payment=unpaid", [1]),
        ("held=fraud", [2]),
        ("is_held=true", [2, 1]),
        ("is_held=false", []),
        ("item=BOWL", [2]),
        ("source_id=S-2", [2]),
    ],
)
def test_lists_can_be_narrowed(machine, database, shop, mug, bowl, asked, found):
    an_order(database, (mug, 1), number="#1001", payment="unpaid")
    an_order(database, (bowl, 1), number="2002", source_id="S-2", risk="high")

    answer = machine.get(f"/api/v1/orders?{asked}")

    assert [order["id"] for order in answer.get_json()["data"]] == found


def test_an_order_is_cancelled_with_a_reason(machine, shop, mug):
    order = bring_in(machine, shop).get_json()

    bare = machine.post(f"/api/v1/orders/{order['id']}/cancel", {})
    done = machine.post(f"/api/v1/orders/{order['id']}/cancel", {"reason": "Ordered twice"})
    again = machine.post(f"/api/v1/orders/{order['id']}/cancel", {"reason": "Ordered twice"})

    assert (bare.status_code, done.status_code, again.status_code) == (422, 200, 409)
    assert done.get_json()["state"] == "cancelled"
    assert again.get_json()["code"] == "orders.over"


def test_a_line_is_cancelled_in_part_or_whole(machine, shop, mug, bowl):
    lines = [{"item": "MUG", "quantity": 3}, {"item": "BOWL", "quantity": 1}]
    order = bring_in(machine, shop, lines=lines).get_json()
    path = f"/api/v1/orders/{order['id']}/lines"

    part = machine.post(f"{path}/1/cancel", {"quantity": 2})
    whole = machine.post(f"{path}/2/cancel", {})
    missing = machine.post(f"{path}/9/cancel", {})

    assert [line["cancelled"] for line in part.get_json()["lines"]] == [2, 0]
    assert [line["cancelled"] for line in whole.get_json()["lines"]] == [2, 1]
    assert missing.status_code == 404


def test_lines_are_changed_as_a_whole(machine, shop, mug, bowl):
    order = bring_in(machine, shop).get_json()
    lines = [{"line": 1, "item": "MUG", "quantity": 1}, {"item": "BOWL", "quantity": 4}]

    answer = machine.send("PUT", f"/api/v1/orders/{order['id']}/lines", json={"lines": lines})

    told = [(line["sku"], line["quantity"]) for line in answer.get_json()["lines"]]
    assert (answer.status_code, told) == (200, [("MUG", 1), ("BOWL", 4)])


def test_an_address_is_changed_by_whoever_saw_the_last_one(machine, shop, mug):
    seen = bring_in(machine, shop)
    path = f"/api/v1/orders/{seen.get_json()['id']}/address"
    headers = {"If-Match": seen.headers["ETag"]}
    elsewhere = {**HERE, "street1": "13 Mill Street"}

    first = machine.send("PUT", path, json=elsewhere, headers=headers)
    late = machine.send("PUT", path, json=HERE, headers=headers)
    wrong = machine.send("PUT", path, json={**HERE, "city": ""})

    assert (first.status_code, late.status_code, wrong.status_code) == (200, 412, 422)
    assert first.get_json()["ship_to"]["street1"] == "13 Mill Street"
    assert machine.get(path).get_json()["street1"] == "13 Mill Street"
    assert machine.get(path).headers["ETag"] == first.headers["ETag"]
    assert faults(wrong) == [("city", "orders.address_missing")]


def test_a_hold_is_opened_listed_and_lifted(machine, shop, mug):
    order = bring_in(machine, shop).get_json()
    path = f"/api/v1/orders/{order['id']}/holds"

    opened = machine.post(path, {"reason": "Ask first", "blocks": "pick"})
    queue = machine.get("/api/v1/holds").get_json()["data"]
    lifted = machine.post(f"{opened.headers['Location']}/lift", {"outcome": "She said yes"})

    assert opened.status_code == 201
    assert [row["id"] for row in queue] == [opened.get_json()["id"]]
    assert (lifted.status_code, lifted.get_json()["state"]) == (200, "lifted")
    assert machine.get("/api/v1/holds").get_json()["data"] == []
    assert [row["state"] for row in machine.get(path).get_json()["data"]] == ["lifted"]


def test_a_hold_is_escalated_and_overturned(machine, shop, mug):
    order = bring_in(machine, shop, risk="high").get_json()
    [hold] = order["holds"]

    up = machine.post(f"/api/v1/holds/{hold['id']}/escalate")
    listed = machine.get("/api/v1/holds?is_escalated=true").get_json()["data"]
    over = machine.post(f"/api/v1/holds/{hold['id']}/overturn", {"outcome": "Stolen card"})

    assert (up.get_json()["state"], over.get_json()["state"]) == ("escalated", "overturned")
    assert [row["id"] for row in listed] == [hold["id"]]
    now = machine.get(f"/api/v1/orders/{order['id']}").get_json()
    assert now["state"] == "cancelled"


def test_money_that_came_sets_the_order_free(machine, shop, mug):
    order = bring_in(machine, shop, payment="unpaid").get_json()

    answer = machine.post(f"/api/v1/orders/{order['id']}/payment", {"verb": "capture"})

    assert answer.get_json()["payment"] == "paid"
    assert [hold["state"] for hold in answer.get_json()["holds"]] == ["lifted"]


def test_two_orders_become_one(machine, shop, mug):
    first = bring_in(machine, shop).get_json()
    second = bring_in(machine, shop, source_id="gid-1002").get_json()

    answer = machine.post("/api/v1/orders/merge", {"order_ids": [first["id"], second["id"]]})

    assert (answer.status_code, answer.get_json()["id"]) == (200, first["id"])
    assert len(answer.get_json()["lines"]) == 2
    now = machine.get(f"/api/v1/orders/{second['id']}").get_json()
    assert (now["state"], now["merged_into_id"]) == ("cancelled", first["id"])


def test_a_channel_is_opened_once(machine):
    body = {"code": "market", "name": "Market", "ships_partly": False}

    opened = machine.post("/api/v1/channels", body)
    again = machine.post("/api/v1/channels", body)

    assert (opened.status_code, again.status_code) == (201, 409)
    assert machine.get(opened.headers["Location"]).get_json() == opened.get_json()
    assert machine.get("/api/v1/channels").get_json()["data"] == [opened.get_json()]
    assert faults(again) == [("code", "orders.channel_taken")]


@pytest.mark.parametrize("path", ["orders/404", "holds/404", "channels/404", "orders/404/address"])
def test_what_nobody_knows_is_not_found(machine, path):
    assert machine.get(f"/api/v1/{path}").status_code == 404


def test_a_token_without_the_scope_reads_nothing(app, lite_house, shop):
    blind = visitors.a_machine(app, lite_house, Role.MACHINE, scopes=SCOPES - {"orders:read"})
    reader = visitors.a_machine(app, lite_house, Role.MACHINE, scopes={"orders:read"})

    assert blind.get("/api/v1/orders").status_code == 403
    assert reader.get("/api/v1/orders").status_code == 200
    assert reader.post("/api/v1/orders", an_order_told(shop)).status_code == 403
