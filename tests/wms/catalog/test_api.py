"""The catalog as machines see it."""

import io

import pytest
from PIL import Image

from tests import visitors
from wms.people.policy import Role

EAN = "4006381333931"
HEART = {"sku": "85123A", "name": "White hanging heart", "weight_g": 140}
BOX = {
    "name": "S",
    "length_mm": 200,
    "width_mm": 150,
    "height_mm": 100,
    "weight_g": 80,
    "max_weight_g": 5000,
}


@pytest.fixture
def machine(app, lite_house):
    return visitors.a_machine(app, lite_house, Role.MACHINE)


def created(machine, path, body):
    answer = machine.post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def faults(answer):
    return [(fault["where"], fault["code"]) for fault in answer.get_json()["errors"]]


def test_a_product_is_written_down_and_read_back(machine):
    answer = machine.post("/api/v1/products", HEART)

    assert answer.status_code == 201
    assert answer.headers["Location"] == "/api/v1/products/1"
    assert answer.headers["ETag"] == '"1"'
    read = machine.get(answer.headers["Location"])
    assert read.get_json() == answer.get_json()
    assert (read.get_json()["weight_g"], read.get_json()["barcodes"]) == (140, [])
    assert read.get_json()["created_at"].endswith("Z")


def test_an_unchanged_product_is_answered_in_short(machine):
    created(machine, "/api/v1/products", HEART)

    assert machine.get("/api/v1/products/1", headers={"If-None-Match": '"1"'}).status_code == 304


def test_the_same_key_gets_the_same_answer_and_one_product(machine):
    key = {"Idempotency-Key": "k-1"}

    first = machine.post("/api/v1/products", HEART, headers=key)
    again = machine.post("/api/v1/products", HEART, headers=key)

    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(machine.get("/api/v1/products").get_json()["data"]) == 1


def test_only_what_is_sent_changes(machine):
    created(machine, "/api/v1/products", HEART)

    answer = machine.patch(
        "/api/v1/products/1", {"name": "Heart", "weight_g": None}, headers={"If-Match": '"1"'}
    )

    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    assert {name: answer.get_json()[name] for name in HEART} == {
        "sku": "85123A",
        "name": "Heart",
        "weight_g": None,
    }


def test_an_old_version_is_not_written_over(machine):
    created(machine, "/api/v1/products", HEART)
    machine.patch("/api/v1/products/1", {"name": "Heart"})

    answer = machine.patch("/api/v1/products/1", {"name": "Star"}, headers={"If-Match": '"1"'})

    assert (answer.status_code, answer.get_json()["code"]) == (412, "kernel.stale")
    assert machine.get("/api/v1/products/1").get_json()["name"] == "Heart"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"name": "x"}, "sku"),
        ({"sku": "A", "name": ""}, "name"),
        ({"sku": "A", "name": "x", "weight_g": -4}, "weight_g"),
        ({"sku": "A", "name": "x", "weight_g": 1e9}, "weight_g"),
        ({"sku": "A", "name": "x", "colour": "red"}, "colour"),
        ({"sku": "A\u0000", "name": "x"}, "sku"),
        ({"sku": "A", "name": "x", "origin_country": "ZZ"}, "origin_country"),
        ({"sku": "WXUtoken", "name": "x"}, "sku"),
        ({"sku": "A" * 4096, "name": "x"}, "sku"),
    ],
)
def test_what_cannot_be_is_refused_by_field(machine, body, where):
    answer = machine.post("/api/v1/products", body)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert where in [fault["where"] for fault in answer.get_json()["errors"]]


def test_a_taken_sku_names_its_holder(machine):
    created(machine, "/api/v1/products", HEART)

    answer = machine.post("/api/v1/products", {**HEART, "sku": "85123a"})

    assert answer.status_code == 409
    assert faults(answer) == [("sku", "catalog.code_taken")]
    assert "White hanging heart" in answer.get_json()["errors"][0]["detail"]


