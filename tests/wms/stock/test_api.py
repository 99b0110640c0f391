"""Stock over HTTP, for machines."""

import csv
from datetime import timedelta

import pytest

from tests.kit import (
    NOON,
    a_lot,
    a_place,
    a_warehouse,
    an_item,
    broken,
    held,
    promisable,
    shelve,
)
from tests.visitors import a_machine, open_app
from wms.bins.places import Kind
from wms.people.policy import Role
from wms.stock.moves import StockStatus

LATER = (NOON + timedelta(hours=1)).isoformat()


@pytest.fixture
def house(lite_house):
    # What the database does is tried on both in the tests of actions and queries; here it is about HTTP.
    return lite_house


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def machine(app, house):
    return a_machine(app, house, Role.MACHINE)


@pytest.fixture
def database(house):
    house.clock.moment = NOON
    return house.database


@pytest.fixture
def here(database, machine):
    return a_warehouse(database)


def line(item, source, target, quantity, **more):
    return {"item": item, "source": source, "target": target, "quantity": quantity, **more}


def post(machine, *lines, **more):
    return machine.post("/api/v1/stock_moves", {"lines": list(lines)}, **more)


def codes(answer):
    return [(fault["where"], fault["code"]) for fault in answer.json["errors"]]


def test_stock_comes_in_moves_and_goes_out_by_codes(machine, database, here, mug, upper, lower):
    received = post(machine, line("MUG", "supplier", "A-01", 5, reason="receipt"))
    moved = post(machine, line("mug", "A-01", "A-02", 2), line("MUG", "A-02", "CUSTOMER", 1))

    assert (received.status_code, moved.status_code) == (201, 201)
    assert [one["quantity"] for one in moved.json["data"]] == [2, 1]
    assert machine.get(moved.headers["Location"]).json["target"] == "A-02"
    assert (held(database, upper, mug), held(database, lower, mug)) == (3, 1)
    assert broken(database) == []


def test_the_same_key_moves_once_and_gets_the_same_answer(machine, database, here, mug, upper):
    body = line("MUG", "SUPPLIER", "A-01", 5)
    key = {"Idempotency-Key": "receipt-7"}

    first, again = (post(machine, body, headers=key) for _ in range(2))

    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert held(database, upper, mug) == 5


def test_what_does_not_fit_is_told_by_line_and_changes_nothing(
    machine, database, here, mug, upper, lower
):
    post(machine, line("MUG", "SUPPLIER", "A-01", 5))

    unknown = post(machine, line("CUP", "A-01", "A-02", 1))
    too_many = post(machine, line("MUG", "A-01", "A-02", 3), line("MUG", "A-01", "A-02", 3))

    assert unknown.status_code == 422
    assert codes(unknown) == [("lines.0.item", "stock.unknown_item")]
    assert (too_many.status_code, too_many.json["code"]) == (409, "stock.not_enough")
    assert too_many.json["detail"] == "A-01 holds 5 of MUG, not 6. Take 5, or count what is there."
    assert held(database, upper, mug) == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"lines": []},
        {"lines": [{"item": "MUG", "source": "A-01", "target": "A-02"}]},
        {"lines": [line("MUG", "A-01", "A-02", 0)]},
        {"lines": [line("MUG", "A-01", "A-02", 1.5)]},
        {"lines": [line("MUG", "A-01", "A-02", 10**9)]},
        {"lines": [line("MUG", "A-01", "A-02", 1, item_id=1)]},
        {"lines": [line("MUG", "A-01", "A-02", 1, item_id=2**63)]},
        {"lines": [line("MUG", "A-01", "A-02", 1, note="\x00")]},
        {"lines": [line("MUG", "A-01", "A-02", 1, reference="\ud800")]},
        {"lines": [line("MUG", "A-01", "A-02", 1, reason="theft")]},
        {"lines": [line("MUG", "A-01", "A-02", 1, color="red")]},
        {"lines": [line("SUPPLIER", "SUPPLIER", "CUSTOMER", 1)]},
        {"lines": [line("M" * 4096, "A-01", "A-02", 1)]},
    ],
)
def test_what_nobody_can_mean_is_unreadable(machine, here, mug, upper, lower, wrong):
    assert machine.post("/api/v1/stock_moves", wrong).status_code == 422


