"""The page on which a file of orders is dropped, looked at, and taken."""

import io
import lzma

import pytest

from tests import visitors
from tests.kit import a_bin, a_warehouse, an_item, shelve
from tests.wms.channels.filing import kept
from wms.people.policy import Role

OWN = "order,sku,quantity,name,street1,city,zip,country\n1001,M-1,2,Kim,Mill Lane 3,Leeds,LS1 4AP,uk\n"


@pytest.fixture
def lead(app, lite_house):
    here = a_warehouse(lite_house.database)
    shelve(
        lite_house.database,
        an_item(lite_house.database, "M-1"),
        a_bin(lite_house.database, here),
        50,
    )
    return visitors.as_role(app, lite_house, Role.SUPERVISOR)


def dropped(lead, data, name="orders.csv"):
    data = data if isinstance(data, bytes) else data.encode()
    answer = lead.post("/orders/import", file=(io.BytesIO(data), name))
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_file_is_looked_at_before_it_is_taken(lead, lite_house):
    url = dropped(lead, OWN)

    page = lead.get(url).text
    assert "1 new order, 1 line, 2 units" in page
    assert kept(lite_house.database) == []

    answer = lead.post(url)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/orders")
    assert "1 new order, 1 line, 2 units" in lead.get("/orders").text
    assert [number for _, number, _, _ in kept(lite_house.database)] == ["1001"]


def test_the_second_time_all_of_it_is_known(lead):
    lead.post(dropped(lead, OWN))

    assert "1 order known" in lead.get(dropped(lead, OWN)).text


def test_what_must_change_is_shown_by_row_and_column(lead, lite_house):
    url = dropped(lead, OWN + "1002,<b>NOPE</b>,1,Bo,Mill Lane 4,Leeds,LS1,uk\n")

    page = lead.get(url).text
    assert "No item here has the SKU &lt;b&gt;NOPE&lt;/b&gt;" in page
    assert "Take it in" not in page
    assert lead.post(url).status_code == 422
    assert kept(lite_house.database) == []


def test_a_packed_file_and_a_shops_export_are_taken_as_they_are(lead):
    export = "Name,Lineitem quantity,Lineitem sku\n#1,1,M-1\n#2,1,M-1\n"

    page = lead.get(dropped(lead, lzma.compress(export.encode()), "orders_export.csv.xz")).text

    assert "2 new orders, 2 lines, 2 units" in page


@pytest.mark.parametrize(
    "data", ["", "order,sku\n", b"\x89PNG\r\n", b"\xfd7zXZ\x00no", b"PK\x03\x04"]
)
def test_what_is_no_file_of_orders_is_told_so(lead, data):
    answer = lead.get(dropped(lead, data))

    assert answer.status_code == 422
    assert "What must change in the file" in answer.text


def test_pickers_bring_in_no_orders(app, lite_house):
    picker = visitors.as_role(app, lite_house, Role.PICKER)

    assert picker.get("/orders/import").status_code == 403
    assert picker.post("/orders/import").status_code == 403
