import pytest
from sqlalchemy import select

from tests.kit import NOON, a_bin, a_warehouse
from wms.bins import queries
from wms.bins.imports import BINS
from wms.bins.tables import Location
from wms.kernel.commands import command
from wms.kernel.importing import carry_out, look
from wms.kernel.sheets import SheetRefused

FILE = """warehouse,zone,code,kind,role,pick_face,x_mm,y_mm,aisle,bay,level,capacity_units
DAY,A,A-01,bin,,yes,1000,2000,1,1,1,40
DAY,A,A-02,bin,reserve,no,1000,3000,1,2,2,
DAY,,DOCK-9,dock,,no,0,-1500,,,,
"""


@pytest.fixture
def warehouse_id(database):
    return a_warehouse(database)


@pytest.fixture
def sheet(tmp_path):
    def write(text):
        file = tmp_path / "bins.csv"
        file.write_text(text)
        return file

    return write


def taken(database, file):
    return carry_out(database, command("import", by=1, at=NOON), BINS, file).value


def refused(database, file):
    with pytest.raises(SheetRefused) as refusal:
        taken(database, file)
    return [(fault.where, fault.sentence) for fault in refusal.value.faults]


def test_a_file_of_bins_is_taken_whole(database, warehouse_id, sheet):
    counts = taken(database, sheet(FILE))

    assert counts == {"rows": 3, "created": 3, "changed": 0, "unchanged": 0, "zones": 1}
    with database.read() as session:
        made = queries.location_by_code(session, warehouse_id, "A-02")
        assert (made.role, made.is_pick_face, made.level, made.holds_sellable) == (
            "reserve",
            False,
            2,
            True,
        )
        assert queries.location_by_code(session, warehouse_id, "DOCK-9").y_mm == -1500
        assert [zone.code for zone in queries.zones(session)] == ["A"]


def test_the_same_file_again_changes_nothing(database, warehouse_id, sheet):
    taken(database, sheet(FILE))

    assert taken(database, sheet(FILE)) == {
        "rows": 3,
        "created": 0,
        "changed": 0,
        "unchanged": 3,
        "zones": 0,
    }


def test_a_trial_says_the_same_and_does_nothing(database, warehouse_id, sheet):
    found = look(database, BINS, sheet(FILE), at=NOON)

    assert found.can_be_taken
    assert found.counts == {"created": 3, "changed": 0, "unchanged": 0, "zones": 1}
    with database.read() as session:
        assert queries.counts(session) == {"outside": 6}
        assert queries.zones(session) == []


def test_only_what_the_file_speaks_of_is_changed(database, warehouse_id, sheet):
    bin_id = a_bin(database, warehouse_id, "A-01", level=3, capacity_units=5)

    counts = taken(database, sheet("code,capacity\nA-01,7\n"))

    assert counts["changed"] == 1
    with database.read() as session:
        found = session.get_one(Location, bin_id)
    assert (found.level, found.capacity_units) == (3, 7)


def test_a_bin_can_go_to_another_zone_and_out_of_all(database, warehouse_id, sheet):
    taken(database, sheet(FILE))

    counts = taken(database, sheet("code,zone\nA-01,B\nA-02,\n"))

    assert counts == {"rows": 2, "created": 0, "changed": 2, "unchanged": 0, "zones": 1}
    with database.read() as session:
        zones = {zone.id: zone.code for zone in queries.zones(session)}
        rows = session.execute(
            select(Location.code, Location.zone_id).where(Location.code.like("A-%"))
        )
        assert {code: zones.get(zone_id) for code, zone_id in rows} == {"A-01": "B", "A-02": None}


@pytest.mark.parametrize(
    ("rows", "where", "sentence"),
    [
        ("code,warehouse\nA-01,MARS\n", "B2 warehouse", "bins.no_warehouse_called"),
        ("code,kind\nA-01,tote\n", "B2 kind", "bins.kind_moves"),
        ("code,kind\nA-01,shelf\n", "B2 kind", "kernel.sheet_one_of"),
        ("code,role\nA-01,best\n", "B2 role", "kernel.sheet_one_of"),
        ("code,kind,pick_face\nA-01,dock,yes\n", "C2 pick_face", "bins.only_bins_are_pick_faces"),
        ("code,x_mm\nA-01,5\n", "2 y_mm", "bins.half_a_point"),
        ("code,level\nA-01,NaN\n", "B2 level", "kernel.sheet_whole"),
        ("code\nA-01\na-01\n", "A3 code", "kernel.sheet_double"),
        ("code\nold\n", "A2 code", "bins.code_taken"),
        ("code,kind\nOLD,dock\n", "B2 kind", "bins.kind_stays"),
        ("code,role\nOLD,problem\n", "B2 role", "bins.sold_otherwise"),
        ("code\nLOST\n", "2 kind", "bins.kind_stays"),
        ("code\nWXU77\n", "A2 code", "codes.reserved"),
    ],
)
def test_a_cell_that_does_not_fit_is_named_and_nothing_is_done(
    database, warehouse_id, sheet, rows, where, sentence
):
    a_bin(database, warehouse_id, "OLD")
    good = rows.replace("\n", "\nB-1" + "," * (rows.split("\n")[0].count(",")) + "\n", 1)
    where = where.replace("2", "3", 1) if "2" in where else where.replace("3", "4", 1)

    assert (where, sentence) in refused(database, sheet(good))
    with database.read() as session:
        assert queries.counts(session) == {"outside": 6, "bin": 1}


def test_with_two_warehouses_the_file_must_say_which(database, warehouse_id, sheet):
    a_warehouse(database, "RNO")

    assert refused(database, sheet("code\nA-01\n")) == [("2 warehouse", "bins.no_warehouse_called")]


def test_more_bins_than_a_batch_are_taken(database, warehouse_id, sheet):
    rows = "".join(f"R-{number:05d},bin,{number % 4 + 1}\n" for number in range(1201))

    assert taken(database, sheet(f"code,kind,level\n{rows}"))["created"] == 1201