def test_a_lot_is_written_down_as_it_comes_in(machine, database, here, upper):
    an_item(database, "MILK", tracks_lots=True)

    without = post(machine, line("MILK", "SUPPLIER", "A-01", 5))
    answer = post(machine, line("MILK", "SUPPLIER", "A-01", 5, lot="L7", expires_on="2026-09-01"))

    assert codes(without) == [("lines.0.lot_id", "stock.lot_wanted")]
    assert answer.status_code == 201
    [balance] = machine.get("/api/v1/inventory/balances?item=MILK").json["data"]
    assert (balance["lot"], balance["expires_on"]) == ("L7", "2026-09-01")


def test_a_move_is_taken_back_once(machine, database, here, mug, upper, lower):
    post(machine, line("MUG", "SUPPLIER", "A-01", 5))
    where = post(machine, line("MUG", "A-01", "A-02", 2)).headers["Location"]

    undone = machine.post(f"{where}/reverse", {"note": "wrong bin"})
    again = machine.post(f"{where}/reverse", {})

    assert (undone.status_code, undone.json["note"]) == (201, "wrong bin")
    assert machine.get(where).json["reversed_by_id"] == undone.json["id"]
    assert (again.status_code, again.json["code"]) == (409, "stock.already_reversed")
    assert held(database, upper, mug) == 5


def test_moves_are_listed_filtered_and_turned_page_by_page(
    machine, database, here, mug, upper, lower
):
    for _ in range(3):
        shelve(database, mug, upper, 1)
    an_item(database, "CUP")
    post(machine, line("MUG", "A-01", "A-02", 1, reference="10482"))

    def listed(query):
        return machine.get(f"/api/v1/stock_moves?{query}").json

    first = listed("limit=3&item=MUG")
    rest = listed(f"limit=3&item=MUG&cursor={first['next_cursor']}")
    assert [row["reference"] for row in first["data"]] == ["10482", "", ""]
    assert (len(rest["data"]), rest["next_cursor"]) == (1, None)
    assert len(listed("location=A-02")["data"]) == 1
    assert len(listed("reference=10482")["data"]) == 1
    assert len(listed("reason=receipt")["data"]) == 3
    assert listed("item=CUP")["data"] == []
    assert machine.get("/api/v1/stock_moves?item=NOBODY").status_code == 422
    assert machine.get("/api/v1/stock_moves?cursor=x").status_code == 400
    assert machine.get("/api/v1/stock_moves?since=0001-01-01T00:00:00%2B14:00").status_code == 422
    assert machine.get("/api/v1/stock_moves/999").status_code == 404


def test_units_are_promised_listed_and_given_back(machine, database, here, mug, upper):
    shelve(database, mug, upper, 5)
    ask = {"warehouse_id": here, "reference": "10482", "lines": [{"item": "MUG", "quantity": 3}]}

    kept = machine.post("/api/v1/allocations", ask)
    where = kept.headers["Location"]
    listed = machine.get("/api/v1/allocations?reference=10482").json["data"]
    given_back = machine.post(f"{where}/release")

    assert kept.status_code == 201
    assert [one["quantity"] for one in kept.json["promises"]] == [3]
    assert [(one["location"], one["state"]) for one in listed] == [("A-01", "hard")]
    assert (given_back.status_code, given_back.json["state"]) == (200, "released")
    assert machine.get(where).json == given_back.json
    assert machine.post(f"{where}/release").status_code == 409
    assert machine.post("/api/v1/allocations/999/release").status_code == 404
    assert promisable(database, here, mug) == (5, 0, 0)


