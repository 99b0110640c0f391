"""Stock in the browser."""

import re

import pytest

from tests.kit import NOON, TESTER, a_warehouse, an_item, done, held, shelve
from tests.visitors import as_role, open_app
from wms.people.policy import Role
from wms.people.tables import User
from wms.stock.actions import post
from wms.stock.moves import Move, Reason, StockStatus


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
def here(database):
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    return a_warehouse(database)


@pytest.fixture
def ana(app, house, here):
    return as_role(app, house, Role.SUPERVISOR)


def rows(answer):
    """The cells of a page's table, without what marks them up."""
    bodies = re.findall(r"<tbody>(.*?)</tbody>", answer.text, re.DOTALL)
    found = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in bodies[0].split("</tr>")]
    return [
        [" ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in row] for row in found if row
    ]


def carry(database, *facts, **more):
    move = Move(*facts, Reason.MOVE, **more)
    return done(database, lambda session: post(session, [move], by=TESTER, at=NOON))[0]


def test_a_newcomer_sees_what_to_do(ana):
    assert "Nothing has moved yet." in ana.get("/moves").text
    assert "The house is empty." in ana.get("/stock").text


def test_moves_stand_in_a_list_the_newest_first(ana, database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    carry(database, mug, upper, lower, 2, reference="10482")

    newest, oldest = rows(ana.get("/moves"))

    assert newest[2:] == ["Item MUG MUG", "2", "A-01", "A-02", "Moved 10482", "Tess"]
    assert oldest[3:7] == ["5", "Supplier", "A-01", "Received"]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("item=CUP", ["2"]),
        ("bin=A-02", ["3"]),
        ("bin=supplier", ["2", "1"]),
        ("person=1", ["3", "2", "1"]),
        ("person=99999999999999999999", ["3", "2", "1"]),
        ("reason=move", ["3"]),
        ("reference=10482", ["3"]),
        ("since=2026-01-05&until=2026-01-05", ["3", "2", "1"]),
        ("until=2026-01-04", []),
        ("since=0001-01-01", ["3", "2", "1"]),
    ],
)
def test_moves_are_filtered(ana, database, here, mug, upper, lower, asked, numbers):
    shelve(database, mug, upper, 5)
    shelve(database, an_item(database, "CUP"), upper, 5)
    carry(database, mug, upper, lower, 2, reference="10482")

    answer = ana.get(f"/moves?{asked}")

    assert answer.status_code == 200
    assert [row[0] for row in rows(answer)] == numbers if numbers else "No move fits" in answer.text


def test_a_code_that_nobody_knows_is_said_and_not_ignored(ana, database, here, mug, upper):
    shelve(database, mug, upper, 5)

    assert "Nobody here knows &lt;b&gt;." in ana.get("/moves?item=<b>").text


