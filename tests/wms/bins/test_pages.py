import re
from io import BytesIO

import pytest

from tests.kit import a_bin, a_place, a_warehouse
from tests.visitors import as_role, open_app
from wms.bins import queries
from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.people.policy import Role


@pytest.fixture
def app(lite_house):
    return open_app(lite_house)


@pytest.fixture
def lead(app, lite_house):
    return as_role(app, lite_house, Role.SUPERVISOR)


@pytest.fixture
def database(lite_house):
    return lite_house.database


def test_a_house_without_a_warehouse_says_what_to_do(lead):
    page = lead.get("/bins").text

    assert "No warehouse yet" in page
    assert 'href="/warehouses"' in page


def test_a_warehouse_is_opened_by_form_and_twice_sent_is_once_open(lead, database):
    form = {"code": "DAY", "name": "Dayton", "time_zone": "America/New_York", "_key": "one"}

    answers = [lead.post("/warehouses", **form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    with database.read() as session:
        assert [warehouse.code for warehouse in queries.warehouses(session)] == ["DAY"]


def test_a_form_comes_back_with_what_was_typed_and_why(lead):
    answer = lead.post(
        "/warehouses", code="DAY", name="Dayton", time_zone="Mars/Olympus", _key="one"
    )

    assert answer.status_code == 422
    assert 'value="Mars/Olympus"' in answer.text
    assert "Nobody knows the time zone Mars/Olympus" in answer.text


def test_bins_are_found_by_part_of_their_code_and_lit_on_the_floor(lead, database):
    warehouse_id = a_warehouse(database)
    a_bin(database, warehouse_id, "A-01", x_mm=0, y_mm=0)
    a_bin(database, warehouse_id, "B-01", x_mm=2000, y_mm=0)

    page = lead.get("/bins?q=b-").text

    assert "B-01</a>" in page
    assert "A-01</a>" not in page
    assert re.findall(r'class="(here|shelf)"[^>]*><title>([^<]+)', page) == [
        ("shelf", "A-01"),
        ("here", "B-01"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "kind=shelf",
        "zone=x",
        "warehouse=99999999999999999999",
        "role=best",
        "q=%25",
        "q=%00%ff",
        "kind=",
    ],
)
def test_a_filter_that_cannot_mean_anything_is_left_out(lead, database, query):
    a_bin(database, a_warehouse(database), "A-01")

    assert lead.get(f"/bins?{query}").status_code == 200


def test_the_list_goes_on_where_it_ended(lead, database):
    warehouse_id = a_warehouse(database)
    lead.post(
        "/bins/layout",
        warehouse_id=warehouse_id,
        aisles=2,
        bays=8,
        levels=2,
        docks=0,
        benches=0,
        _key="one",
    )

    first = lead.get("/bins").text
    next_url = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = lead.get(next_url).text

    assert "A-01-01-1</a>" in first
    assert "A-01-01-1</a>" not in second
    assert "50 of 64" in first
    assert 'rel="first"' in second


def test_a_bin_is_made_changed_and_shown_as_changed(lead, database):
    warehouse_id = a_warehouse(database)

    made = lead.post(
        "/bins/new",
        warehouse_id=warehouse_id,
        code="A-07",
        kind="bin",
        level=2,
        is_pick_face="yes",
        _key="1",
    )

    location_id = int(made.headers["Location"].rsplit("/", 1)[1])
    form = lead.get(f"/bins/{location_id}/edit").text
    assert 'name="_version" value="1"' in form
    changed = lead.post(
        f"/bins/{location_id}/edit", code="A-08", kind="bin", level=3, _version=1, _key="2"
    )
    assert changed.status_code == 303
    stale = lead.post(f"/bins/{location_id}/edit", code="A-09", kind="bin", _version=1, _key="3")
    assert stale.status_code == 412
    assert 'value="A-09"' in stale.text
    with database.read() as session:
        found = session.get_one(Location, location_id)
    assert (found.code, found.level, found.is_pick_face) == ("A-08", 3, False)


def test_what_is_typed_wrong_is_told_by_the_field(lead, database):
    warehouse_id = a_warehouse(database)

    answer = lead.post(
        "/bins/new",
        warehouse_id=warehouse_id,
        code="A-07",
        kind="bin",
        level="top",
        capacity_g="-1",
        _key="1",
    )

    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2
    assert 'value="top"' in answer.text


def test_a_tote_is_made_on_the_same_page_and_moved_by_code(lead, database):
    warehouse_id = a_warehouse(database)
    dock_id = a_place(database, warehouse_id, "DOCK-1", Kind.DOCK)

    made = lead.post("/bins/new", warehouse_id=warehouse_id, code="T-1", kind="tote", _key="1")
    tote_id = int(made.headers["Location"].rsplit("/", 1)[1])
    lead.post(f"/bins/{tote_id}/move", to="WXLdock-1", _key="2")

    with database.read() as session:
        assert session.get_one(Location, tote_id).parent_id == dock_id
    assert lead.post(f"/bins/{tote_id}/move", to="NOWHERE", _key="3").status_code == 404


def test_numbers_show_their_floor_before_anything_is_built(lead, database):
    a_warehouse(database)

    page = lead.get("/bins/layout?aisles=2&bays=3&levels=2&docks=1&benches=0&pick_levels=1").text

    assert "25 places" in page
    assert "From A-01-01-1 to DOCK-1." in page
    assert page.count('class="shelf"') == 12
    with database.read() as session:
        assert queries.counts(session) == {"outside": 6}


def test_what_was_shown_is_what_is_built(lead, database):
    warehouse_id = a_warehouse(database)
    page = lead.get("/bins/layout?aisles=2&bays=3&levels=2&pick_levels=1").text
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)">',
            page.split("Build it")[0].rsplit("<form", 1)[1],
        )
    )

    answer = lead.post("/bins/layout", **hidden)

    assert answer.headers["Location"] == f"/bins?warehouse={warehouse_id}"
    with database.read() as session:
        assert queries.counts(session)["bin"] == 24
        assert queries.location_by_code(session, warehouse_id, "A-01-01-2").role == "reserve"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("aisles=0", "Type a whole number from 1 to 99."),
        ("aisles=99&bays=400", "can be made in one go"),
        ("levels=2&pick_levels=3", "The shelves have levels 1 to 2."),
        ("pick_levels=top", "Write levels as in 1, 2 or 1-3."),
    ],
)
def test_numbers_that_make_no_floor_are_told_by_their_field(lead, database, query, told):
    a_warehouse(database)

    page = lead.get(f"/bins/layout?{query}").text

    assert told in page
    assert "Build it" not in page


