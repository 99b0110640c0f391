"""From a page to something that can be scanned: labels of bins, totes, items and badges, and sheets of commands."""

import re

import pytest

from labels.paper import Paper
from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, done
from tests.labels.reading import (
    codes_in,
    codes_in_png,
    drawn_pdf,
    drawn_zpl,
    pdf_pages,
    pdf_size_mm,
)
from tests.visitors import a_machine, a_person, as_role, open_app
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.catalog import actions as catalog
from wms.catalog.queries import BarcodeKind
from wms.codes.queries import Kind as Meant
from wms.codes.queries import resolve
from wms.people.policy import Role


@pytest.fixture
def app(lite_house):
    return open_app(lite_house)


@pytest.fixture
def lead(app, lite_house):
    return as_role(app, lite_house, Role.ADMIN)


@pytest.fixture
def database(lite_house):
    return lite_house.database


@pytest.fixture
def warehouse(database):
    return a_warehouse(database)


def a_tote(database, warehouse_id: int, code: str) -> int:
    def do(session):
        return bins.create_lpn(
            session, warehouse_id=warehouse_id, code=code, kind=Kind.TOTE, by=TESTER, at=NOON
        ).id

    return done(database, do)


def a_barcode(database, item_id: int, code: str, units: int) -> None:
    def do(session):
        catalog.add_barcode(
            session,
            item_id=item_id,
            code=code,
            quantity_per_scan=units,
            kind=BarcodeKind.CASE if units > 1 else BarcodeKind.UNIT,
            by=TESTER,
            at=NOON,
        )

    done(database, do)


def meant(database, code: str) -> list[tuple[Meant, int]]:
    with database.read() as session:
        return [(one.kind, one.target_id) for one in resolve(session, code)]


def test_the_label_of_a_bin_leads_back_to_the_bin_however_it_is_printed(lead, database, warehouse):
    bin_id = a_bin(database, warehouse, "A-03-12")

    picture = lead.get(f"/bins/{bin_id}/label?format=png")
    zpl = lead.get(f"/bins/{bin_id}/label?format=zpl&dpi=300")
    paper = lead.get(f"/bins/{bin_id}/label")

    assert picture.content_type == "image/png"
    assert zpl.content_type == "application/zpl"
    assert paper.content_type == "application/pdf"
    read = [
        codes_in_png(picture.data),
        codes_in(drawn_zpl(zpl.data)),
        codes_in(drawn_pdf(pdf_pages(paper.data)[0], 100, 50)),
    ]
    assert read == [["WXLA-03-12"]] * 3
    assert meant(database, "WXLA-03-12") == [(Meant.LOCATION, bin_id)]


def test_a_tote_is_scanned_as_a_tote(lead, database, warehouse):
    tote_id = a_tote(database, warehouse, "T-0017")

    code = codes_in_png(lead.get(f"/bins/{tote_id}/label?format=png").data)[0]

    assert meant(database, code) == [(Meant.LPN, tote_id)]


def test_an_item_without_a_barcode_is_scanned_by_its_sku(lead, database):
    item_id = an_item(database, "85123A")

    code = codes_in_png(lead.get(f"/items/{item_id}/label?format=png").data)[0]

    assert code == "85123A"
    assert meant(database, code) == [(Meant.ITEM, item_id)]


def test_each_barcode_of_an_item_has_its_own_label(lead, database):
    item_id = an_item(database, "85123A")
    a_barcode(database, item_id, "4006381333931", 1)
    a_barcode(database, item_id, "CASE-85123A", 12)
    page = lead.get(f"/items/{item_id}").text
    addresses = re.findall(rf"/items/{item_id}/label\?barcode=\d+", page)

    read = [codes_in_png(lead.get(f"{one}&format=png").data)[0] for one in addresses]

    assert read == ["4006381333931", "CASE-85123A"]
    assert lead.get(f"/items/{item_id}/label?barcode=99").status_code == 404


