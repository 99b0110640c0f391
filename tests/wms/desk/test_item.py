"""Where an item is: figures, places, promises, moves, and the shelf to go to first."""

from datetime import date, timedelta

import pytest

from tests.kit import a_bin, a_lot, a_place, a_warehouse, an_item, shelve
from tests.visitors import done
from wms.bins.places import Kind, Role
from wms.stock import actions as stock
from wms.stock.promises import Hardness, Line, Request


@pytest.fixture
def warehouse(lite_house):
    return a_warehouse(lite_house.database)


@pytest.fixture
def mug(lite_house):
    return an_item(lite_house.database, "MUG-1", name="Blue mug", weight_g=310)


def figure(text, words):
    """The number above these words."""
    return text.partition(f"<dt>{words}</dt>")[2].partition("</dd>")[0].rpartition(">")[2]


def promise(house, warehouse, item, units, reference, **facts):
    request = Request(reference, warehouse, (Line(item, units),), **facts)
    done(
        house,
        lambda session: stock.allocate(session, [request], by=1, at=house.clock.now()) and None,
    )


def test_the_figures_add_up(picker, lite_house, warehouse, mug):
    database = lite_house.database
    shelve(database, mug, a_bin(database, warehouse, "A-1", is_pick_face=True), 14)
    shelve(database, mug, a_bin(database, warehouse, "D-1", role=Role.RESERVE), 40)
    shelve(database, mug, a_place(database, warehouse, "STAGE-1", Kind.STAGE), 3)
    promise(lite_house, warehouse, mug, 12, "Order 10482")
    until = lite_house.clock.now() + timedelta(hours=1)
    promise(lite_house, warehouse, mug, 5, "Cart 9", hardness=Hardness.SOFT, expires_at=until)

    text = picker.get(f"/stock/items/{mug}").text

    numbers = [
        figure(text, words) for words in ("on hand", "promised", "free to promise", "set aside")
    ]
    assert numbers == ["57", "17", "37", "3"]
    assert "in 3 places" in text
    assert "12 of it in bins" in text


def test_promises_say_for_what_and_from_where(picker, lite_house, warehouse, mug):
    shelve(lite_house.database, mug, a_bin(lite_house.database, warehouse, "A-1"), 14)
    promise(lite_house, warehouse, mug, 12, "Order 10482")
    until = lite_house.clock.now() + timedelta(hours=1)
    promise(lite_house, warehouse, mug, 1, "Cart 9", hardness=Hardness.SOFT, expires_at=until)

    told = picker.get(f"/stock/items/{mug}").text.partition("Promised to")[2]

    assert "2 promises" in told
    assert told.index("Order 10482") < told.index("A-1") < told.index("Cart 9")
    assert "no bin yet" in told


def test_people_are_sent_to_the_pick_face_with_the_most(picker, lite_house, warehouse, mug):
    database = lite_house.database
    for code, units, face in (("A-1", 2, True), ("A-2", 9, True), ("A-3", 90, False)):
        shelve(database, mug, a_bin(database, warehouse, code, is_pick_face=face), units)

    assert "<h2>Bin A-2</h2>" in picker.get(f"/stock/items/{mug}").text


def test_lots_are_told_with_their_days_and_the_scanned_one_is_marked(picker, lite_house, warehouse):
    database = lite_house.database
    tea = an_item(database, "TEA-1", tracks_lots=True)
    place = a_bin(database, warehouse, "A-1")
    for code, day in (("L1", date(2026, 9, 1)), ("L2", date(2026, 6, 1))):
        shelve(database, tea, place, 4, lot_id=a_lot(database, tea, code, day))

    text = picker.get(f"/stock/items/{tea}?lot=L2").text

    assert figure(text, "next to expire") == "1 Jun 2026"
    assert text.count("scanned</span>") == 1
    assert "until" in text


def test_an_item_that_lies_nowhere_says_what_to_do(lead, picker, mug):
    assert "Book what you have" in lead.get(f"/stock/items/{mug}").text
    text = picker.get(f"/stock/items/{mug}").text
    assert "It lies nowhere." in text
    assert "It has not moved yet." in text
    assert "Book what you have" not in text


def test_facts_and_stock_lead_to_each_other(picker, mug):
    assert f'href="/items/{mug}"' in picker.get(f"/stock/items/{mug}").text
    assert f'href="/stock/items/{mug}"' in picker.get(f"/items/{mug}").text


def test_the_last_moves_are_told_and_lead_to_all(picker, lite_house, warehouse, mug):
    place = a_bin(lite_house.database, warehouse, "A-1")
    for _ in range(12):
        shelve(lite_house.database, mug, place, 1)

    text = picker.get(f"/stock/items/{mug}").text

    assert text.count('href="/moves/') == 10
    assert 'href="/moves?item=MUG-1"' in text


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_an_item_that_nobody_knows_is_not_found(picker, number):
    assert picker.get(f"/stock/items/{number}").status_code == 404