def test_codes_in_the_way_are_told_before_and_refused_after(lead, database):
    warehouse_id = a_warehouse(database)
    a_bin(database, warehouse_id, "A-01-02-1")

    page = lead.get("/bins/layout?aisles=1&bays=1&levels=1").text
    answer = lead.post(
        "/bins/layout", warehouse_id=warehouse_id, aisles=1, bays=1, levels=1, _key="1"
    )

    assert "the first is A-01-02-1" in page
    assert answer.status_code == 409
    assert "A-01-02-1" in answer.text


def test_a_file_is_looked_at_and_then_taken(lead, database):
    a_warehouse(database)
    lead.get("/bins/import")
    file = (BytesIO(b"code;level\nA-01;1\nA-02;2\n"), "bins.csv")

    seen = lead.post("/bins/import", file=file)
    page = lead.get(seen.headers["Location"]).text
    taken = lead.post(seen.headers["Location"], _key="1")

    assert "2 new" in page
    assert taken.headers["Location"] == "/bins"
    with database.read() as session:
        assert queries.counts(session)["bin"] == 2


def test_hours_holidays_zones_and_lanes_are_set_on_the_page_of_a_warehouse(lead, database):
    warehouse_id = a_warehouse(database)
    place_id = a_place(database, warehouse_id, "LANE-1", Kind.LANE)
    where = f"/warehouses/{warehouse_id}"

    answers = [
        lead.post(f"{where}/hours", opens_0="08:00", closes_0="17:00", _version=1, _key="1"),
        lead.post(f"{where}/holidays", day="2026-01-12", holiday="Stocktaking", _key="2"),
        lead.post(f"{where}/zones", zone_code="A", _key="3"),
        lead.post(f"{where}/lanes", carrier="UPS", location_id=place_id, _key="4"),
        lead.post("/lanes/1", leaves_0="17:30", _version=1, _key="5"),
    ]

    assert [answer.status_code for answer in answers] == [303] * 5
    page = lead.get(where).text
    assert "Rests now. Works again from Mon 5 Jan 08:00." in page
    assert "Stocktaking" in page
    assert "next truck Mon 5 Jan 17:30" in page


def test_half_a_shift_is_told_by_its_field(lead, database):
    warehouse_id = a_warehouse(database)

    answer = lead.post(
        f"/warehouses/{warehouse_id}/hours", opens_0="08:00", closes_1="99:00", _key="1"
    )

    assert answer.status_code == 422
    assert "A day needs both times, or none." in answer.text
    assert "Write a time as the clock shows it" in answer.text


def test_what_was_set_can_be_taken_back(lead, database):
    warehouse_id = a_warehouse(database)
    where = f"/warehouses/{warehouse_id}"
    lead.post(f"{where}/holidays", day="2026-01-12", holiday="Stocktaking", _key="1")
    lead.post(f"{where}/zones", zone_code="A", _key="2")

    lead.post(f"{where}/holidays/remove", day="2026-01-12", _key="3")
    lead.post("/zones/1/archive", _key="4")
    lead.post(f"{where}/archive", _key="5")

    with database.read() as session:
        assert queries.holidays_of(session, warehouse_id) == {}
        assert queries.zones(session) == []
        assert queries.warehouses(session) == []


@pytest.mark.parametrize("path", ["/bins/new", "/bins/layout", "/bins/import", "/bins/1/edit"])
def test_pickers_look_but_do_not_build(app, lite_house, path):
    picker = as_role(app, lite_house, Role.PICKER)

    assert picker.get(path).status_code == 403
    assert picker.get("/bins").status_code == 200
    assert picker.get("/warehouses").status_code == 200


@pytest.mark.parametrize("path", ["/warehouses/77", "/bins/77/edit"])
def test_what_is_not_there_is_said_so(lead, path):
    assert lead.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/warehouses/{}", "/bins/{}/edit", "/bins/{}"])
def test_a_number_that_no_database_could_look_up_is_no_page(lead, path):
    assert lead.get(path.format(2**63)).status_code == 404