def test_all_bins_of_a_list_are_printed_on_sheets(lead, database, warehouse):
    for number in range(1, 12):
        a_bin(database, warehouse, f"A-{number:02}")
    a_bin(database, warehouse, "B-01")

    printed = lead.get("/bins/labels?q=A-").data
    roll = lead.get("/bins/labels?q=A-&format=zpl").data
    pages = pdf_pages(printed)
    read = [code for one in pages for code in codes_in(drawn_pdf(one, *Paper.A4.value))]

    assert pdf_size_mm(printed) == Paper.A4.value
    assert sorted(read) == [f"WXLA-{number:02}" for number in range(1, 12)]
    assert roll.count(b"^XA") == 11
    assert len(pdf_pages(lead.get("/bins/labels?q=A-&paper=roll").data)) == 11


def test_a_list_of_nothing_says_so(lead, warehouse):
    answer = lead.get("/bins/labels?q=nothing-like-it")

    assert answer.status_code == 404
    assert "Nothing in this list has a label" in answer.text


def test_a_badge_is_printed_only_while_its_code_is_known(lead, app, lite_house):
    user_id = a_person(lite_house, Role.PICKER, name="Mia")
    shown = lead.post(f"/people/{user_id}/badges", _key="one").text
    code = re.search(r'name="code" value="(WXU[0-9A-Z]{16})"', shown)[1]
    address = f"/people/{user_id}/badges/print"

    printed = lead.post(f"{address}?format=png", code=code, _key="two")

    assert codes_in_png(printed.data) == [code]
    assert printed.headers["Cache-Control"] == "no-store"
    assert lead.post(address, code="WXU0000000000000000", _key="three").status_code == 404
    assert lead.post("/people/1/badges/print", code=code, _key="four").status_code == 404


@pytest.mark.parametrize("role", ["picker", "receiver"])
def test_a_sheet_of_commands_holds_what_the_role_can_say(lead, role):
    printed = lead.get(f"/commands/{role}.pdf?paper=letter").data
    size = Paper.LETTER.value
    read = [code for one in pdf_pages(printed) for code in codes_in(drawn_pdf(one, *size))]

    assert {"WXCDONE", "WXCUNDO", "WXCYES", "WXCQ5", "WXCQ25"} <= set(read)
    assert ("WXCSHORT" in read) is (role == "picker")


def test_nobody_has_a_sheet_of_a_role_that_is_none(lead):
    assert lead.get("/commands/admin.pdf").status_code == 404


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/pdf"),
        ("image/png", "image/png"),
        ("application/zpl, application/pdf;q=0.5", "application/zpl"),
        ("text/html", "application/pdf"),
    ],
)
def test_a_machine_says_by_accept_how_it_wants_a_label(app, lite_house, warehouse, accept, media):
    bin_id = a_bin(lite_house.database, warehouse, "A-03-12")
    machine = a_machine(app, lite_house, Role.MACHINE)

    answer = machine.get(f"/api/v1/locations/{bin_id}/label", headers={"Accept": accept})

    assert (answer.status_code, answer.content_type) == (200, media)


def test_a_machine_gets_labels_of_totes_and_products(app, lite_house, warehouse):
    tote_id = a_tote(lite_house.database, warehouse, "T-1")
    bin_id = a_bin(lite_house.database, warehouse, "A-1")
    item_id = an_item(lite_house.database, "85123A")
    machine = a_machine(app, lite_house, Role.MACHINE)

    tote = machine.get(f"/api/v1/lpns/{tote_id}/label?format=png")
    item = machine.get(f"/api/v1/products/{item_id}/label?format=png&dpi=300")

    assert (tote.status_code, item.status_code) == (200, 200)
    assert codes_in_png(tote.data) == ["WXTT-1"]
    assert codes_in_png(item.data) == ["85123A"]
    assert machine.get(f"/api/v1/lpns/{bin_id}/label").status_code == 404
    assert machine.get("/api/v1/locations/999/label").status_code == 404
    assert machine.get(f"/api/v1/products/{item_id}/label?format=gif").status_code == 422