def test_an_order_that_is_short_gets_nothing_and_is_told_every_short_line(
    machine, database, here, mug, upper
):
    cup = an_item(database, "CUP")
    shelve(database, mug, upper, 5)
    shelve(database, cup, upper, 1)
    lines = [{"item": "CUP", "quantity": 2}, {"item_id": mug, "quantity": 3}]
    ask = {"warehouse_id": here, "reference": "10482", "lines": lines}

    refused = machine.post("/api/v1/allocations", ask)
    part = machine.post("/api/v1/allocations", ask | {"if_short": "take_what_is_there"})

    assert (refused.status_code, refused.json["code"]) == (409, "stock.nothing_promised")
    assert codes(refused) == [("lines.0", "stock.nothing_promised")]
    assert part.json["shortages"] == [{"item_id": cup, "quantity": 2, "free": 1}]
    assert [one["quantity"] for one in part.json["promises"]] == [1, 3]


def test_a_soft_promise_has_an_end_and_can_turn_hard(machine, database, here, mug, upper):
    shelve(database, mug, upper, 5)
    lines = [{"item": "MUG", "quantity": 3}]
    ask = {"warehouse_id": here, "reference": "cart 7", "lines": lines, "hardness": "soft"}

    endless = machine.post("/api/v1/allocations", ask)
    kept = machine.post("/api/v1/allocations", ask | {"expires_at": LATER})
    hard = machine.post(f"{kept.headers['Location']}/promote")

    assert codes(endless) == [("expires_at", "stock.soft_must_end")]
    assert kept.json["promises"][0]["balance_id"] is None
    assert (hard.status_code, hard.json["promises"][0]["balance_id"] is None) == (200, False)
    assert promisable(database, here, mug) == (5, 0, 3)


def test_what_nobody_knows_is_not_short_but_wrong(machine, database, here, mug):
    ask = {"warehouse_id": here, "reference": "10482", "lines": [{"item_id": 99, "quantity": 3}]}

    item = machine.post("/api/v1/allocations", ask)
    house = machine.post("/api/v1/allocations", ask | {"warehouse_id": 99})

    assert codes(item) == [("lines.0.item_id", "stock.unknown_item")]
    assert codes(house) == [("warehouse_id", "stock.unknown_warehouse")]


def test_what_the_house_has_is_told_by_item_and_by_place(machine, database, here, mug, upper):
    dock = a_place(database, here, "DOCK-1", Kind.DOCK)
    an_item(database, "CUP")
    shelve(database, mug, upper, 5)
    shelve(database, mug, dock, 2)
    lines = [{"item": "MUG", "quantity": 3}]
    machine.post(
        "/api/v1/allocations", {"warehouse_id": here, "reference": "10482", "lines": lines}
    )

    [item] = machine.get("/api/v1/inventory").json["data"]
    named = machine.get("/api/v1/inventory?item=CUP").json["data"]
    places = machine.get("/api/v1/inventory/balances?item=MUG").json["data"]

    figures = ("on_hand", "sellable", "soft", "hard", "available_to_promise")
    assert [item[figure] for figure in figures] == [7, 5, 0, 3, 2]
    assert [one["on_hand"] for one in named] == [0]
    assert [(one["location"], one["quantity"], one["free"]) for one in places] == [
        ("A-01", 5, 2),
        ("DOCK-1", 2, 2),
    ]


def test_the_file_holds_every_balance_and_runs_nothing(machine, database, here, upper):
    trap = an_item(database, "=1+1", name="=HYPERLINK(1)")
    milk = an_item(database, "MILK", tracks_lots=True)
    shelve(database, trap, upper, 5)
    shelve(database, milk, upper, 2, lot_id=a_lot(database, milk, "L7"))

    with machine.get("/api/v1/inventory.csv") as answer:
        rows = list(csv.DictReader(answer.get_data(as_text=True).splitlines()))

    assert answer.mimetype == "text/csv"
    assert [(row["sku"], row["quantity"], row["lot"]) for row in rows] == [
        ("'=1+1", "5", ""),
        ("MILK", "2", "L7"),
    ]
    assert rows[0]["name"] == "'=HYPERLINK(1)"


def test_no_machine_grades_returned_goods(machine, database, here, mug, upper, lower):
    shelve(database, mug, upper, 5, status_to=StockStatus.RETURNED_UNGRADED)
    was = {"item": "MUG", "location": "A-01", "status": "returned_ungraded", "note": "looks fine"}

    changed = machine.post("/api/v1/status_changes", was | {"quantity": 1, "status_to": "held"})
    moved = post(
        machine,
        line("MUG", "A-01", "A-02", 1, status_from="returned_ungraded", status_to="available"),
    )

    for no in (changed, moved):
        assert (no.status_code, no.json["code"]) == (409, "stock.graded_on_the_return")
    assert held(database, upper, mug, "returned_ungraded") == 5


