import pytest

from tests.kit import a_bin, a_place, a_warehouse
from tests.visitors import a_machine, open_app
from wms.bins.places import Kind
from wms.people.policy import Role

WAREHOUSE = {"code": "DAY", "name": "Dayton", "time_zone": "America/New_York"}


@pytest.fixture
def app(lite_house):
    return open_app(lite_house)


@pytest.fixture
def machine(app, lite_house):
    return a_machine(app, lite_house, Role.MACHINE)


@pytest.fixture
def database(lite_house):
    return lite_house.database


def test_a_warehouse_is_opened_read_changed_and_archived(machine):
    made = machine.post("/api/v1/warehouses", WAREHOUSE)
    where = made.headers["Location"]

    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert machine.get(where).json == made.json
    changed = machine.patch(
        where,
        {"name": "Reno", "hours": [{"weekday": 0, "opens": "08:00", "closes": "17:00"}]},
        headers={"If-Match": '"1"'},
    )
    assert changed.status_code == 200
    assert (changed.json["name"], changed.json["time_zone"]) == ("Reno", "America/New_York")
    assert changed.json["hours"] == [{"weekday": 0, "opens": "08:00:00", "closes": "17:00:00"}]
    assert machine.patch(where, {"name": "Ohio"}, headers={"If-Match": '"1"'}).status_code == 412
    assert machine.post(f"{where}/archive").json["archived_at"].endswith("Z")
    assert machine.get("/api/v1/warehouses").json == {"data": [], "next_cursor": None}
    assert len(machine.get("/api/v1/warehouses?archived=true").json["data"]) == 1


def test_a_warehouse_tells_whether_it_works(machine, database):
    where = f"/api/v1/warehouses/{a_warehouse(database)}"
    machine.patch(
        where, {"hours": [{"weekday": 0, "opens": "08:00", "closes": "17:00"}], "holidays": []}
    )

    told = machine.get(f"{where}/open?at=2026-01-05T14:00:00Z").json

    assert told == {
        "at": "2026-01-05T14:00:00Z",
        "is_open": True,
        "opens_at": "2026-01-05T14:00:00Z",
        "closes_at": "2026-01-05T22:00:00Z",
    }
    assert machine.get(f"{where}/open?at=2026-01-05T14:00:00").status_code == 422


def test_the_same_key_makes_one_bin(machine, database):
    body = {"warehouse_id": a_warehouse(database), "code": "A-01", "kind": "bin", "level": 2}

    first, second = (
        machine.post("/api/v1/locations", body, headers={"Idempotency-Key": "k1"}) for _ in range(2)
    )

    assert first.json == second.json
    assert second.headers["Idempotent-Replayed"] == "true"
    assert first.json["holds_sellable"] is True
    assert len(machine.get("/api/v1/locations").json["data"]) == 1


def test_only_what_is_sent_is_changed(machine, database):
    location_id = a_bin(database, a_warehouse(database), "A-01", level=2, capacity_units=9)
    where = f"/api/v1/locations/{location_id}"

    changed = machine.patch(
        where, {"capacity_units": None, "is_pick_face": True}, headers={"If-Match": '"1"'}
    )

    assert (
        changed.json["capacity_units"],
        changed.json["level"],
        changed.json["is_pick_face"],
    ) == (None, 2, True)
    assert changed.headers["ETag"] == '"2"'
    assert machine.patch(where, {"level": 3}, headers={"If-Match": '"1"'}).status_code == 412
    assert machine.patch(where, {"code": "B-01"}).json["code"] == "B-01"


def test_lists_are_filtered_and_read_a_page_at_a_time(machine, database):
    warehouse_id = a_warehouse(database)
    for code in ("A-01", "A-02", "A-03", "B-01"):
        a_bin(database, warehouse_id, code)
    a_place(database, warehouse_id, "DOCK-1", Kind.DOCK)

    first = machine.get("/api/v1/locations?q=A-&limit=2").json
    rest = machine.get(f"/api/v1/locations?q=A-&limit=2&cursor={first['next_cursor']}").json

    assert [one["code"] for one in first["data"] + rest["data"]] == ["A-01", "A-02", "A-03"]
    assert rest["next_cursor"] is None
    assert [one["code"] for one in machine.get("/api/v1/locations?kind=dock").json["data"]] == [
        "DOCK-1"
    ]
    assert len(machine.get("/api/v1/locations?kind=outside").json["data"]) == 6


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "tote"},
        {"kind": "outside"},
        {"code": ""},
        {"code": "A" * 65},
        {"code": "A\ud800"},
        {"code": "A\x00"},
        {"level": 0},
        {"x_mm": 10**9},
        {"color": "red"},
        {"warehouse_id": 2**53},
        {"warehouse_id": 0},
    ],
)
def test_what_makes_no_bin_is_a_clear_answer(machine, database, body):
    whole = {"warehouse_id": a_warehouse(database), "code": "A-01", "kind": "bin"} | body

    answer = machine.post("/api/v1/locations", whole)

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"]


def test_a_bin_in_a_warehouse_that_is_not_there_is_refused(machine):
    answer = machine.post("/api/v1/locations", {"warehouse_id": 77, "code": "A-01", "kind": "bin"})

    assert (answer.status_code, answer.json["code"]) == (404, "bins.no_such_warehouse")


