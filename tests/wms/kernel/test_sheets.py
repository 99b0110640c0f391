"""Sheets as they really arrive: every encoding, every slip, and files made to hurt."""

import csv
import io
import lzma
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH

from wms.kernel import sheets
from wms.kernel.settings import ROOT
from wms.kernel.sheets import (
    Column,
    Doubles,
    Reading,
    Sheet,
    SheetRefused,
    SheetUnreadable,
    csv_lines,
    fitting,
)
from wms.kernel.sheets.cells import letters
from wms.kernel.sheets.writing import guarded, unguarded
from wms.kernel.words import say


class Role(StrEnum):
    PICK = "pick"
    RESERVE = "reserve"


@dataclass(frozen=True)
class Goods:
    sku: str
    units: int | None = None
    name: str | None = "as before"
    is_fragile: bool | None = None
    best_by: date | None = None
    role: Role | None = None
    note: str | None = None


GOODS = Sheet(
    columns=(
        Column("sku", sheets.code(64), is_required=True, aliases=("Item code",)),
        Column("units", sheets.whole(1, 1_000_000)),
        Column("name", sheets.text(200)),
        Column("is_fragile", sheets.yes_no()),
        Column("best_by", sheets.day()),
        Column("role", sheets.one_of(Role)),
        Column("note", sheets.prose(500)),
    ),
    make=Goods,
)


@pytest.fixture
def written(tmp_path):
    def write(data, name="goods.csv"):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return file

    return write


def taken(file):
    reading = Reading(file, GOODS)
    lines = list(reading.lines())
    reading.refuse_if_wrong()
    return [line.row for line in lines]


def refused(file):
    with pytest.raises((SheetRefused, SheetUnreadable)) as no:
        taken(file)
    for fault in no.value.faults:
        for language in ("en", "de"):
            worded = say(fault.sentence, fault.values, language)
            assert worded != fault.sentence
            worded.encode()
    return [(fault.where, fault.sentence) for fault in no.value.faults]


def workbook(tmp_path, rows, **more):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for change in more.values():
        change(book)
    file = tmp_path / "goods.xlsx"
    book.save(file)
    return file


# What is taken.


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_encoding_and_separator_that_programs_write_is_understood(
    written, encoding, separator
):
    text = "sku;units;name\r\nA-1;12;Größe “M”\r\nA-2;3;plain\r\n".replace(";", separator)

    assert taken(written(text.encode(encoding))) == [
        Goods("A-1", 12, "Größe “M”"),
        Goods("A-2", 3, "plain"),
    ]


def test_a_line_that_only_tells_the_separator_is_no_header(written):
    assert taken(written("sep=;\r\nsku;units\r\nA;1\r\n")) == [Goods("A", 1)]


def test_columns_are_found_by_name_in_any_order_case_and_spelling(written):
    assert taken(written("Best-By, UNITS ,item code\n2026-11-30,4,A\n")) == [
        Goods("A", 4, best_by=date(2026, 11, 30))
    ]


def test_an_empty_cell_is_nothing_and_an_absent_column_leaves_the_default(written):
    assert taken(written("sku,name\nA,\n")) == [Goods("A", name=None)]
    assert taken(written("sku\nA\n")) == [Goods("A", name="as before")]


def test_cells_may_hold_separators_quotes_and_lines(written):
    assert taken(written('sku,name,note\nA,"5"" pipe, blue","one\r\ntwo"\n')) == [
        Goods("A", name='5" pipe, blue', note="one\ntwo")
    ]


def test_short_rows_trailing_separators_and_empty_lines_do_no_harm(written):
    assert taken(written("sku,units,,\nA\n\n,,,\nB,2,,\n")) == [Goods("A"), Goods("B", 2)]


def test_an_apostrophe_that_says_text_is_taken_off_and_one_of_a_name_is_left(written):
    assert taken(written("sku,name\n'0075008,'t Hooft\n")) == [Goods("0075008", name="'t Hooft")]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("yes", True), ("JA", True), ("1", True), ("x", True), ("no", False), ("Falsch", False)],
)
def test_yes_and_no_are_understood_as_people_write_them(written, said, meant):
    assert taken(written(f"sku,is_fragile\nA,{said}\n")) == [Goods("A", is_fragile=meant)]


