"""Labels that somebody else drew: what was taken in can be printed, and nothing of its picture is read as a command."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.zpl import UnfitLabel, ready_to_print, without_what_lasts

SHEET = b"^XA^FO10,10^A0N,30,30^FDhello^FS^XZ"
NOTE = b"^FO0,0^FDNOTE^FS"

PARTS = st.sampled_from(
    [
        *(b"^XA", b"^xa", b"^XZ", b"^xz", b"^FDx^FS", b"~JR", b"~jr", b"^JUS", b"^KN1", b"~SXN", b"^TO", b"^TA1"),
        *(b"^UX", b"~UX", b"^WX", b"^SX", b"^RO", b"^ID", b"~ID", b"^HH", b"^NC1", b"^TB", b"^PQ9", b"^PQ1"),
        *(b"^GFB,3,3,1,", b"^CC", b"^", b"~", b"\xff", b" "),
    ]
)  # fmt: skip


def picture(size, seed):
    return b"^XA^FO0,0^GFB,%d,%d,100,%s^FS^XZ" % (size, size, random.Random(seed).randbytes(size))


@given(st.lists(PARTS, max_size=12).map(b"".join))
def test_what_was_taken_in_can_be_printed_as_it_is(data):
    try:
        taken = without_what_lasts(data)
    except UnfitLabel:
        return

    assert ready_to_print(taken) == taken
    assert NOTE in ready_to_print(taken, NOTE)


@pytest.mark.parametrize("seed", range(20))
def test_a_picture_of_bare_bytes_is_no_command(seed):
    data = picture(30_000, seed)

    assert without_what_lasts(data) == data
    assert ready_to_print(data) == data
    assert ready_to_print(data, NOTE) == data.removesuffix(b"^XZ") + NOTE + b"^XZ"


def test_commands_in_small_letters_are_commands():
    small = SHEET.replace(b"^XA", b"^xa").replace(b"^XZ", b"^xz")

    assert ready_to_print(small) == small
    assert ready_to_print(small, NOTE) == small.removesuffix(b"^xz") + NOTE + b"^xz"
    with pytest.raises(UnfitLabel):
        ready_to_print(small.replace(b"^xz", b"~jr^xz"))


def test_a_block_of_text_is_part_of_the_sheet():
    block = b"^XA^FO10,10^TBN,200,100^FDmany words^FS^XZ"

    assert without_what_lasts(block) == block


def test_a_note_stands_on_the_sheet_and_not_on_what_follows_it():
    data = SHEET + b"^XA^MMT^XZ"

    assert ready_to_print(data, NOTE) == SHEET.removesuffix(b"^XZ") + NOTE + b"^XZ^XA^MMT^XZ"


@pytest.mark.parametrize(
    "data", [SHEET + b"^XA", b"^XA" + SHEET, SHEET + b"^XZ", b"^XZ" + SHEET, SHEET * 2, b""]
)
def test_what_is_not_one_whole_sheet_is_neither_taken_in_nor_printed(data):
    for look in (without_what_lasts, ready_to_print):
        with pytest.raises(UnfitLabel):
            look(data)
