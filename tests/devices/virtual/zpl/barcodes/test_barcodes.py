"""Every barcode that is printed can be scanned, at its place, as large as it was asked for."""

import pytest

from tests.devices.virtual.zpl.sight import bytes_in, codes, drawn, ink

AT = "^FO100,100^BY2"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("^BCN,80,N,N,N,A^FDL-000123", ("]C0", "L-000123")),
        ("^B3N,N,80,N,N^FDABC-123", ("]A0", "ABC-123")),
        ("^B3N,Y,80,N,N^FDABC123", ("]A1", "ABC123$")),
        ("^B2N,80,N,N,N^FD12345", ("]I0", "012345")),
        ("^B2N,80,N,N,Y^FD1234567", ("]I1", "12345670")),
        ("^BEN,80,N,N^FD400638133393", ("]E0", "4006381333931")),
        ("^BEN,80,Y,N^FD4006381333939", ("]E0", "4006381333931")),
        ("^B8N,80,N,N^FD9638507", ("]E4", "96385074")),
        ("^BUN,80,N,N^FD01234567890", ("]E0", "0012345678905")),
        ("^BAN,80,N,N^FDABC-12", ("]G0", "ABC-12")),
        ("^BKN,N,80,N,N,A,B^FD12345", ("]F0", "A12345B")),
        ("^BQN,2,5^FDQA,WXT-0017", ("]Q1", "WXT-0017")),
        ("^BQN,2,5,H^FDMM,AWXT-0017", ("]Q1", "WXT-0017")),
        ("^BQN,2,5^FDMM,B0008WXT-0017", ("]Q1", "WXT-0017")),
        ("^BXN,5,200^FDWXT-0017", ("]d1", "WXT-0017")),
        ("^BXN,5,200,,,,_^FD_101095011015300031012_1217", ("]d2", "(01)09501101530003(10)12(21)7")),
        ("^B7N,6,3,4^FDWXT-0017 HELLO", ("]L2", "WXT-0017 HELLO")),
        ("^BON,5^FDWXT-0017", ("]z0", "WXT-0017")),
        ("^BD4^FDHELLO WORLD", ("]U0", "HELLO WORLD")),
    ],
)
def test_it_can_be_scanned(field, found):
    assert codes(drawn(f"{AT}{field}^FS")) == [found]


@pytest.mark.parametrize("turn", "NRIB")
@pytest.mark.parametrize("place", ["^FO", "^FT"])
@pytest.mark.parametrize("caption", ["N,N", "Y,N", "Y,Y"])
def test_it_can_be_scanned_whichever_way_it_is_turned(turn, place, caption):
    picture = drawn(f"{place}400,400^BY2^BC{turn},80,{caption},N,A^FDL-000123^FS")

    assert codes(picture) == [("]C0", "L-000123")]


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        ("N", (100, 100, 280, 180)),
        ("R", (100, 100, 180, 280)),
        ("I", (100, 100, 280, 180)),
        ("B", (100, 100, 180, 280)),
    ],
)
def test_bars_are_at_their_place(turn, box):
    assert ink(drawn(f"{AT}^BC{turn},80,N,N,N^FD12345^FS")) == box


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        ("N", (300, 220, 480, 300)),
        ("R", (300, 300, 380, 480)),
        ("I", (120, 300, 300, 380)),
        ("B", (220, 120, 300, 300)),
    ],
)
def test_bars_stand_on_their_foot(turn, box):
    assert ink(drawn(f"^FT300,300^BY2^BC{turn},80,N,N,N^FD12345^FS")) == box


def test_the_line_for_people_leaves_bars_at_their_place():
    below = ink(drawn(f"{AT}^BCN,80,Y,N,N^FD12345^FS"))
    above = ink(drawn(f"{AT}^BCN,80,Y,Y,N^FD12345^FS"))

    assert (below[1], above[3]) == (100, 180)
    assert below[3] > 190
    assert above[1] < 90


def test_bars_are_as_wide_and_high_as_the_settings_say():
    assert ink(drawn("^FO0,0^BY3,2,50^BCN,,N,N,N^FD12345^FS")) == (0, 0, 270, 50)
    narrow, wide = (ink(drawn(f"^FO0,0^BY2,{ratio}^B3N,N,50,N^FDA^FS"))[2] for ratio in ("2", "3"))
    assert narrow < wide


def test_bars_of_shops_are_longer_at_their_guards():
    picture = drawn(f"{AT}^BEN,80,N,N^FD400638133393^FS")

    assert ink(picture) == (100, 100, 290, 193)
    assert ink(picture.crop((100, 185, 290, 193))) == (0, 0, 190, 8)
    assert ink(picture.crop((110, 185, 185, 193))) is None


def test_a_cell_is_as_large_as_it_was_asked_for():
    assert ink(drawn("^FO0,0^BXN,7,200^FD12^FS")) == (0, 0, 70, 70)
    assert ink(drawn("^FO0,0^BY2,3,0^BQN,2,4^FDQA,HELLO^FS"))[2] == 84
    assert ink(drawn("^FO0,0^BON,3^FD12^FS"))[2] == 45


def test_printers_set_a_qr_code_lower_by_the_height_of_bars():
    assert ink(drawn("^FO50,50^BQN,2,4^FDQA,HELLO^FS"))[1] == 60
    assert ink(drawn("^BY2,3,30^FO50,50^BQN,2,4^FDQA,HELLO^FS"))[1] == 80


def test_columns_of_a_pdf417_are_kept():
    two, eight = (
        ink(drawn(f"^FO0,0^BY2^B7N,6,3,{columns}^FDHELLO WORLD HELLO WORLD^FS"))[2]
        for columns in (2, 8)
    )

    assert eight - two == 6 * 17 * 2


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("_d065_d066", b"AB"),
        ("A__B", b"A_B"),
        ("A_GB", b"A\x07B"),
        ("_142098028_192055903", b"42098028\x1d92055903"),
        ("_1this is no GS1", b"this is no GS1"),
    ],
)
def test_escapes_of_a_data_matrix(data, found):
    assert bytes_in(drawn(f"^FO50,50^BXN,5,200,,,,_^FD{data}^FS")) == found


def test_letters_beyond_ascii_survive_in_matrix_codes():
    for field in ("^BQN,2,5^FDQA,Größe", "^BXN,5,200^FDGröße"):
        (found,) = codes(drawn(f"^CI28{AT}{field}^FS"))
        assert found[1] == "Größe"


@pytest.mark.parametrize(
    "field",
    [
        "^BQN,2,100^FDQA," + "A" * 3_000,
        "^BQN,2,5^FD",
        "^BXN,5,200^FD" + "A" * 3_000,
        "^B7N,6,3,4^FD" + "A" * 3_000,
        "^BKN,N,80,N,N,A,B^FDxyz",
        "^BAN,80^FDé",
        "^BCN,32000^FD" + "A" * 256,
    ],
)
def test_what_cannot_be_printed_is_left_out(field):
    picture = drawn(f"^FO0,0^GB1,1,1^FS{AT}{field}^FS")

    assert codes(picture) == [] or codes(picture) == [("]F0", "AB")]


def test_a_barcode_that_is_turned_for_all_fields():
    assert ink(drawn(f"^FWR{AT}^BC,80,N,N,N^FD12345^FS")) == (100, 100, 180, 280)