@pytest.mark.parametrize("said", ["2026-02-28", "28.02.2026", "28.2.2026", "2026-02-28 00:00:00"])
def test_dates_that_can_mean_only_one_day_are_taken(written, said):
    assert taken(written(f"sku,best_by\nA,{said}\n")) == [Goods("A", best_by=date(2026, 2, 28))]


def test_a_workbook_is_read_like_a_csv_file(tmp_path):
    rows = [
        ["SKU", "units", "name", "is_fragile", "best_by", "role"],
        ["A", 12, "Größe", True, date(2026, 2, 28), "Pick"],
        ["B"],
    ]

    assert taken(workbook(tmp_path, rows)) == [
        Goods("A", 12, "Größe", is_fragile=True, best_by=date(2026, 2, 28), role=Role.PICK),
        Goods("B", name=None),
    ]


def test_numbers_in_a_workbook_are_codes_in_full(tmp_path):
    assert [
        goods.sku
        for goods in taken(workbook(tmp_path, [["sku"], [4006381333931], [85123.0], [0.5]]))
    ] == [
        "4006381333931",
        "85123",
        "0.5",
    ]


def test_a_formula_counts_as_its_result_and_without_one_is_named(tmp_path):
    file = workbook(tmp_path, [["sku", "units"], ["A", 2], ["B", "=B2+1"]])
    with_result = rezipped(
        file,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v />", "<v>3</v>").replace("<v></v>", "<v>3</v>"),
    )

    assert refused(file) == [("B3 units", "kernel.sheet_formula")]
    assert taken(with_result) == [Goods("A", 2), Goods("B", 3)]


def test_only_the_first_sheet_that_can_be_seen_is_read(tmp_path):
    def hide(book):
        shown = book.create_sheet("shown")
        shown.append(["sku"])
        shown.append(["B"])
        book.worksheets[0].sheet_state = "hidden"

    assert taken(workbook(tmp_path, [["sku"], ["A"]], hide=hide)) == [Goods("B")]


def test_gaps_between_cells_and_rows_of_a_workbook_are_empty(tmp_path):
    def gap(book):
        book.active["C5"] = "far"
        book.active["A5"] = "B"

    file = workbook(tmp_path, [["sku", "units", "name"], ["A", 1, "near"]], gap=gap)

    assert taken(file) == [Goods("A", 1, "near"), Goods("B", None, "far")]


def test_a_workbook_of_an_old_macintosh_has_the_same_dates(tmp_path):
    file = workbook(
        tmp_path,
        [["sku", "best_by"], ["A", date(2026, 2, 28)]],
        old=lambda book: setattr(book, "epoch", MAC_EPOCH),
    )

    assert taken(file) == [Goods("A", best_by=date(2026, 2, 28))]


# What is refused, and where.


@pytest.mark.parametrize(
    "units",
    [
        "NaN",
        "nan",
        "inf",
        "-inf",
        "-4",
        "0",
        "1e9",
        "1000000000",
        "1,5",
        "2.5",
        "٣",
        "1 000",
        "0x10",
        "9" * 400,
        "--1",
        "½",
    ],
)
def test_a_quantity_that_is_none_is_named_by_row_and_column_with_its_range(written, units):
    file = written(f'sku,units\nA,1\nB,"{units}"\n')

    with pytest.raises(SheetRefused) as no:
        taken(file)

    [fault] = no.value.faults
    assert (fault.where, fault.sentence) == ("B3 units", "kernel.sheet_whole")
    assert (fault.values["row"], fault.values["column"], fault.values["header"]) == (
        3,
        "B",
        "units",
    )
    assert (fault.values["least"], fault.values["most"]) == (1, 1_000_000)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), -4, 1e9, 2.5, 1e300])
def test_a_workbook_with_such_a_quantity_is_told_the_same(tmp_path, value):
    file = workbook(tmp_path, [["sku", "units"], ["A", 1], ["B", 77]])
    said = rezipped(
        file, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v>77</v>", f"<v>{value}</v>")
    )

    assert refused(said) == [("B3 units", "kernel.sheet_whole")]