def test_products_are_listed_a_page_at_a_time_and_by_filter(machine):
    for number in range(5):
        created(machine, "/api/v1/products", {"sku": f"S-{number}", "name": f"Mug {number}"})
    created(machine, "/api/v1/products/3/barcodes", {"code": EAN})

    first = machine.get("/api/v1/products?limit=2").get_json()
    second = machine.get(f"/api/v1/products?limit=2&cursor={first['next_cursor']}").get_json()
    third = machine.get(f"/api/v1/products?limit=2&cursor={second['next_cursor']}").get_json()

    assert [row["id"] for page in (first, second, third) for row in page["data"]] == [1, 2, 3, 4, 5]
    assert third["next_cursor"] is None
    for asked in (f"barcode={EAN}", f"barcode=0{EAN}", "sku=S-2", "q=ug 2", f"q={EAN}"):
        assert [
            row["id"] for row in machine.get(f"/api/v1/products?{asked}").get_json()["data"]
        ] == [3]
    assert machine.get("/api/v1/products?q=%25").get_json()["data"] == []
    assert machine.get("/api/v1/products?cursor=nonsense").status_code == 400
    assert machine.get("/api/v1/products?limit=201").status_code == 422


def test_an_archived_product_is_listed_only_when_asked_for(machine):
    created(machine, "/api/v1/products", HEART)

    assert machine.post("/api/v1/products/1/archive", headers={"If-Match": '"1"'}).get_json()[
        "archived_at"
    ]
    assert machine.get("/api/v1/products").get_json()["data"] == []
    assert len(machine.get("/api/v1/products?archived=true").get_json()["data"]) == 1
    assert machine.post("/api/v1/products/1/unarchive").get_json()["archived_at"] is None


def test_barcodes_are_put_on_and_taken_off(machine):
    created(machine, "/api/v1/products", HEART)
    case = created(
        machine,
        "/api/v1/products/1/barcodes",
        {"code": "CASE-1", "kind": "case", "quantity_per_scan": 48},
    )
    unit = machine.post("/api/v1/products/1/barcodes", {"code": EAN})

    assert unit.headers["Location"] == "/api/v1/products/1/barcodes/2"
    assert machine.get("/api/v1/products/1/barcodes/2").get_json() == unit.get_json()
    assert (case["kind"], case["quantity_per_scan"]) == ("case", 48)
    assert machine.send("DELETE", "/api/v1/products/1/barcodes/2").status_code == 204
    codes = [row["code"] for row in machine.get("/api/v1/products/1/barcodes").get_json()["data"]]
    assert codes == ["CASE-1"]
    assert machine.get("/api/v1/products/1/barcodes/2").status_code == 404


def test_a_code_is_answered_with_all_that_it_means(machine):
    created(machine, "/api/v1/products", HEART)
    created(
        machine,
        "/api/v1/products/1/barcodes",
        {"code": "14006381333938", "kind": "pack", "quantity_per_scan": 6},
    )

    [meaning] = machine.get("/api/v1/codes/(01)14006381333938(10)L7(17)271130").get_json()["data"]

    assert (meaning["kind"], meaning["id"], meaning["units"]) == ("item", 1, 6)
    assert (meaning["lot"], meaning["expires_on"]) == ("L7", "2027-11-30")
    raw = machine.get("/api/v1/codes/011400638133393810L7?symbology=]C1").get_json()["data"]
    assert [found["lot"] for found in raw] == ["L7"]


@pytest.mark.parametrize(
    "code", ["4006381333931", "a/b", "x" * 4096, "%00", "%ED%A0%80", "WXCDONE"]
)
def test_an_unknown_code_is_told_in_words(machine, code):
    answer = machine.get(f"/api/v1/codes/{code}")

    assert (answer.status_code, answer.get_json()["code"]) == (404, "catalog.nobody_knows")
    assert answer.get_json()["detail"].startswith("Nobody here knows")


def test_lots_are_found_or_made(machine):
    created(machine, "/api/v1/products", HEART)
    first = created(machine, "/api/v1/products/1/lots", {"code": "L7"})
    dated = created(machine, "/api/v1/products/1/lots", {"code": "L7", "expires_on": "2027-11-30"})

    assert (dated["id"], dated["expires_on"]) == (first["id"], "2027-11-30")
    assert machine.get("/api/v1/products/1/lots").get_json()["data"] == [dated]
    assert machine.get(f"/api/v1/products/1/lots/{first['id']}").get_json() == dated
    answer = machine.post("/api/v1/products/1/lots", {"code": "L7", "expires_on": "2028-01-01"})
    assert (answer.status_code, faults(answer)) == (
        409,
        [("expires_on", "catalog.lot_has_other_date")],
    )


