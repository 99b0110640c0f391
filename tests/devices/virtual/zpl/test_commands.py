"""Bytes become commands, in whatever pieces they come."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.virtual.zpl.commands import COUNTED_LIMIT, DATA_LIMIT, Commands


def told(*pieces):
    commands = Commands()
    found = [one for piece in pieces for one in commands.receive(piece)] + commands.end()
    return [(one.name, one.data) for one in found]


def test_a_command_ends_where_the_next_begins():
    assert told(b"^XA^FO10,20^FDHello^FS^XZ") == [
        ("^XA", b""),
        ("^FO", b"10,20"),
        ("^FD", b"Hello"),
        ("^FS", b""),
        ("^XZ", b""),
    ]


def test_small_letters_are_commands_too():
    assert told(b"^xa^fo1,2") == [("^XA", b""), ("^FO", b"1,2")]


def test_a_typeface_belongs_to_what_its_command_brings():
    assert told(b"^A0N,30^A@N,30,20,E:X.TTF^ADN^FS") == [
        ("^A", b"0N,30"),
        ("^A@", b"N,30,20,E:X.TTF"),
        ("^A", b"DN"),
        ("^FS", b""),
    ]


def test_what_stands_before_the_first_command_is_skipped():
    assert told(b"hello\r\n^XA\r\n") == [("^XA", b"")]


def test_the_last_command_needs_no_end():
    assert told(b"^FDend") == [("^FD", b"end")]
    assert told(b"^X") == []


def test_other_signs_can_be_chosen():
    assert told(b"^XA^CC!!FO1,2!FD^5!FS!CD;!FO1;2!CT+!FDx+HS!XZ") == [
        ("^XA", b""),
        ("^CC", b"!"),
        ("^FO", b"1,2"),
        ("^FD", b"^5"),
        ("^FS", b""),
        ("^CD", b";"),
        ("^FO", b"1;2"),
        ("^CT", b"+"),
        ("^FD", b"x"),
        ("~HS", b""),
        ("^XZ", b""),
    ]


def test_the_sign_between_values_goes_with_each_command():
    commands = Commands().receive(b"^FO1,2^CD;^FO1;2^FS")

    assert [one.comma for one in commands if one.name == "^FO"] == [b",", b";"]


def test_counted_bytes_may_be_commands_for_all_we_know():
    assert told(b"^GFB,7,7,1,^XZ~HS!^FS") == [("^GF", b"B,7,7,1,^XZ~HS!"), ("^FS", b"")]


@pytest.mark.parametrize("head", [b"^GFB,", b"^GFB,7,7", b"^GFB,7,7,1,^XZ"])
def test_counted_bytes_are_waited_for(head):
    assert Commands().receive(b"^FS" + head) == Commands().receive(b"^FS")


def test_figures_that_never_come_are_not_waited_for():
    found = told(b"^GFB" + b"x" * COUNTED_LIMIT + b"^XZ")

    assert [name for name, _ in found] == ["^GF", "^XZ"]


def test_a_count_beyond_all_memory_is_cut():
    commands = Commands()
    commands.receive(b"^GFB,999999999,1,1,")

    for _ in range(DATA_LIMIT // 1_000_000 + 1):
        commands.receive(bytes(1_000_000))

    assert len(commands._held) <= 1_000_000


def test_data_that_never_ends_is_cut():
    commands = Commands()
    commands.receive(b"^FD")

    for _ in range(DATA_LIMIT // 1_000_000 + 2):
        commands.receive(b"x" * 1_000_000)

    assert len(commands._held) <= DATA_LIMIT


pieces = st.lists(
    st.sampled_from(
        [b"^XA", b"^FO1,2", b"^FD", b"~HS", b"^GFB,3,3,1,", b"^CC!", b"!FD", b"^", b"~", b"^A0"]
    )
    | st.binary(max_size=9),
    max_size=15,
)


@given(pieces, st.lists(st.integers(0, 150), max_size=9))
def test_pieces_make_no_difference(parts, cuts):
    whole = b"".join(parts)
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]

    assert told(*(whole[begins:ends] for begins, ends in pairwise(edges))) == told(whole)


@given(st.binary(max_size=300))
def test_nothing_is_held_but_the_last_command(data):
    commands = Commands()

    commands.receive(data)

    assert not commands._held or bytes(commands._held[:1]) in {commands.caret, commands.tilde}