@pytest.mark.parametrize("cell", ["A\x00B", "A\x07", "A\u0085B"])
def test_a_sign_that_nobody_sees_is_named(written, cell):
    assert refused(written(f"sku,units\n{cell},1\n")) == [("A2 sku", "kernel.sheet_unseen_sign")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_half_a_character_is_named_by_row_and_column(written, encoding):
    file = written("sku,name\nA,ok\nB,bad\ud800end\n".encode(encoding, "surrogatepass"))

    assert refused(file) == [("B3 name", "kernel.sheet_unseen_sign")]


def test_a_code_of_four_kilobytes_is_too_long_and_not_repeated_in_full(written):
    file = written("sku\n" + "x" * 4096 + "\n")

    with pytest.raises(SheetRefused) as no:
        taken(file)

    assert no.value.faults[0].sentence == "kernel.sheet_text_long"
    assert len(no.value.faults[0].values["found"]) < 100


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("units,name\n1,a\n", [("sku", "kernel.sheet_missing")]),
        ("sku,unit,units\nA,1,2\n", [("B1 unit", "kernel.sheet_unknown_near")]),
        ("sku,Units,units\nA,1,2\n", [("C1 units", "kernel.sheet_twice")]),
        ("sku,item code\nA,B\n", [("B1 item code", "kernel.sheet_twice")]),
        ("", [("file", "kernel.sheet_empty")]),
        ("\n\n,,\n", [("file", "kernel.sheet_empty")]),
        ("sku,units\n", [("file", "kernel.sheet_only_header")]),
        ("sku,units\n\n,\n", [("file", "kernel.sheet_only_header")]),
        ("sku,units\n,4\n", [("A2 sku", "kernel.sheet_cell_empty")]),
        ("sku\nA,stray\n", [("B2 stray", "kernel.sheet_beyond")]),
        ("sku,is_fragile\nA,maybe\n", [("B2 is_fragile", "kernel.sheet_yes_no")]),
        ("sku,best_by\nA,11/10/2026\n", [("B2 best_by", "kernel.sheet_day")]),
        ("sku,best_by\nA,2026-02-30\n", [("B2 best_by", "kernel.sheet_day")]),
        ("sku,best_by\nA,46000\n", [("B2 best_by", "kernel.sheet_day")]),
        ("sku,role\nA,attic\n", [("B2 role", "kernel.sheet_one_of")]),
        ('sku,name\nA,"open\nB,x\n', [("2", "kernel.sheet_open_quote")]),
        ('sku,name\nA,"open"x\n', [("2", "kernel.sheet_open_quote")]),
    ],
)
def test_each_slip_is_named_at_its_place(written, text, faults):
    assert refused(written(text)) == faults


def test_a_slip_in_a_header_names_the_column_that_was_meant(written):
    with pytest.raises(SheetRefused) as no:
        taken(written("sku,unitz\nA,1\n"))

    assert no.value.faults[0].values["known"] == "units"


def test_utf_8_with_a_wrong_byte_far_down_is_no_other_encoding(written):
    file = written("sku,name\nA,Größe\n".encode() * 1 + b"B,x\nC,\xff\n")

    [(_, sentence)] = refused(file)
    assert sentence == "kernel.sheet_encoding"


def test_every_fault_is_counted_and_a_hundred_are_listed(written):
    rows = "".join(f"A{number},-1\n" for number in range(250))

    with pytest.raises(SheetRefused) as no:
        taken(written(f"sku,units\n{rows}"))

    assert no.value.values == {"n": 250, "listed": 100}
    assert len(no.value.faults) == 100


def test_an_import_blames_cells_in_the_same_words(written):
    reading = Reading(written("sku,units\nA,1\nA,2\n"), GOODS)
    doubles = Doubles()
    for line in reading.lines():
        doubles.saw(line.row.sku, line.number)
    for row, first in doubles.again():
        reading.blame(row, "sku", "kernel.sheet_double", first=first)

    with pytest.raises(SheetRefused) as no:
        reading.refuse_if_wrong()

    assert (
        say(no.value.faults[0].sentence, no.value.faults[0].values, "en")
        == "This stands in row 2 already. Keep one of them."
    )
    assert no.value.faults[0].where == "A3 sku"


