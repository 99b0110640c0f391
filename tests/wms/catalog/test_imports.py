"""products.csv, taken all or not at all."""

from datetime import UTC, datetime

import openpyxl
import pytest
from sqlalchemy import func, select

from wms.catalog import actions, queries
from wms.catalog.imports import PRODUCTS
from wms.catalog.queries import BarcodeKind
from wms.catalog.tables import Item
from wms.codes.actions import register
from wms.codes.queries import Kind, resolve
from wms.kernel import importing
from wms.kernel.commands import command
from wms.kernel.sheets import SheetRefused
from wms.kernel.tables import StoredEvent

AT = datetime(2026, 11, 12, 14, 2, tzinfo=UTC)
EAN = "4006381333931"
WHOLE = f"""\
sku,name,barcode,pack_barcode,pack_quantity,case_barcode,case_quantity,weight_g,length_mm,width_mm,height_mm,tracks_lots,tracks_serials,hs_code,origin_country,note
85123A,White hanging heart,{EAN},PACK-1,6,CASE-1,48,140,90,90,60,no,no,9405.40,gb,"Keep
upright"
21071,"Mug, cream",,,,,,,,,,yes,,,,
"""


@pytest.fixture
def written(tmp_path):
    def write(text, name="products.csv"):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return file

    return write


def take(database, file):
    return importing.carry_out(
        database, command("import products", by=1, at=AT), PRODUCTS, file
    ).value


def look(database, file):
    return importing.look(database, PRODUCTS, file, at=AT)


def refused(database, file):
    with pytest.raises(SheetRefused) as no:
        take(database, file)
    return [(fault.where, fault.sentence) for fault in no.value.faults]


def counted(rows, *, created=0, changed=0, unchanged=0):
    return {"rows": rows, "created": created, "changed": changed, "unchanged": unchanged}


def item(database, sku):
    with database.read() as session:
        found = queries.item_by_sku(session, sku, owner_id=1)
        assert found is not None
        return found


def scanned(database, text):
    with database.read() as session:
        return [(m.target_id, queries.units_per_scan(session, m)) for m in resolve(session, text)]


def events(database):
    with database.read() as session:
        return dict(
            session.execute(select(StoredEvent.type, func.count()).group_by(StoredEvent.type)).all()
        )


def test_a_whole_file_makes_items_with_all_that_is_said_of_them(database, written):
    assert take(database, written(WHOLE)) == counted(2, created=2)

    heart = item(database, "85123A")
    assert (heart.name, heart.weight_g, heart.height_mm) == ("White hanging heart", 140, 60)
    assert (heart.hs_code, heart.origin_country, heart.note) == ("940540", "GB", "Keep\nupright")
    assert scanned(database, EAN) == [(heart.id, 1)]
    assert scanned(database, "PACK-1") == [(heart.id, 6)]
    assert scanned(database, "CASE-1") == [(heart.id, 48)]
    assert item(database, "21071").tracks_lots is True
    assert events(database) == {"catalog.ItemCreated": 2}


def test_the_same_file_twice_changes_nothing(database, written):
    take(database, written(WHOLE))
    before = events(database)

    assert take(database, written(WHOLE)) == counted(2, unchanged=2)
    assert events(database) == before
    assert item(database, "85123A").version == 1


def test_a_file_changes_only_what_it_speaks_of(database, written):
    take(database, written(WHOLE))

    assert take(database, written("sku,weight_g,note\n85123a,150,\n21071,,\n")) == counted(
        2, changed=1, unchanged=1
    )

    heart = item(database, "85123A")
    assert (heart.name, heart.weight_g, heart.note, heart.version) == (
        "White hanging heart",
        150,
        "",
        2,
    )
    assert item(database, "21071").tracks_lots is True
    assert events(database)["catalog.ItemChanged"] == 1


def test_barcodes_are_added_and_counted_anew_and_never_removed(database, written):
    take(database, written(WHOLE))
    heart = item(database, "85123A").id

    text = f"sku,barcode,case_barcode,case_quantity\n85123A,4006381333948,CASE-1,24\n21071,,{EAN[:-1]}X,12\n"
    assert take(database, written(text)) == counted(2, changed=2)
    assert events(database)["catalog.BarcodeAdded"] == 3

    assert scanned(database, "CASE-1") == [(heart, 24)]
    assert scanned(database, EAN) == scanned(database, "4006381333948") == [(heart, 1)]
    assert scanned(database, "400638133393x") == [(item(database, "21071").id, 12)]


def test_a_look_tells_what_would_happen_and_does_nothing(database, written):
    take(database, written("sku,name\nA,a\nB,b\n"))

    seen = look(database, written("sku,name\nA,a\nB,bb\nC,c\n"))

    assert seen.can_be_taken
    assert seen.counts == {"created": 1, "changed": 1, "unchanged": 1}
    assert seen.reading.sample == [(2, ["A", "a"]), (3, ["B", "bb"]), (4, ["C", "c"])]
    assert item(database, "B").name == "b"
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Item)) == 2