def test_the_book_is_made_to_agree_with_the_floor(machine, database, here, mug, upper):
    shelve(database, mug, upper, 5)
    pile = {"item": "MUG", "location": "A-01"}

    counted = machine.post("/api/v1/adjustments", pile | {"counted": 4})
    agreed = machine.post("/api/v1/adjustments", pile | {"counted": 4})
    lost = machine.post("/api/v1/adjustments", pile | {"difference": -1, "reason": "lost"})
    aside = machine.post(
        "/api/v1/status_changes", pile | {"quantity": 1, "status_to": "damaged", "note": "cracked"}
    )

    assert (counted.status_code, counted.json["reason"], counted.json["quantity"]) == (
        201,
        "count",
        1,
    )
    assert (agreed.status_code, agreed.data) == (204, b"")
    assert (lost.json["target"], aside.json["status_to"]) == ("LOST", "damaged")
    assert (held(database, upper, mug), held(database, upper, mug, "damaged")) == (2, 1)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({}, 422),
        ({"counted": 1, "difference": 1}, 422),
        ({"counted": 1, "reason": "lost"}, 422),
        ({"counted": -1}, 422),
        ({"difference": 0}, 422),
        ({"difference": 1, "reason": "adjust"}, 422),
        ({"difference": -6, "reason": "lost"}, 409),
        ({"difference": 1, "reason": "found", "lot": "L9"}, 422),
    ],
)
def test_a_correction_that_says_too_little_or_too_much_is_refused(
    machine, database, here, mug, upper, more, status
):
    shelve(database, mug, upper, 5)

    answer = machine.post("/api/v1/adjustments", {"item": "MUG", "location": "A-01"} | more)

    assert answer.status_code == status
    assert held(database, upper, mug) == 5


def test_what_is_missing_in_a_correction_is_told_by_its_own_field(machine, database, here, upper):
    an_item(database, "MILK", tracks_lots=True)
    body = {"item": "MILK", "location": "A-01", "difference": 1, "reason": "found"}

    assert codes(machine.post("/api/v1/adjustments", body)) == [("lot", "stock.lot_wanted")]


def test_the_time_machine_answers_over_http(machine, database, here, mug, upper, house):
    shelve(database, mug, upper, 5)
    house.clock.forward(timedelta(minutes=10))
    post(machine, line("MUG", "A-01", "CUSTOMER", 2))
    where = f"/api/v1/locations/{upper}/content"

    then = machine.get(f"{where}?at=2026-01-05T12:05:00Z").json
    now = machine.get(where).json

    assert [one["quantity"] for one in (*then["data"], *now["data"])] == [5, 3]
    assert (then["at"], then["learned_later"]) == ("2026-01-05T12:05:00Z", 0)
    assert machine.get("/api/v1/locations/999/content").status_code == 404


def test_only_an_empty_place_is_archived(machine, database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)

    full = machine.post(f"/api/v1/locations/{upper}/archive")
    stale = machine.post(f"/api/v1/locations/{lower}/archive", headers={"If-Match": '"9"'})
    empty = machine.post(f"/api/v1/locations/{lower}/archive")

    assert (full.status_code, full.json["code"]) == (409, "stock.place_not_empty")
    assert (stale.status_code, empty.status_code) == (412, 204)
    assert machine.get(f"/api/v1/locations/{lower}").json["archived_at"]


def test_a_token_without_the_scope_reads_or_writes_nothing(app, house, database, here, mug, upper):
    reader = a_machine(app, house, Role.MACHINE, scopes=["stock:read"])
    stranger = a_machine(app, house, Role.MACHINE, scopes=["bins:read"])

    assert reader.get("/api/v1/inventory").status_code == 200
    assert post(reader, line("MUG", "SUPPLIER", "A-01", 5)).status_code == 403
    assert stranger.get("/api/v1/inventory").status_code == 403
