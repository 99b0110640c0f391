"""The pages of the catalog, as people use them."""

import io
import os
from datetime import timedelta

import openpyxl
import pytest
from PIL import Image

from tests import visitors
from wms.catalog import queries
from wms.people.policy import Role

EAN = "4006381333931"
HEART = {"sku": "85123A", "name": "White hanging heart", "weight_g": "140"}
BOX = {
    "name": "S",
    "length_mm": "200",
    "width_mm": "150",
    "height_mm": "100",
    "weight_g": "80",
    "max_weight_g": "5000",
}


@pytest.fixture
def lead(app, lite_house):
    return visitors.as_role(app, lite_house, Role.SUPERVISOR)


@pytest.fixture
def picker(app, lite_house):
    return visitors.as_role(app, lite_house, Role.PICKER)


def written(lead, **facts):
    answer = lead.post("/items", **{**HEART, **facts})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def file(data, name="products.csv"):
    return (io.BytesIO(data if isinstance(data, bytes) else data.encode()), name)


def item(house, sku):
    with house.database.read() as session:
        return queries.item_by_sku(session, sku, owner_id=1)


def test_an_empty_house_leads_to_its_first_item(lead, picker):
    page = lead.get("/items").text

    assert "No items yet." in page
    assert "/items/import" in page
    assert "/items/new" in page
    assert "/items/new" not in picker.get("/items").text


def test_an_item_is_written_down_with_its_barcode(lead, lite_house):
    url = written(lead, code=EAN, tracks_lots="yes", origin_country="gb")

    page = lead.get(url).text
    for shown in ("White hanging heart", "85123A", EAN, "140 g", "GB", "Lots"):
        assert shown in page
    assert item(lite_house, "85123A").tracks_lots is True
    assert EAN in lead.get("/items").text


def test_a_form_that_cannot_be_kept_comes_back_with_what_was_typed(lead, lite_house):
    lead.get("/items/new")
    answer = lead.post(
        "/items", sku="A", name="", weight_g="-4", note="Keep upright", tracks_lots="yes"
    )

    assert answer.status_code == 422
    assert 'value="-4"' in answer.text
    assert "Keep upright" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'name="tracks_lots" value="yes" checked' in answer.text
    assert item(lite_house, "A") is None


def test_a_barcode_of_something_else_is_told_by_its_field_and_no_item_is_made(lead, lite_house):
    written(lead, code=EAN)
    answer = lead.post("/items", sku="B", name="b", code=EAN)

    assert answer.status_code == 409
    assert "White hanging heart" in answer.text
    assert item(lite_house, "B") is None


def test_the_same_form_sent_twice_makes_one_item(lead):
    assert lead.post("/items", **HEART, _key="k").status_code == 303
    assert lead.post("/items", **HEART, _key="k").status_code == 303

    assert "1 item, newest first" in lead.get("/items").text


def test_an_item_is_changed_and_an_old_page_is_told(lead, lite_house):
    url = written(lead, tracks_lots="yes")
    assert 'name="_version" value="1"' in lead.get(f"{url}/edit").text

    assert lead.post(url, **{**HEART, "name": "Heart"}, _version="1").status_code == 303
    assert item(lite_house, "85123A").tracks_lots is False

    late = lead.post(url, **{**HEART, "name": "Star"}, _version="1")
    assert late.status_code == 412
    assert 'value="Star"' in late.text
    assert 'name="_version" value="2"' in late.text


def test_an_unticked_box_stays_unticked_when_the_form_comes_back(lead):
    url = written(lead, tracks_lots="yes")

    answer = lead.post(url, sku="85123A", name="")

    assert answer.status_code == 422
    assert 'name="tracks_lots" value="yes" checked' not in answer.text


def test_archiving_offers_the_way_back(lead):
    url = written(lead)

    assert lead.post(f"{url}/archive").headers["Location"] == url
    assert "Put it back" in lead.get(url).text
    assert "White hanging heart" not in lead.get("/items").text
    assert "White hanging heart" in lead.get("/items?view=archived").text
    lead.post(f"{url}/unarchive")
    assert "White hanging heart" in lead.get("/items").text


def test_barcodes_are_added_and_removed_on_the_page_of_the_item(lead):
    url = written(lead)

    assert (
        lead.post(f"{url}/barcodes", code="CASE-1", kind="case", quantity_per_scan="48").status_code
        == 303
    )
    assert "CASE-1" in lead.get(url).text
    wrong = lead.post(f"{url}/barcodes", code="CASE-2", kind="case", quantity_per_scan="1")
    assert wrong.status_code == 422
    assert 'value="CASE-2"' in wrong.text
    assert "A pack or a case holds 2 to" in wrong.text
    lead.post(f"{url}/barcodes/1/remove")
    assert "No barcode yet." in lead.get(url).text


