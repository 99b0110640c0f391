"""Labels: how large they are, where fields go, what lasts from one to the next."""

import pytest
from PIL import ImageChops

from devices.virtual.zpl import draw
from tests.devices.virtual.zpl.sight import codes, drawn, ink, inked

BOX = "^GB40,20,20^FS"


def test_a_label_is_four_by_six_inches_unless_it_says_otherwise():
    assert drawn(f"^FO0,0{BOX}").size == (812, 1218)
    assert drawn(f"^FO0,0{BOX}", dpi=300).size == (1200, 1800)
    assert drawn(f"^PW400^LL200^FO0,0{BOX}").size == (400, 200)


def test_paper_is_as_long_as_what_is_on_it():
    assert drawn(f"^FO0,1500{BOX}").size == (812, 1520)
    assert drawn(f"^FO0,1225{BOX}").size == (812, 1218)
    assert drawn(f"^FO0,31000{BOX}").size == (812, 12 * 203)


def test_no_label_is_wider_than_any_printer():
    assert drawn(f"^PW12000^FO0,0{BOX}").size[0] == 9 * 203


def test_what_falls_beside_the_paper_is_lost():
    assert ink(drawn(f"^PW400^LL200^FO390,190{BOX}")) == (390, 190, 400, 200)


def test_each_label_is_a_picture():
    pictures = draw(b"^XA^FO0,0^GB9,9,9^FS^XZ\r\n^XA^FO50,50^GB9,9,9^FS^XZ")

    assert [ink(picture) for picture in pictures] == [(0, 0, 9, 9), (50, 50, 59, 59)]


@pytest.mark.parametrize("data", [b"", b"hello", b"^XA^XZ", b"^XA^PW400^XZ", b"^XA^FO1,1^FDopen"])
def test_what_prints_nothing_is_no_label(data):
    assert draw(data) == []


def test_settings_last_from_label_to_label():
    first, second = draw(b"^XA^PW400^LL200^LH10,20^CF0,40^FO0,0^FDA^FS^XZ^XA^FO0,0^FDA^FS^XZ")

    assert ImageChops.difference(first, second).getbbox() is None


def test_home_is_where_fields_are_reckoned_from():
    assert ink(drawn(f"^LH30,50^FO10,10{BOX}")) == (40, 60, 80, 80)


def test_all_can_be_shifted_to_the_left():
    assert ink(drawn(f"^LS30^FO100,10{BOX}")) == (70, 10, 110, 30)


def test_a_place_can_be_that_of_the_right_edge():
    assert ink(drawn(f"^FO200,10,1{BOX}")) == (160, 10, 200, 30)
    assert ink(drawn(f"^FWN,1^FO200,10{BOX}")) == (160, 10, 200, 30)


def test_a_foot_stands_on_its_line():
    assert ink(drawn(f"^FT100,100{BOX}")) == (100, 80, 140, 100)


def test_mirrored_labels_are_mirrored():
    assert ink(drawn(f"^PMY^PW400^LL200^FO0,0{BOX}")) == (360, 0, 400, 20)


def test_which_end_comes_first_changes_nothing_in_the_hand():
    assert ink(drawn(f"^POI^FO10,10{BOX}")) == ink(drawn(f"^FO10,10{BOX}"))


def test_reversed_fields_are_white_on_black():
    plain = inked(drawn("^FO0,0^GB100,50,50^FS"))

    assert inked(drawn("^FO0,0^GB100,50,50^FS^FO10,10^FR^GB40,20,20^FS")) == plain - 40 * 20
    assert inked(drawn("^LRY^FO0,0^GB100,50,50^FS^FO10,10^GB40,20,20^FS")) == plain - 40 * 20


def test_white_erases():
    plain = inked(drawn("^FO0,0^GB100,50,50^FS"))

    assert inked(drawn("^FO0,0^GB100,50,50^FS^FO10,10^GB40,20,20,W^FS")) == plain - 40 * 20


def test_a_field_without_an_end_ends_at_the_next():
    assert ink(drawn("^FO10,10^GB9,9,9^FO50,50^GB9,9,9^FS")) == (10, 10, 59, 59)


def test_commands_may_stand_before_the_place():
    assert ink(drawn("^GB9,9,9^FO50,50^FS")) == (50, 50, 59, 59)


def test_commands_that_we_do_not_know_are_passed_over():
    assert ink(drawn(f"^MMT^PR4^ZZ9^FX a comment^FS^FO10,10{BOX}")) == (10, 10, 50, 30)


@pytest.mark.parametrize("mark", ["\r\n", "\n", " "])
def test_line_ends_between_values_do_not_matter(mark):
    assert ink(drawn(f"^FO{mark}10,{mark}10{mark}^GB40,20,{mark}20^FS")) == (10, 10, 50, 30)


def test_signs_without_ascii_are_what_the_charset_says():
    utf8 = drawn("^CI28^A0N,40,40^FO0,0^FDMünchen^FS")
    hexed = drawn("^CI28^A0N,40,40^FO0,0^FH^FDM_C3_BCnchen^FS")
    latin = drawn(b"^CI27^A0N,40,40^FO0,0^FDM\xfcnchen^FS")
    old = drawn(b"^CI0^A0N,40,40^FO0,0^FDM\x81nchen^FS")
    other_sign = drawn("^CI28^A0N,40,40^FO0,0^FH#^FDM#c3#bcnchen^FS")

    for other in (hexed, latin, old, other_sign):
        assert ImageChops.difference(utf8, other).getbbox() is None


def test_what_a_customer_is_called_is_no_command():
    picture = drawn("^CI28^FO0,0^BY2^BCN,80,N,N,N,A^FH^FDA_5EXZB^FS")

    assert codes(picture) == [("]C0", "A^XZB")]


def test_a_picture_can_be_kept_and_recalled():
    kept = b"~DGR:DOT.GRF,8,1,FFFFFFFFFFFFFFFF\n^XA^FO10,10^XGR:DOT.GRF,2,3^FS^XZ"

    (picture,) = draw(kept)

    assert ink(picture) == (10, 10, 26, 34)


@pytest.mark.parametrize("field", ["^XGR:NO.GRF,2,3", "^FD", "^GFA,1,1,0,"])
def test_what_says_nothing_comes_out_as_an_empty_label(field):
    assert ink(drawn(f"^FO10,10{field}^FS")) is None


def test_a_serial_field_prints_its_first_value():
    assert codes(drawn("^FO0,0^BY2^BCN,80,N,N,N,A^SN0017,1,Y^FS")) == [("]C0", "0017")]