def test_zones_are_named_and_archived(machine, database):
    made = machine.post(
        "/api/v1/zones", {"warehouse_id": a_warehouse(database), "code": "A", "name": "Shelves"}
    )
    where = made.headers["Location"]

    assert (
        machine.patch(where, {"name": "Racks"}, headers={"If-Match": made.headers["ETag"]}).json[
            "name"
        ]
        == "Racks"
    )
    assert machine.post(f"{where}/archive").status_code == 200
    assert machine.get("/api/v1/zones").json["data"] == []
    assert machine.get(where).json["archived_at"]


def test_a_tote_is_made_moved_and_followed(machine, database):
    warehouse_id = a_warehouse(database)
    dock_id = a_place(database, warehouse_id, "DOCK-1", Kind.DOCK)
    tote = {
        "warehouse_id": warehouse_id,
        "code": "T-1",
        "kind": "tote",
        "sscc": "106141412345678908",
    }
    made = machine.post("/api/v1/lpns", tote)
    where = made.headers["Location"]

    moved = machine.post(f"{where}/moves", {"to_id": dock_id})
    machine.post(f"{where}/moves", {"to_id": None})

    assert (made.status_code, made.json["state"], moved.status_code) == (201, "free", 201)
    assert [move["to_id"] for move in machine.get(f"{where}/moves").json["data"]] == [None, dock_id]
    assert machine.get(where).json["stands_in_id"] is None
    assert machine.get(f"/api/v1/lpns?stands_in_id={dock_id}").json["data"] == []


def test_a_lane_tells_its_next_truck(machine, database):
    warehouse_id = a_warehouse(database)
    place_id = a_place(database, warehouse_id, "LANE-1", Kind.LANE)
    lane = {"warehouse_id": warehouse_id, "carrier": "ups", "location_id": place_id}
    made = machine.post(
        "/api/v1/carrier_lanes", {**lane, "cutoffs": [{"weekday": 0, "leaves": "17:30"}]}
    )
    where = made.headers["Location"]

    told = machine.get(f"{where}/next_truck?at=2026-01-05T12:00:00Z").json
    changed = machine.patch(where, {"cutoffs": []}, headers={"If-Match": made.headers["ETag"]})

    assert told["leaves_at"] == "2026-01-05T22:30:00Z"
    assert changed.json["cutoffs"] == []
    assert changed.json["location_id"] == place_id
    assert machine.post(f"{where}/close").json["archived_at"]
    assert machine.patch(where, {"cutoffs": []}).status_code == 404


def test_a_floor_is_planned_then_built_and_walked(machine, database):
    layout = {
        "warehouse_id": a_warehouse(database),
        "aisles": 2,
        "bays": 3,
        "levels": 1,
        "benches": 0,
    }

    plan = machine.post("/api/v1/locations/generate", {**layout, "dry_run": True})
    built = machine.post("/api/v1/locations/generate", layout)
    again = machine.post("/api/v1/locations/generate", layout)

    assert (plan.status_code, plan.json["count"], plan.json["made"]) == (200, 13, False)
    assert (built.status_code, built.json["made"]) == (201, True)
    assert (again.status_code, again.json["code"]) == (409, "bins.codes_taken")
    places = {one["code"]: one["id"] for one in machine.get("/api/v1/locations").json["data"]}
    near, far = places["A-01-01-1"], places["A-02-01-1"]
    ways = machine.get(f"/api/v1/distances?from={near}&to={near}&to={far}&to=999").json["data"]
    assert [way["distance_mm"] for way in ways] == [0, 1500 + 2600 + 1500, None]


def test_a_plan_tells_which_codes_are_in_the_way(machine, database):
    warehouse_id = a_warehouse(database)
    a_bin(database, warehouse_id, "A-01-01-1")

    layout = {"warehouse_id": warehouse_id, "aisles": 1, "bays": 1, "levels": 1, "dry_run": True}

    assert machine.post("/api/v1/locations/generate", layout).json["codes_taken"] == ["A-01-01-1"]


def test_ten_thousand_ways_are_told_at_once(machine, database):
    layout = {"warehouse_id": a_warehouse(database), "aisles": 5, "bays": 10, "levels": 1}
    machine.post("/api/v1/locations/generate", layout)
    places = [one["id"] for one in machine.get("/api/v1/locations?limit=100&kind=bin").json["data"]]
    asked = "&".join([f"from={one}" for one in places] + [f"to={one}" for one in places])

    ways = machine.get(f"/api/v1/distances?{asked}").json["data"]

    assert len(ways) == 10_000
    assert all(way["distance_mm"] is not None for way in ways)


@pytest.mark.parametrize(
    "path", ["/api/v1/locations", "/api/v1/warehouses", "/api/v1/zones", "/api/v1/lpns"]
)
def test_a_token_needs_the_scope(app, lite_house, path):
    stranger = a_machine(app, lite_house, Role.MACHINE, scopes=["catalog:read"])
    reader = a_machine(app, lite_house, Role.MACHINE, scopes=["bins:read"])

    assert stranger.get(path).status_code == 403
    assert reader.get(path).status_code == 200
    assert reader.post(path, {}).status_code in (403, 422)


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "now"])
def test_moments_beyond_any_calendar_are_refused(machine, database, at):
    where = f"/api/v1/warehouses/{a_warehouse(database)}"

    assert machine.get(f"{where}/open?at={at}").status_code == 422


@pytest.mark.parametrize("opens", ["08:00+02:00", "25:00", "noon"])
def test_a_wall_clock_knows_no_other_zone(machine, database, opens):
    where = f"/api/v1/warehouses/{a_warehouse(database)}"

    answer = machine.patch(where, {"hours": [{"weekday": 0, "opens": opens, "closes": "17:00"}]})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["where"] == "hours.0.opens"