@pytest.mark.parametrize(
    "asked", ["q=hanging", "q=85123a", f"q={EAN}", "kept_by=lot", "q=%C3%A4", "view=bare"]
)
def test_the_list_is_narrowed_by_what_people_know(lead, asked):
    written(lead, code=EAN, tracks_lots="yes")
    written(lead, sku="21071", name="Mug ä")

    page = lead.get(f"/items?{asked}").text

    wanted = "Mug ä" if asked in ("q=%C3%A4", "view=bare") else "White hanging heart"
    other = "White hanging heart" if wanted == "Mug ä" else "Mug ä"
    assert wanted in page
    assert other not in page


@pytest.mark.parametrize(
    "q", ["%00", "%ED%A0%80", "%25", "_", "'", "\\\\", "x" * 5000, "%E2%80%8B"]
)
def test_whatever_is_searched_for_is_answered(house, q):
    here = visitors.as_role(visitors.open_app(house), house, Role.PICKER)

    assert here.get(f"/items?q={q}").status_code == 200


def test_a_long_list_goes_on_by_cursor(lead, lite_house):
    take_all_of(lead, "sku,name\n" + "".join(f"S{n},Mug {n}\n" for n in range(60)))

    first = lead.get("/items").text
    assert "50 of 60" in first
    following = (
        first.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    )
    assert "10 of 60" in lead.get(following).text


