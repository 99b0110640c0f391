"""What a Zebra says is understood, in whatever pieces it comes."""

from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.condition import Condition
from devices.printers.zebra import LINE_LIMIT, HostStatus, Status, answer, condition

GUIDE = (
    b"\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n"
    b"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n"
    b"\x021234,0\x03\r\n"
)
"""As a healthy printer answers."""

FLAGS = [field.name for field in fields(Status) if field.type is bool]
statuses = st.builds(
    Status,
    formats_waiting=st.integers(0, 999),
    labels_left=st.integers(0, 99_999_999),
    **dict.fromkeys(FLAGS, st.booleans()),
)


def heard(*pieces):
    parser = HostStatus()
    return [status for piece in pieces for status in parser.receive(piece)]


def test_a_healthy_printer_is_ready():
    (status,) = heard(GUIDE)

    assert status == Status()
    assert condition(status) is Condition.READY
    assert status.is_idle


def test_every_figure_is_at_its_place():
    (status,) = heard(
        b"\x02030,1,1,1245,007,1,0,1,000,0,1,1\x03\r\n"
        b"\x02000,0,1,1,0,2,4,1,00000012,1,000\x03\r\n"
        b"\x021234,0\x03\r\n"
    )

    assert status == Status(
        paper_out=True,
        ribbon_out=True,
        head_open=True,
        paused=True,
        over_temp=True,
        under_temp=True,
        buffer_full=True,
        partial_format=True,
        label_waiting=True,
        formats_waiting=7,
        labels_left=12,
    )


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (Status(), Condition.READY),
        (Status(paper_out=True, paused=True), Condition.PAPER_OUT),
        (Status(paper_out=True, head_open=True), Condition.HEAD_OPEN),
        (Status(ribbon_out=True, labels_left=3), Condition.RIBBON_OUT),
        (Status(over_temp=True), Condition.TOO_HOT),
        (Status(paused=True, formats_waiting=1), Condition.PAUSED),
        (Status(formats_waiting=1), Condition.BUSY),
        (Status(labels_left=1), Condition.BUSY),
        (Status(partial_format=True), Condition.BUSY),
        (Status(buffer_full=True), Condition.BUSY),
        (Status(label_waiting=True), Condition.READY),
        (Status(under_temp=True), Condition.READY),
    ],
)
def test_what_keeps_it_from_printing_is_named(status, found):
    assert condition(status) is found


def test_work_is_sent_to_printers_that_can_print_it():
    assert {one for one in Condition if one.takes_work} == {
        Condition.READY,
        Condition.BUSY,
        Condition.UNKNOWN,
    }


@given(statuses)
def test_a_status_is_said_as_it_is_heard(status):
    assert heard(answer(status)) == [status]


@given(statuses, statuses, st.lists(st.integers(0, 300), max_size=8))
def test_pieces_make_no_difference(first, second, cuts):
    whole = answer(first) + answer(second)
    edges = [0, *sorted(cuts), len(whole)]

    pieces = [whole[begins:ends] for begins, ends in pairwise(edges)]

    assert heard(*pieces) == [first, second]


@given(st.binary(max_size=400).filter(lambda noise: b"\x02" not in noise), statuses)
def test_noise_before_an_answer_is_passed_over(noise, status):
    assert heard(noise, answer(status)) == [status]


@given(st.lists(st.binary(max_size=80), max_size=20))
def test_no_noise_is_taken_for_an_answer_or_kept(pieces):
    parser = HostStatus()

    for piece in pieces:
        parser.receive(piece)

    assert len(parser._line or b"") <= LINE_LIMIT


@given(st.binary(max_size=300), statuses)
def test_after_any_noise_the_second_answer_is_heard(noise, status):
    assert heard(noise, answer(status), answer(status))[-1:] == [status]


def test_a_line_that_never_ends_is_forgotten():
    parser = HostStatus()

    assert parser.receive(b"\x02" + b"1" * 100_000) == []
    assert parser._line is None
    assert parser.receive(GUIDE) == [Status()]


@pytest.mark.parametrize(
    "broken",
    [
        GUIDE.replace(b"1245", b"12x5"),
        GUIDE.replace(b"030,", b""),
        GUIDE.replace(b"\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n", b""),
        GUIDE.replace(b"\x021234,0\x03", b""),
    ],
)
def test_half_an_answer_is_none(broken):
    assert heard(broken) == []
    assert heard(broken, GUIDE)[-1:] == [Status()]
