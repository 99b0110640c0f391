"""Text stands where it was put, as large as it was asked for, in lines that fit."""

import pytest
from PIL import ImageChops

from devices.virtual.zpl.letters import sized
from devices.virtual.zpl.text import Block, _broken
from tests.devices.virtual.zpl.sight import drawn, ink, inked


def same(one, other):
    return ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (("0", 40, 30), (40, 30)),
        (("0", 40, 0), (40, 40)),
        (("0", 0, 30), (30, 30)),
        (("0", 0, 0), (15, 15)),
        (("X", 40, 40), (40, 40)),
        (("A", 0, 0), (9, 5)),
        (("A", 18, 10), (18, 10)),
        (("A", 20, 0), (18, 10)),
        (("d", 40, 10), (36, 10)),
        (("F", 9_999, 0), (260, 130)),
        (("P", 0, 0), (20, 20)),
        (("V", 160, 0), (160, 160)),
        (("0", 32_000, 0), (1_500, 1_500)),
    ],
)
def test_typefaces_come_in_their_sizes(asked, given):
    kind = sized(*asked)

    assert (kind.height, kind.width) == given


def test_capitals_of_the_scalable_typeface_are_three_quarters_high():
    left, top, right, bottom = ink(drawn("^FO100,100^A0N,100,100^FDH^FS"))

    assert (top, bottom) == (100, 175)
    assert 40 <= right - left <= 50


def test_letters_can_be_squeezed():
    wide = ink(drawn("^FO0,0^A0N,50,50^FDHello^FS"))
    narrow = ink(drawn("^FO0,0^A0N,50,25^FDHello^FS"))

    assert narrow[3] == wide[3]
    assert abs(narrow[2] * 2 - wide[2]) <= 3


def test_dot_letters_have_cells_of_one_width():
    short, long = (
        ink(drawn("^FO0,0^ADN,18,10^FDiiiiH^FS")),
        ink(drawn("^FO0,0^ADN,18,10^FDMMMMH^FS")),
    )

    assert short[2] == long[2]
    assert 4 * 12 < long[2] <= 5 * 12


def test_capital_typefaces_know_no_small_letters():
    assert same(drawn("^FO0,0^ABN,22,14^FDabc^FS"), drawn("^FO0,0^ABN,22,14^FDABC^FS"))


def test_the_usual_typeface_can_be_set():
    assert same(drawn("^CF0,40,30^FO9,9^FDHello^FS"), drawn("^FO9,9^A0N,40,30^FDHello^FS"))


@pytest.mark.parametrize(
    ("turn", "foot", "box"),
    [
        ("N", False, (100, 300, 160, 323)),
        ("R", False, (107, 300, 130, 360)),
        ("I", False, (100, 307, 160, 330)),
        ("B", False, (100, 300, 123, 360)),
        ("N", True, (100, 278, 160, 301)),
        ("R", True, (100, 300, 123, 360)),
        ("I", True, (40, 300, 100, 323)),
        ("B", True, (78, 240, 101, 300)),
    ],
)
def test_text_is_turned_around_its_place(turn, foot, box):
    place = "^FT" if foot else "^FO"

    found = ink(drawn(f"{place}100,300^A0{turn},30,30^FDHello^FS"))

    assert all(abs(one - other) <= 4 for one, other in zip(found, box, strict=True)), found


def test_text_can_be_turned_for_all_fields():
    assert same(drawn("^FWR^FO9,9^A0,30^FDHello^FS"), drawn("^FO9,9^A0R,30^FDHello^FS"))


def broken(text, width, kind=("D", 18, 10)):
    return list(_broken(text, sized(*kind), Block(width, 9, 0, "L", 0)))


def test_lines_break_at_spaces():
    assert broken("one two three", 12 * 8) == ["one two", "three"]


def test_a_word_that_is_too_long_breaks_within():
    assert broken("extraordinary", 12 * 5) == ["extra", "ordin", "ary"]


def test_lines_break_where_it_is_said():
    assert broken(r"one\&\&two three", 12 * 20) == ["one", "", "two three"]


def test_a_block_too_narrow_for_a_letter_has_one_a_line():
    assert broken("abc", 1) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("align", "left", "right"), [("L", 100, None), ("C", 226, 271), ("R", None, 400)]
)
def test_lines_stand_left_right_or_in_the_middle(align, left, right):
    found = ink(drawn(f"^FO100,10^ADN,18,10^FB300,1,0,{align}^FDHHHH^FS"))

    assert left is None or abs(found[0] - left) <= 3
    assert right is None or abs(found[2] - right) <= 5


def test_justified_lines_fill_their_width():
    found = ink(drawn("^FO100,10^ADN,18,10^FB130,2,0,J^FDHH HH HH HHHHH^FS"))

    assert abs(found[2] - 230) <= 4


def test_a_block_has_no_more_lines_than_it_was_given():
    one = ink(drawn("^FO0,0^ADN,18,10^FB60,1,0,L^FDaaa bbb ccc ddd^FS"))
    two = ink(drawn("^FO0,0^ADN,18,10^FB60,2,0,L^FDaaa bbb ccc ddd^FS"))

    assert one[3] <= 18
    assert 18 < two[3] <= 36


def test_what_has_no_room_is_printed_over_the_last_line():
    alone = inked(drawn("^FO0,0^ADN,18,10^FB60,1,0,L^FDaaa^FS"))

    assert inked(drawn("^FO0,0^ADN,18,10^FB60,1,0,L^FDaaa bbb ccc^FS")) > alone


def test_lines_have_space_between_them():
    found = ink(drawn("^FO0,0^ADN,18,10^FB60,2,10,L^FDHHH HHH^FS"))

    assert found[3] == 18 + 10 + 14


def test_a_block_stands_on_the_last_line_that_it_may_have():
    full = ink(drawn("^FT0,200^ADN,18,10^FB60,2,0,L^FDHHH HHH^FS"))
    short = ink(drawn("^FT0,200^ADN,18,10^FB60,3,0,L^FDHHH HHH^FS"))

    assert (full[3], short[3]) == (200, 200 - 18)


def test_all_lines_but_the_first_are_indented():
    found = drawn("^FO0,0^ADN,18,10^FB90,2,0,L,30^FDHHH HHHHH^FS")

    assert ink(found.crop((0, 18, 200, 40)))[0] >= 30


@pytest.mark.parametrize("block", ["^FB0,3,0,L", "^FB,,"])
def test_a_block_without_width_prints_nothing(block):
    assert inked(drawn(f"^FO0,0^ADN,18,10{block}^FDHello^FS^FO0,0^GB1,1,1^FS")) == 1


def test_signs_that_nobody_sees_take_no_room():
    assert same(drawn("^FO0,0^A0N,30^FDHello^FS"), drawn(b"^FO0,0^A0N,30^FDHe\x00l\x1blo^FS"))


def test_symbols_have_a_typeface_of_their_own():
    assert inked(drawn("^CI28^FO0,0^GSN,60,60^FDA^FS")) == inked(
        drawn("^CI28^FO0,0^A0N,60,60^FD®^FS")
    )
