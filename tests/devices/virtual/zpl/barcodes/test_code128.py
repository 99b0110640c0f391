"""Code 128 says what it was told, in the subsets it was told or the fewest values."""

import pytest
from biip.checksums import gs1_standard_check_digit
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.virtual.zpl.barcodes import code128
from devices.virtual.zpl.barcodes.code128 import CODE_B, CODE_C, FNC1, START_A, START_B, START_C
from tests.devices.virtual.zpl.sight import bytes_in, codes, drawn


def printed(data, mode):
    return drawn(f"^PW2400^LL300^FO60,60^BY2^BCN,90,N,N,N,{mode}^FD{data}^FS")


@pytest.mark.parametrize(
    ("data", "mode", "values"),
    [
        ("AB", "N", [START_B, 33, 34]),
        (">:AB", "N", [START_B, 33, 34]),
        (">;1234", "N", [START_C, 12, 34]),
        (">;123", "N", [START_C, 12]),
        (">;>81234", "N", [START_C, FNC1, 12, 34]),
        (">;1234>6A", "N", [START_C, 12, 34, CODE_B, 33]),
        ("A>51234", "N", [START_B, 33, CODE_C, 12, 34]),
        (">93344", "N", [START_A, 33, 44]),
        (">0><>=", "N", [START_B, 30, 62, 94]),
        ("1234", "A", [START_C, 12, 34]),
        ("12", "A", [START_C, 12]),
        ("12345", "A", [START_C, 12, 34, CODE_B, 21]),
        ("123", "A", [START_B, 17, 18, 19]),
        ("A12B", "A", [START_B, 33, 17, 18, 34]),
        ("A1234B", "A", [START_B, 33, CODE_C, 12, 34, CODE_B, 34]),
        ("A12345", "A", [START_B, 33, 17, CODE_C, 23, 45]),
        ("(01)23", "D", [START_C, FNC1, 1, 23]),
        (">8(01)23", "D", [START_C, FNC1, 1, 23]),
        ("(10)A>8(21)7", "D", [START_C, FNC1, 10, CODE_B, 33, FNC1, 18, 17, 23]),
        ("123", "U", [START_C, FNC1, *[0] * 8, 12, 36]),
    ],
)
def test_values_are_chosen(data, mode, values):
    assert code128.encoded(data, mode) == values


def test_the_check_value_weighs_each_value_by_its_place():
    check = (START_B + 1 * 33 + 2 * 41 + 3 * 45) % 103

    widths = "".join(map(str, code128.modules("AIM", "N")))

    assert widths[-13:-7] == code128.WIDTHS[check * 6 : check * 6 + 6]


@pytest.mark.parametrize(
    ("data", "mode", "found"),
    [
        ("L-000123", "N", ("]C0", "L-000123")),
        ("L-000123", "A", ("]C0", "L-000123")),
        (">;>8010950110153000310>6AB12", "N", ("]C1", "(01)09501101530003(10)AB12")),
        ("(01)09501101530003(10)AB12", "D", ("]C1", "(01)09501101530003(10)AB12")),
    ],
)
def test_what_is_printed_is_read(data, mode, found):
    assert codes(printed(data, mode)) == [found]


def test_mode_u_reckons_its_check_figure():
    check = gs1_standard_check_digit("0034531200000012345")

    assert bytes_in(printed("0034531200000012345", "U")) == b"0034531200000012345%d" % check


def test_mode_d_begins_with_one_sign_even_if_it_is_told_to():
    assert bytes_in(printed("(10)AB12>8(21)77", "D")) == b"10AB12\x1d2177"
    assert bytes_in(printed(">8(10)AB12", "D")) == b"10AB12"


signs = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=24)


def is_plain(text):
    return not set(text) & set("^~>") and text == text.strip()


@settings(max_examples=60, deadline=None)
@given(signs.filter(is_plain))
def test_any_plain_text_is_read_back_as_it_was_told(text):
    assert bytes_in(printed(text, "A")) == text.encode()


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("0123456789ABab\x01\x1f"), min_size=1, max_size=20))
def test_the_printer_finds_its_way_between_all_subsets(text):
    escaped = "".join(f"_{ord(sign):02X}" for sign in text)
    picture = drawn(f"^PW2400^LL300^FO60,60^BY2^BCN,90,N,N,N,A^FH^FD{escaped}^FS")

    assert bytes_in(picture) == text.encode()


@given(st.text(max_size=300), st.sampled_from("NADU"))
def test_no_data_is_too_odd(text, mode):
    widths = code128.modules(text, mode)

    assert sum(widths) % 11 == 2
    assert all(1 <= width <= 4 for width in widths)


@pytest.mark.parametrize(
    ("data", "mode", "read"),
    [
        (">;>80123", "N", "0123"),
        ("A>0B", "N", "A>B"),
        ("(01)23>8(10)4", "D", "(01)23(10)4"),
        ("1", "U", "00000000000000000017"),
    ],
)
def test_people_read_what_scanners_do(data, mode, read):
    assert code128.read(data, mode) == read