def test_the_lot_of_another_product_is_not_this_ones(machine):
    created(machine, "/api/v1/products", HEART)
    created(machine, "/api/v1/products", {"sku": "B", "name": "b"})
    lot = created(machine, "/api/v1/products/1/lots", {"code": "L7"})

    assert machine.get(f"/api/v1/products/2/lots/{lot['id']}").status_code == 404


def picture(colour="red", size=(40, 30), kind="PNG"):
    page = io.BytesIO()
    Image.new("RGB", size, colour).save(page, kind)
    page.seek(0)
    return page


def test_a_picture_is_kept_shown_and_taken_away(machine):
    created(machine, "/api/v1/products", HEART)

    answer = machine.send(
        "POST", "/api/v1/products/1/picture", data={"file": (picture(), "heart.png")}
    )

    assert answer.status_code == 200, answer.text
    url = answer.get_json()["picture_url"]
    shown = machine.get(url)
    assert (shown.status_code, shown.content_type) == (200, "image/webp")
    assert "immutable" in shown.headers["Cache-Control"]
    assert machine.send("DELETE", "/api/v1/products/1/picture").get_json()["picture_url"] is None


def test_the_same_key_with_another_picture_is_refused(machine):
    created(machine, "/api/v1/products", HEART)

    def send(colour):
        data = {"file": (picture(colour), "same.png")}
        return machine.send(
            "POST", "/api/v1/products/1/picture", data=data, headers={"Idempotency-Key": "k"}
        )

    assert send("red").status_code == 200
    assert send("red").headers["Idempotent-Replayed"] == "true"
    assert send("blue").status_code == 422


def test_what_is_no_picture_is_refused(machine):
    created(machine, "/api/v1/products", HEART)

    answer = machine.send(
        "POST", "/api/v1/products/1/picture", data={"file": (io.BytesIO(b"<svg/>"), "x.png")}
    )

    assert (answer.status_code, faults(answer)) == (422, [("file", "catalog.picture_unreadable")])


def test_boxes_are_written_down_changed_and_taken_out_of_use(machine):
    answer = machine.post("/api/v1/box_types", BOX)
    assert (answer.status_code, answer.headers["Location"]) == (201, "/api/v1/box_types/1")

    changed = machine.patch("/api/v1/box_types/1", {"width_mm": 160}, headers={"If-Match": '"1"'})
    assert (changed.get_json()["width_mm"], changed.get_json()["name"]) == (160, "S")
    assert (
        machine.patch(
            "/api/v1/box_types/1", {"width_mm": 1}, headers={"If-Match": '"1"'}
        ).status_code
        == 412
    )
    assert faults(machine.patch("/api/v1/box_types/1", {"max_weight_g": 80})) == [
        ("max_weight_g", "catalog.box_carries")
    ]
    assert machine.post("/api/v1/box_types", BOX).status_code == 409
    machine.post("/api/v1/box_types/1/archive")
    assert machine.get("/api/v1/box_types").get_json()["data"] == []
    assert machine.get("/api/v1/box_types?archived=true").get_json()["data"][0]["id"] == 1
    machine.post("/api/v1/box_types/1/unarchive")
    assert machine.get("/api/v1/box_types/1").get_json()["archived_at"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/products/77",
        "/api/v1/products/77/barcodes",
        "/api/v1/products/77/lots",
        "/api/v1/box_types/77",
    ],
)
def test_what_is_not_there_is_told(machine, path):
    assert machine.get(path).status_code == 404


def test_a_token_that_may_only_read_changes_nothing(app, lite_house):
    reader = visitors.a_machine(app, lite_house, Role.MACHINE, scopes=["catalog:read"])

    assert reader.get("/api/v1/products").status_code == 200
    assert reader.post("/api/v1/products", HEART).status_code == 403
    assert reader.get("/api/v1/codes/X").status_code == 403