def test_one_wrong_row_and_no_row_is_taken(database, written):
    rows = "".join(f"SKU-{number},Name {number},1\n" for number in range(1200))

    assert refused(database, written(f"sku,name,weight_g\n{rows}LAST,Last,NaN\n")) == [
        ("C1202 weight_g", "kernel.sheet_whole")
    ]

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Item)) == 0


def test_a_clash_with_what_is_here_is_found_in_the_last_chunk_and_nothing_is_taken(
    database, written
):
    def shelve(session):
        register(session, code="A-03-12", kind=Kind.LOCATION, target_id=1, at=AT)
        register(session, code="A-03-13", kind=Kind.LOCATION, target_id=2, at=AT)
        mug = actions.create_item(session, sku="MUG", name="Mug", by=1, at=AT)
        actions.add_barcode(session, item_id=mug.id, code=EAN, kind=BarcodeKind.UNIT, by=1, at=AT)

    database.write(command("test", by=1, at=AT), shelve)
    rows = "".join(f"SKU-{number},Name,\n" for number in range(1100))
    file = written(f"sku,name,barcode\n{rows}a-03-12,Bin?,\nX,x,{EAN}\nCUP,z,A-03-13\nNEW,,\n")

    assert refused(database, file) == [
        ("A1102 sku", "codes.taken_by_location"),
        ("C1103 barcode", "catalog.code_taken"),
        ("C1104 barcode", "codes.taken_by_location"),
        ("B1105 name", "catalog.name_empty"),
    ]
    assert refused(database, written(f"sku,name\n{EAN},y\n")) == [("A2 sku", "catalog.code_taken")]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Item)) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("sku,name\nA,a\nB,b\na,again\n", [("A4 sku", "kernel.sheet_double")]),
        (f"sku,name,barcode\nA,a,{EAN}\nB,b,0{EAN}\n", [("C3 barcode", "kernel.sheet_double")]),
        ("sku,name,barcode\nA,a,B\nB,b,\n", [("A3 sku", "kernel.sheet_double")]),
        (
            "sku,name,barcode,case_barcode,case_quantity\nA,a,X,X,6\n",
            [("D2 case_barcode", "kernel.sheet_double")],
        ),
        ("sku,name,barcode\nA,a,WXUtoken\n", [("C2 barcode", "codes.reserved")]),
        ("sku,name\nwxcYES,a\n", [("A2 sku", "codes.reserved")]),
        ("sku,name,pack_barcode\nA,a,P\n", [("2 pack_quantity", "catalog.quantity_missing")]),
        ("sku,name,pack_quantity\nA,a,6\n", [("2 pack_barcode", "catalog.barcode_missing")]),
        (
            "sku,name,origin_country,hs_code\nA,a,Germany,12\n",
            [("D2 hs_code", "catalog.hs_code"), ("C2 origin_country", "catalog.country")],
        ),
        ("sku,name\nA,\n", [("B2 name", "catalog.name_empty")]),
        ("sku,weight_g\nA,1\n", [("2 name", "catalog.name_empty")]),
        (
            "sku,name,case_barcode,case_quantity\nA,a,C,1\n",
            [("D2 case_quantity", "kernel.sheet_whole")],
        ),
        ("sku,name,weight_g\nA,a,1000000000\n", [("C2 weight_g", "kernel.sheet_whole")]),
    ],
)
def test_each_slip_is_named_by_row_and_column(lite_house, written, text, faults):
    assert refused(lite_house.database, written(text)) == faults


def test_an_item_may_carry_its_sku_as_its_barcode(database, written):
    take(database, written(f"sku,name,barcode\n{EAN},Mug,{EAN}\n"))

    assert scanned(database, EAN) == [(item(database, EAN).id, 1)]


def test_an_existing_name_cannot_be_emptied(lite_house, written):
    take(lite_house.database, written("sku,name\nA,a\n"))

    assert refused(lite_house.database, written("sku,name\nA,\n")) == [
        ("B2 name", "catalog.name_empty")
    ]


def test_a_workbook_is_taken_like_a_csv_file(database, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["SKU", "Name", "EAN", "Weight g"])
    book.active.append(["85123A", "Heart", int(EAN), 140])
    book.save(tmp_path / "products.xlsx")

    assert take(database, tmp_path / "products.xlsx") == counted(1, created=1)
    assert scanned(database, EAN) == [(item(database, "85123A").id, 1)]


def test_the_same_command_sent_twice_is_done_once(database, written):
    act = command("import products", by=1, at=AT, key="k1")

    first = importing.carry_out(database, act, PRODUCTS, written(WHOLE))
    again = importing.carry_out(database, act, PRODUCTS, written(WHOLE))

    assert (first.replayed, again.replayed) == (False, True)
    assert again.value == first.value == counted(2, created=2)