def test_nobody_is_hurt_by_what_an_item_is_called(lead):
    url = written(lead, name="<script>alert(1)</script>", note="<img src=x onerror=alert(1)>")

    for page in (lead.get(url).text, lead.get("/items").text, lead.get(f"{url}/edit").text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def drawn():
    page = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(page, "PNG")
    return page.getvalue()


def test_a_picture_is_dropped_shown_and_taken_away(lead, picker):
    url = written(lead)

    assert (
        lead.post(f"{url}/picture", file=file(drawn(), "../../etc/passwd.png")).status_code == 303
    )
    shown = lead.get(url).text.partition('<img class="prod" src="')[2].partition('"')[0]
    answer = picker.client.get(shown)
    assert (answer.status_code, answer.content_type) == (200, "image/webp")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    lead.post(f"{url}/picture/remove")
    assert '<img class="prod"' not in lead.get(url).text


@pytest.mark.parametrize("sent", [{}, {"file": file(b"<svg/>", "x.png")}])
def test_what_is_no_picture_is_told_beside_the_form(lead, sent):
    url = written(lead)

    answer = lead.post(f"{url}/picture", **sent)

    assert answer.status_code == 422
    assert "picture" in answer.text


@pytest.mark.parametrize("name", ["x.webp", "..%2fbinwave.sqlite", "a" * 64 + ".webp", "%00.webp"])
def test_only_pictures_are_shown_under_the_address_of_pictures(lead, name):
    assert lead.get(f"/items/pictures/{name}").status_code == 404


def dropped(lead, data, name="products.csv"):
    answer = lead.post("/items/import", file=file(data, name))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def take_all_of(lead, data):
    url = dropped(lead, data)
    lead.get(url)
    return lead.post(url)


def test_a_file_is_looked_at_before_it_is_taken(lead, lite_house):
    url = dropped(lead, f"sku,name,barcode\n85123A,White hanging heart,{EAN}\n21071,Mug,\n")

    page = lead.get(url).text
    assert "2 new" in page
    assert EAN in page
    assert "Take it in" in page
    assert item(lite_house, "21071") is None

    answer = lead.post(url)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/items")
    assert "2 new" in lead.get("/items").text
    assert item(lite_house, "21071") is not None


def test_a_file_taken_twice_with_one_key_is_taken_once(lead, lite_house):
    url = dropped(lead, "sku,name\nA,a\n")
    lead.get(url)

    assert lead.post(url, _key="k").status_code == 303
    assert lead.post(url, _key="k").status_code == 303
    assert [row.type for row in visitors.events(lite_house, "catalog.ItemCreated")] == [
        "catalog.ItemCreated"
    ]


def test_every_wrong_cell_is_shown_and_the_file_cannot_be_taken(lead, lite_house):
    url = dropped(lead, "sku,name,weight_g\nA,<b>a</b>,NaN\nB,b,-4\n")

    page = lead.get(url).text
    for shown in ("C weight_g", "NaN", "-4", "A whole number from 1 to", "&lt;b&gt;a"):
        assert shown in page
    assert "Take it in" not in page
    assert lead.post(url).status_code == 422
    assert item(lite_house, "A") is None


def test_a_clash_with_what_is_here_is_shown_too(lead):
    written(lead, code=EAN)

    page = lead.get(dropped(lead, f"sku,name,barcode\nB,b,{EAN}\n")).text

    assert "White hanging heart" in page
    assert "Take it in" not in page


@pytest.mark.parametrize("data", ["", "sku\n", "colour\nred\n", b"\x89PNG\r\n", b"PK\x03\x04"])
def test_a_file_that_is_no_sheet_of_items_is_told_so(lead, data):
    answer = lead.get(dropped(lead, data))

    assert answer.status_code == 422
    assert "What must change in the file" in answer.text


def test_a_form_without_a_file_asks_for_one(lead):
    answer = lead.post("/items/import")

    assert answer.status_code == 422
    assert "There is no file yet" in answer.text


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fsecret_key", "x"])
def test_a_file_that_is_gone_or_never_was_is_told(lead, name):
    assert lead.get(f"/items/import/{name}").status_code == 404
    lead.get("/items/import")
    assert lead.post(f"/items/import/{name}").status_code == 404


def test_files_that_nobody_came_back_for_are_forgotten(lead, lite_house, clock):
    first, second = dropped(lead, "sku,name\nA,a\n"), dropped(lead, "sku,name\nB,b\n")
    folder = lite_house.settings.data_dir / "imports"
    long_ago = (clock.now() - timedelta(days=1, seconds=1)).timestamp()
    os.utime(folder / first.rpartition("/")[2], (long_ago, long_ago))

    third = dropped(lead, "sku,name\nC,c\n")

    assert [lead.get(url).status_code for url in (first, second, third)] == [404, 200, 200]


def test_a_workbook_is_dropped_like_any_file(lead):
    book = openpyxl.Workbook()
    book.active.append(["SKU", "Name"])
    book.active.append([85123, "Heart"])
    page = io.BytesIO()
    book.save(page)

    assert "1 new" in lead.get(dropped(lead, page.getvalue(), "products.xlsx")).text


def test_what_is_exported_is_imported_again_and_changes_nothing(lead):
    url = written(lead, code=EAN, name="=HYPERLINK(1)", note="-2 °C", tracks_lots="yes")
    lead.post(f"{url}/barcodes", code="CASE-1", kind="case", quantity_per_scan="48")
    written(lead, sku="21071", name="Mug, cream")

    answer = lead.get("/items/export")

    assert answer.content_type.startswith("text/csv")
    assert "'=HYPERLINK(1)" in answer.text
    assert "2 as they are" in lead.get(dropped(lead, answer.data)).text
    answer.close()


def test_boxes_are_written_down_changed_and_archived(lead, picker):
    assert "No box yet." in lead.get("/box_types").text
    assert lead.post("/box_types", **BOX).status_code == 303
    assert "200 × 150 × 100 mm" in lead.get("/box_types").text

    wrong = lead.post("/box_types", **{**BOX, "name": "s", "width_mm": ""})
    assert wrong.status_code == 422
    assert 'value="200"' in wrong.text

    assert lead.post("/box_types/1", **{**BOX, "width_mm": "160"}, _version="1").status_code == 303
    assert lead.post("/box_types/1", **BOX, _version="1").status_code == 412
    assert "200 × 160 × 100 mm" in picker.get("/box_types/1").text
    lead.post("/box_types/1/archive")
    assert "Put it back" in lead.get("/box_types/1").text
    assert "No box yet." in lead.get("/box_types").text
    lead.post("/box_types/1/unarchive")
    assert "200 × 160 × 100 mm" in lead.get("/box_types").text


def test_only_leads_change_the_catalog(lead, picker):
    url = written(lead)

    for path in ("/items/new", f"{url}/edit", "/items/import", "/items/export", "/box_types/new"):
        assert picker.get(path).status_code == 403
    for path in ("/items", url, f"{url}/archive", f"{url}/barcodes", "/items/import", "/box_types"):
        assert picker.post(path).status_code == 403
    assert "White hanging heart" in picker.get(url).text


@pytest.mark.parametrize("path", ["/items/77", "/items/77/edit", "/box_types/77"])
def test_what_is_not_there_is_told_on_a_page(lead, path):
    answer = lead.get(path)

    assert answer.status_code == 404
    assert "here" in answer.text


def test_pages_are_worded_in_german_too(lead):
    page = lead.get("/items", headers={"Accept-Language": "de"}).text

    assert "Noch keine Artikel." in page