def test_a_second_reading_starts_anew(written):
    reading = Reading(written("sku,units\nA,1\nB,-1\n"), GOODS)

    for _ in range(2):
        assert [line.number for line in reading.lines()] == [2]
        assert (reading.rows, reading.faults_in_all) == (2, 1)
        assert reading.sample == [(2, ["A", "1"]), (3, ["B", "-1"])]


# Files that are none, and files made to burst.


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 and nothing more", "kernel.sheet_no_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kernel.sheet_old_workbook"),
    ],
)
def test_a_file_that_is_no_sheet_is_told_so(written, data, sentence):
    assert refused(written(data)) == [("file", sentence)]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x00\x00\x00\x00",
        b"\xff\xfe\x00",
        b"%PDF-1.7\n%\xe2\xe3\n",
        bytes(range(256)) * 20,
    ],
)
def test_noise_is_refused_and_never_stumbled_over(written, data):
    assert refused(written(data))


def test_a_workbook_without_its_parts_is_no_workbook(tmp_path):
    file = workbook(tmp_path, [["sku"], ["A"]])
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
        assert refused(rezipped(file, part, None)) == [("file", "kernel.sheet_no_workbook")]
        assert refused(rezipped(file, part, lambda _: "<broken")) == [
            ("file", "kernel.sheet_no_workbook")
        ]


@pytest.mark.parametrize(
    "xml",
    [
        "<worksheet>" + " " * 30_000_000 + "</worksheet>",
        "<worksheet>" + "<row/>" * 5_000_000 + "</worksheet>",
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><row><c t="str"><v>&a;</v></c></row></worksheet>',
    ],
    ids=["blank", "rows", "entities"],
)
def test_a_workbook_made_to_burst_is_refused_before_it_does(tmp_path, xml):
    file = rezipped(workbook(tmp_path, [["sku"], ["A"]]), "xl/worksheets/sheet1.xml", lambda _: xml)

    assert refused(file) == [("file", "kernel.sheet_bursts")]


def test_a_workbook_with_rows_or_columns_beyond_excel_is_refused(tmp_path):
    file = workbook(tmp_path, [["sku"], ["A"]])
    far_down = rezipped(
        file, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('<row r="2"', '<row r="99999999"')
    )
    assert refused(far_down) == [("file", "kernel.sheet_too_many_rows")]

    far_right = rezipped(
        file, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="A2"', 'r="XFD2"')
    )
    assert refused(far_right) == [("file", "kernel.sheet_too_wide")]


def rezipped(file: Path, part: str, change):
    """Return a copy of a workbook with one part changed, or left out."""
    copy = file.with_name(f"changed-{len(list(file.parent.iterdir()))}.xlsx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif change is not None:
                new.writestr(name, change(old.read(name).decode()))
    return copy


# Any text, there and back.


@given(st.text(max_size=40))
def test_whatever_a_guarded_cell_held_is_read_back_and_never_runs(text):
    safe = guarded(text)

    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(safe) == text


def test_numbers_stay_numbers_when_they_are_written():
    assert (
        "".join(csv_lines(["sku", "units"], [["=1+1", -4], ["a,b", None]]))
        == 'sku,units\r\n\'=1+1,-4\r\n"a,b",\r\n'
    )


PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60).map(str.strip)


