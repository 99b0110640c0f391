"""Stock from a file."""

from datetime import date

import pytest

from tests.kit import (
    NOON,
    TESTER,
    a_lot,
    a_serial,
    an_item,
    broken,
    done,
    held,
    promisable,
    shelve,
)
from wms.bins import actions as bins
from wms.catalog import actions as catalog
from wms.catalog.queries import BarcodeKind
from wms.kernel.commands import command
from wms.kernel.importing import carry_out, look
from wms.kernel.sheets import SheetRefused
from wms.stock import queries
from wms.stock.imports import BATCH, STOCK

HEADER = "location,sku,lot,expiry,serial,quantity,status"


@pytest.fixture
def file(tmp_path):
    def write(*lines, name="stock.csv", header=HEADER):
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def take(database, path):
    act = command("test.import", by=TESTER, at=NOON)
    return carry_out(database, act, STOCK, path).value


def blamed(database, path):
    """What is wrong by trying and by taking must be the same."""
    seen = look(database, STOCK, path, at=NOON).reading.faults
    with pytest.raises(SheetRefused) as no:
        take(database, path)
    assert no.value.faults == tuple(seen)
    return [(fault.where, fault.sentence) for fault in seen]


def test_what_the_file_says_lies_there_afterwards(database, here, mug, upper, lower, file):
    done(
        database,
        lambda s: catalog.add_barcode(
            s,
            item_id=mug,
            code="5012345678900",
            quantity_per_scan=1,
            kind=BarcodeKind.UNIT,
            by=TESTER,
            at=NOON,
        ),
    )
    milk = an_item(database, "MILK", tracks_lots=True)
    drill = an_item(database, "DRILL", tracks_serials=True)
    path = file(
        "A-01,mug,,,,5,",
        "a-02,5012345678900,,,,2,damaged",
        "A-02,MILK,L7,2026-09-01,,6,",
        "A-01,DRILL,,,S1,1,",
    )

    counts = take(database, path)

    assert counts == {"rows": 4, "created": 4, "unchanged": 0}
    assert (held(database, upper, mug), held(database, lower, mug, "damaged")) == (5, 2)
    with database.read() as session:
        [lay] = queries.balances_of_item(session, milk)
        [piece] = queries.balances_of_item(session, drill)
        [first, *_] = queries.moves(session, queries.MoveAsked(item_id=mug), limit=5).rows
    assert (lay.lot, lay.expires_on, lay.quantity, piece.serial) == (
        "L7",
        date(2026, 9, 1),
        6,
        "S1",
    )
    assert (first.reason, first.source) == ("opening", "ADJUSTMENT")
    assert first.reference.startswith("file ")
    assert broken(database) == []


def test_a_trial_says_what_would_be_and_does_nothing(database, here, mug, upper, file):
    path = file("A-01,MUG,,,,5,")

    seen = look(database, STOCK, path, at=NOON)

    assert (seen.counts, seen.can_be_taken) == ({"created": 1, "unchanged": 0}, True)
    assert held(database, upper, mug) == 0


def test_the_same_file_counts_once_and_another_comes_on_top(database, here, mug, upper, file):
    path = file("A-01,MUG,,,,5,")
    take(database, path)

    again = take(database, path)
    copy = take(database, file("A-01,MUG,,,,5,", name="copy.csv"))
    other = take(database, file("A-01,MUG,,,,7,"))

    assert [one["created"] for one in (again, copy, other)] == [0, 0, 1]
    assert [one["unchanged"] for one in (again, copy, other)] == [1, 1, 0]
    assert promisable(database, here, mug) == (12, 0, 0)


def test_everything_wrong_is_told_by_cell_and_nothing_is_kept(
    database, here, mug, upper, lower, file
):
    milk = an_item(database, "MILK", tracks_lots=True)
    a_lot(database, milk, "L7", date(2026, 9, 1))
    drill = an_item(database, "DRILL", tracks_serials=True)
    shelve(database, drill, upper, 1, serial_id=a_serial(database, drill, "S1"))
    done(database, lambda s: bins.archive_location(s, location_id=lower, by=TESTER, at=NOON))
    path = file(
        "A-01,MUG,,,,5,",
        "A-9,CUP,,,,5,",
        "A-02,MUG,,,,5,",
        "SUPPLIER,MUG,,,,5,",
        "A-01,MILK,,,,5,",
        "A-01,MILK,L7,2026-09-02,,5,",
        "A-01,MILK,L8,2026-09-02,,5,held",
        "A-01,MILK,L8,2026-09-03,,5,",
        "A-01,DRILL,,,,1,",
        "A-01,DRILL,,,S1,1,",
    )

    assert blamed(database, path) == [
        ("A3 location", "stock.unknown_place"),
        ("B3 sku", "stock.unknown_item"),
        ("A4 location", "stock.place_archived"),
        ("A5 location", "stock.unknown_place"),
        ("C6 lot", "stock.lot_wanted"),
        ("D7 expiry", "catalog.lot_has_other_date"),
        ("D9 expiry", "catalog.lot_has_other_date"),
        ("E10 serial", "stock.serial_wanted"),
        ("E11 serial", "stock.serial_shelved"),
    ]
    assert held(database, upper, mug) == 0


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A-01,MUG,,,,0,"], [("F2 quantity", "kernel.sheet_whole")]),
        (["A-01,MUG,,,,-1,"], [("F2 quantity", "kernel.sheet_whole")]),
        (["A-01,MUG,,,,NaN,"], [("F2 quantity", "kernel.sheet_whole")]),
        (["A-01,MUG,,,,1e9,"], [("F2 quantity", "kernel.sheet_whole")]),
        (["A-01,MUG,,,,,"], [("F2 quantity", "kernel.sheet_cell_empty")]),
        (["A-01,MUG,,,,1,broken"], [("G2 status", "kernel.sheet_one_of")]),
        (["A-01,MUG,,2026-02-30,,1,"], [("D2 expiry", "kernel.sheet_day")]),
        (["A-01,MUG,,2026-02-03,,1,"], [("C2 lot", "stock.date_without_lot")]),
        (["A-01,MUG,,,S1,2,"], [("F2 quantity", "stock.one_of_a_serial")]),
        (["A-01,MUG,,,,1,", "a-01,mug,,,,2,"], [("A3 location", "kernel.sheet_double")]),
        (["A-01,MUG,,,S1,1,", "A-02,mug,,,S1,1,"], [("E3 serial", "kernel.sheet_double")]),
    ],
)
def test_a_line_that_cannot_be_meant_is_told(
    database, here, mug, upper, lower, file, lines, expected
):
    assert blamed(database, file(*lines)) == expected


def test_a_file_without_a_needed_column_says_which(database, here, file):
    path = file("A-01,MUG", header="location,sku")

    with pytest.raises(SheetRefused) as no:
        take(database, path)

    assert [fault.values["header"] for fault in no.value.faults] == ["quantity"]


def test_a_file_longer_than_a_batch_is_one_act(database, here, mug, file):
    places = done(
        database,
        lambda s: [
            bins.create_location(
                s, warehouse_id=here, code=f"B-{n:04}", kind="bin", by=TESTER, at=NOON
            ).code
            for n in range(BATCH + 5)
        ],
    )
    lines = [f"{place},MUG,,,,1," for place in places]

    with pytest.raises(SheetRefused):
        take(database, file(*lines, "B-9999,MUG,,,,1,"))
    nothing = promisable(database, here, mug)
    take(database, file(*lines))

    assert nothing == (0, 0, 0)
    assert promisable(database, here, mug) == (BATCH + 5, 0, 0)
    assert broken(database) == []
