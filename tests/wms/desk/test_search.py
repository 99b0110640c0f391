"""The search that takes scans: one exact hit opens at once, all else is offered; nobody sees what is not theirs."""

from urllib.parse import quote

import pytest

from tests.kit import a_bin, a_lot, a_serial, a_warehouse, an_item, shelve
from tests.visitors import a_badge, a_person, a_tablet, done
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.catalog import actions as catalog
from wms.stock import actions as stock
from wms.stock.promises import Line, Request


def found(visitor, text):
    return visitor.get(f"/search?q={quote(text)}")


def opened(visitor, text):
    answer = found(visitor, text)
    assert answer.status_code == 302, answer.text
    return answer.location


@pytest.fixture
def mug(lite_house):
    item = an_item(lite_house.database, "MUG-1", name="Blue mug")
    done(
        lite_house,
        lambda session: (
            catalog.add_barcode(
                session, item_id=item, code="2000000000015", by=1, at=lite_house.clock.now()
            ).id
        ),
    )
    return item


@pytest.fixture
def warehouse(lite_house):
    return a_warehouse(lite_house.database)


@pytest.mark.parametrize("code", ["MUG-1", "mug-1", " 2000000000015 ", "]E02000000000015"])
def test_a_scan_of_an_item_opens_where_it_is(picker, mug, code):
    assert opened(picker, code) == f"/stock/items/{mug}"


def test_a_code_that_says_a_lot_opens_the_item_with_the_lot(picker, mug):
    assert opened(picker, "(01)02000000000015(10)L7") == f"/stock/items/{mug}?lot=L7"


def test_a_bins_label_opens_the_bin(picker, lite_house, warehouse):
    place = a_bin(lite_house.database, warehouse, "A-03-12")

    assert opened(picker, "A-03-12") == f"/bins/{place}"
    assert opened(picker, "WXLA-03-12") == f"/bins/{place}"


def test_a_totes_label_opens_the_tote(picker, lite_house, warehouse):
    tote = done(
        lite_house,
        lambda session: (
            bins.create_lpn(
                session,
                warehouse_id=warehouse,
                code="T-1",
                kind=Kind.TOTE,
                by=1,
                at=lite_house.clock.now(),
            ).id
        ),
    )

    assert opened(picker, "T-1") == f"/bins/{tote}"


def test_a_serial_number_and_a_lot_open_their_item(picker, lite_house, mug):
    a_serial(lite_house.database, mug, "SN-77")
    a_lot(lite_house.database, mug, "L-2026")

    assert opened(picker, "SN-77") == f"/stock/items/{mug}"
    assert opened(picker, "L-2026") == f"/stock/items/{mug}?lot=L-2026"


def test_a_lot_of_two_items_asks_which_was_meant(picker, lite_house, mug):
    other = an_item(lite_house.database, "TEA-1", name="Green tea")
    for item in (mug, other):
        a_lot(lite_house.database, item, "L-1")

    answer = found(picker, "L-1")

    assert answer.status_code == 200
    assert "L-1 stands for 2 things." in answer.text
    assert "Blue mug" in answer.text
    assert "Green tea" in answer.text


def test_a_badge_opens_its_person_for_leads_only(lead, picker, lite_house):
    person = a_person(lite_house, name="Kaya")
    badge = a_badge(lite_house, person)

    assert opened(lead, badge) == f"/people/{person}"
    assert found(picker, badge).status_code == 200
    assert "Kaya" not in found(picker, badge).text


def test_a_part_of_a_name_offers_what_has_it_by_kind(lead, app, lite_house, warehouse, mug):
    a_bin(lite_house.database, warehouse, "MUGS-1")
    a_person(lite_house, name="Muguet")
    a_tablet(app, lite_house, "Tablet Mug")

    text = found(lead, "mug").text

    assert [name in text for name in ("Blue mug", "MUGS-1", "Muguet", "Tablet Mug")] == [True] * 4


def test_pickers_find_no_people_and_devices(picker, app, lite_house, mug):
    a_person(lite_house, name="Muguet")
    a_tablet(app, lite_house, "Tablet Mug")

    text = found(picker, "mug").text

    assert "Blue mug" in text
    assert "Muguet" not in text
    assert "Tablet Mug" not in text


def test_an_order_that_stock_was_promised_for_is_found_by_its_name(
    picker, lite_house, warehouse, mug
):
    place = a_bin(lite_house.database, warehouse)
    shelve(lite_house.database, mug, place, 5)
    request = Request("Order 10482", warehouse, (Line(mug, 2),))
    done(
        lite_house,
        lambda session: (
            stock.allocate(session, [request], by=1, at=lite_house.clock.now()) and None
        ),
    )

    text = found(picker, "Order 10482").text

    assert 'href="/moves?reference=Order+10482"' in text or "reference=Order%2010482" in text


def test_an_order_that_goods_moved_for_is_found_by_its_name(picker, lite_house, warehouse, mug):
    place = a_bin(lite_house.database, warehouse)
    shelve(lite_house.database, mug, place, 5, reference="PO 2207")

    assert "Moved or promised for" in found(picker, "PO 2207").text
    assert "Nobody here knows PO 2208." in found(picker, "PO 2208").text


def test_more_hits_than_fit_lead_to_the_list(picker, lite_house):
    for number in range(10):
        an_item(lite_house.database, f"PEN-{number}", name=f"Pen {number}")

    text = found(picker, "pen").text

    assert text.count("Pen ") == 8
    assert 'href="/items?q=pen">All of them</a>' in text


def test_what_nobody_knows_says_what_to_do(picker):
    text = found(picker, "4006381333931").text

    assert "Nobody here knows 4006381333931." in text
    assert "Open the item and add it to its barcodes" in text


def test_an_empty_search_says_what_can_be_looked_for(picker):
    for path in ("/search", "/search?q=", "/search?q=%20%20"):
        assert "Scan something, or type a part of its name." in picker.get(path).text


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "%",
        "_",
        "'; DROP TABLE item",
        "x" * 4096,
        "\x1d]d2",
        "<script>alert(1)</script>",
        "\ud7ff\u202e",
    ],
)
def test_noise_is_nobody_and_breaks_nothing(lead, mug, text):
    answer = found(lead, text)

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "Blue mug" not in answer.text


def test_noise_breaks_nothing_on_either_database(house, mug_there):
    from wms.desk import queries

    with house.database.read() as session:
        for text in ("\x00", "a\x00b", "%", "\x1d", "é" * 300, "\U0010ffff"):
            words = queries.words_of(text)
            assert queries.exact(session, text, sees_people=True) == []
            if words:
                assert queries.look_up(session, words, sees_people=True) == []
        [hit] = queries.exact(session, "MUG-1", sees_people=False)
    assert (hit.thing, hit.id) == ("item", mug_there)


@pytest.fixture
def mug_there(house):
    return an_item(house.database, "MUG-1", name="Blue mug")


def test_the_search_field_keeps_what_was_asked(picker):
    assert 'name="q" value="green mug"' in found(picker, "green mug").text