@given(
    st.lists(
        st.tuples(PRINTABLE.filter(bool), st.integers(1, 1_000_000), PRINTABLE),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_exported_is_imported_again_unchanged(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("round") / "goods.csv"
    file.write_text("".join(csv_lines(["sku", "units", "name"], rows)), "utf-8", newline="")

    assert taken(file) == [Goods(sku, units, name or None) for sku, units, name in rows]


@given(data=st.binary(max_size=400))
def test_any_bytes_below_a_header_are_taken_or_refused_in_words(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("noise") / "goods.csv"
    file.write_bytes(b"sku,units,name\nA,1,x\n" + data)

    try:
        rows = taken(file)
    except (SheetRefused, SheetUnreadable) as no:
        rows = [fault.sentence for fault in no.faults]

    assert rows[0] == Goods("A", 1, "x") or str(rows[0]).startswith("kernel.sheet_")


@given(st.integers(0, 18_277))
def test_columns_are_called_as_spreadsheets_call_them(place):
    assert letters(place) == get_column_letter(place + 1)


@given(st.lists(st.integers(0, 30), max_size=60))
def test_what_stands_twice_is_found_with_its_first_row(texts):
    doubles = Doubles()
    for row, text in enumerate(texts):
        doubles.saw(str(text), row)

    assert sorted(doubles.again()) == [
        (row, texts.index(text)) for row, text in enumerate(texts) if texts.index(text) != row
    ]


def test_every_sentence_about_sheets_is_worded_in_every_language():
    source = "".join(file.read_text() for file in Path(sheets.__file__).parent.glob("*.py"))
    sentences = set(re.findall(r'"(kernel\.sheet_\w+)"', source))

    assert len(sentences) > 20
    for sentence in sentences:
        for language in ("en", "de"):
            assert say(sentence, None, language) != sentence


def test_a_csv_writer_and_our_reader_agree_on_quotes(written):
    page = io.StringIO()
    csv.writer(page).writerows([["sku", "name"], ["A", '"quoted", twice ""']])

    assert taken(written(page.getvalue())) == [Goods("A", name='"quoted", twice ""')]


MEASURED = r"""
import re, sys
from pathlib import Path
from wms.kernel import sheets
from wms.kernel.sheets import Column, Doubles, Reading, Sheet

columns = (Column("sku", sheets.code(64)), Column("units", sheets.whole(1, 99)))
reading = Reading(Path(sys.argv[1]), Sheet(columns, lambda sku, units: sku))
doubles = Doubles()
for line in reading.lines():
    doubles.saw(line.row, line.number)
print(reading.rows, len(list(doubles.again())), [fault.where for fault in reading.faults])
# Not ru_maxrss: that one begins with the peak of whoever started this process.
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_a_million_rows_of_which_the_last_is_wrong_are_read_in_little_memory(tmp_path):
    file = tmp_path / "million.csv"
    with file.open("w") as page:
        page.write("sku,units\n")
        page.writelines(f"SKU-{number},7\n" for number in range(999_999))
        page.write("SKU-7,NaN\n")

    told = subprocess.run(
        [sys.executable, "-c", MEASURED, file], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    said, megabytes = told.splitlines()
    assert said == "1000000 0 ['B1000001 units']"
    assert int(megabytes) < 300


def test_a_packed_file_is_read_as_if_it_were_not(written):
    file = written(lzma.compress("sku;units\nÄ-1;7\n".encode("cp1252")), "goods.csv.xz")

    assert [(row.sku, row.units) for row in taken(file)] == [("Ä-1", 7)]


@pytest.mark.parametrize("kept", [7, 60])
def test_part_of_a_packed_file_is_told_as_such(written, kept):
    whole = lzma.compress(b"sku,units\n" + b"A-1,7\n" * 50)

    with pytest.raises(SheetUnreadable) as no:
        taken(written(whole[:kept], "goods.csv.xz"))

    assert [fault.sentence for fault in no.value.faults] == ["kernel.sheet_packed"]


def test_a_packed_file_that_asks_for_gigabytes_is_not_unpacked(written):
    greedy = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    file = written(lzma.compress(b"sku\nA-1\n", filters=greedy), "goods.csv.xz")

    with pytest.raises(SheetUnreadable) as no:
        taken(file)

    assert [fault.sentence for fault in no.value.faults] == ["kernel.sheet_packed"]


def test_the_header_tells_whose_file_it_is(written):
    theirs = Sheet((Column("Lineitem sku", sheets.code()), Column("Name", sheets.text())), dict)

    assert fitting(written("Name,Lineitem sku\n"), (GOODS, theirs)) is theirs
    assert fitting(written("name,sku,units\n"), (GOODS, theirs)) is GOODS
    assert fitting(written("what,ever\n"), (GOODS, theirs)) is GOODS


def test_columns_of_another_program_that_nobody_knows_are_passed_over(written):
    theirs = replace(GOODS, is_open=True)
    reading = Reading(written("Colour,sku\nred,A-1\n"), theirs)

    assert [(line.row.sku, line.cells) for line in reading.lines()] == [("A-1", ["red", "A-1"])]