def test_a_move_is_taken_back_with_a_reason(ana, database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    number = carry(database, mug, upper, lower, 2)
    ana.get(f"/moves/{number}")

    silent = ana.post(f"/moves/{number}/reverse", reason="")
    undone = ana.post(f"/moves/{number}/reverse", reason="wrong bin")
    again = ana.post(f"/moves/{number}/reverse", reason="twice")

    assert silent.status_code == 422
    assert undone.status_code == 303
    assert "wrong bin" in ana.get(undone.location).text
    assert "This move was taken back." in ana.get(f"/moves/{number}").text
    assert (again.status_code, "was taken back by move" in again.text) == (409, True)
    assert held(database, upper, mug) == 5


def test_what_was_taken_on_since_cannot_be_taken_back_and_the_page_says_why(
    ana, database, here, mug, upper, lower
):
    shelve(database, mug, upper, 5)
    number = carry(database, mug, upper, lower, 2)
    carry(database, mug, lower, upper, 1)
    ana.get(f"/moves/{number}")

    answer = ana.post(f"/moves/{number}/reverse", reason="wrong bin")

    assert answer.status_code == 409
    assert "A-02 now holds 1 of MUG" in answer.text


def test_units_are_moved_by_hand(ana, database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    ana.get("/moves/new")

    moved = ana.post(
        "/moves/new", item="mug", place="A-01", to="A-02", quantity="2", status="available"
    )

    assert moved.status_code == 303
    assert (held(database, upper, mug), held(database, lower, mug)) == (3, 2)


def test_a_form_that_does_not_fit_comes_back_with_what_was_typed(ana, database, here, mug, upper):
    shelve(database, mug, upper, 5)
    ana.get("/moves/new")

    answer = ana.post(
        "/moves/new", item="CUP", place="A-01", to="A-9", quantity="two", note="to the front"
    )

    assert answer.status_code == 422
    assert 'value="CUP"' in answer.text
    assert "to the front" in answer.text
    assert "A whole number" in answer.text or "whole number" in answer.text

    unknown = ana.post("/moves/new", item="CUP", place="A-7", to="A-01", quantity="2")
    assert "Nobody here knows the item CUP." in unknown.text
    assert "Nobody here knows the place A-7." in unknown.text


@pytest.mark.parametrize(
    ("reason", "quantity", "left"),
    [
        ("count", "3", 3),
        ("found", "2", 7),
        ("lost", "2", 3),
        ("scrap", "1", 4),
        ("adjust", "-4", 1),
    ],
)
def test_the_book_is_corrected_by_hand(ana, database, here, mug, upper, reason, quantity, left):
    shelve(database, mug, upper, 5)
    ana.get("/stock/adjust")

    answer = ana.post(
        "/stock/adjust", item="MUG", place="A-01", reason=reason, quantity=quantity, note="seen"
    )

    assert answer.status_code == 303
    assert held(database, upper, mug) == left


def test_a_correction_without_its_why_comes_back(ana, database, here, mug, upper):
    shelve(database, mug, upper, 5)
    ana.get("/stock/adjust")

    silent = ana.post("/stock/adjust", item="MUG", place="A-01", reason="adjust", quantity="1")
    minus = ana.post("/stock/adjust", item="MUG", place="A-01", reason="lost", quantity="-1")

    assert (silent.status_code, "Say in a few words why." in silent.text) == (422, True)
    assert minus.status_code == 422
    assert held(database, upper, mug) == 5


def test_what_the_ledger_misses_is_said_beside_the_field(ana, database, here, upper):
    an_item(database, "MILK", tracks_lots=True)
    ana.get("/stock/adjust")

    answer = ana.post(
        "/stock/adjust", item="MILK", place="A-01", reason="found", quantity="1", status="available"
    )

    assert answer.status_code == 422
    assert 'id="lot-refused"' in answer.text
    assert "MILK is kept by lot." in answer.text


def test_units_are_set_aside_by_hand(ana, database, here, mug, upper):
    shelve(database, mug, upper, 5)
    ana.get("/stock/condition?item=MUG&place=A-01")

    answer = ana.post(
        "/stock/condition",
        item="MUG",
        place="A-01",
        status="available",
        status_to="damaged",
        quantity="2",
        note="cracked",
    )

    assert answer.status_code == 303
    assert held(database, upper, mug, "damaged") == 2


@pytest.mark.parametrize(
    ("before", "after"), [("returned_ungraded", "available"), ("available", "returned_ungraded")]
)
def test_nobody_grades_returned_goods_by_hand(ana, database, here, mug, upper, before, after):
    shelve(database, mug, upper, 5, status_to=StockStatus(before))
    ana.get("/stock/condition")

    answer = ana.post(
        "/stock/condition",
        item="MUG",
        place="A-01",
        status=before,
        status_to=after,
        quantity="2",
        note="looks fine",
    )

    assert answer.status_code == 409
    assert "Returned goods are graded on their return, not here." in answer.text
    assert held(database, upper, mug, before) == 5


def test_what_the_house_has_is_listed_and_sent_as_a_file(ana, database, here, mug, upper):
    shelve(database, mug, upper, 5)

    [row] = rows(ana.get("/stock?q=mu"))
    with ana.get("/stock.csv") as file:
        lines = file.get_data(as_text=True).splitlines()

    assert row == ["Item MUG MUG", "5", "5", "0", "5"]
    assert lines[1] == "DAY,A-01,MUG,Item MUG,,,,available,5,0,5"


def test_an_empty_bin_is_closed_and_a_full_one_is_not(ana, database, here, mug, upper, lower):
    shelve(database, mug, upper, 5)
    ana.get("/moves")

    full, empty = ana.post(f"/bins/{upper}/close"), ana.post(f"/bins/{lower}/close")

    assert (full.status_code, "A-01 still holds 5 of MUG" in full.text) == (409, True)
    assert empty.status_code == 303


def test_pickers_read_and_supervisors_change(app, house, database, here, mug, upper):
    picker = as_role(app, house, Role.PICKER)
    shelve(database, mug, upper, 5)
    page = picker.get("/moves")

    assert page.status_code == 200
    assert "New move" not in page.text
    assert picker.get("/moves/new").status_code == 403
    assert picker.post("/stock/adjust", item="MUG").status_code == 403


def test_pages_speak_german(ana, database, here, mug, upper):
    shelve(database, mug, upper, 5)

    page = ana.get("/moves", headers={"Accept-Language": "de"}).text

    assert "Bewegungen" in page
    assert "Wareneingang" in page
    assert ">Lieferant</td>" in page
