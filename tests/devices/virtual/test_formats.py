"""A printer cuts what comes over its wire into labels and questions, in whatever pieces it comes."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from devices.virtual.formats import KEPT_LIMIT, LABEL_LIMIT, Format, Formats
from devices.virtual.zpl.commands import Command

ONE, TWO = b"^XA^FO1,1^FDone^FS^XZ", b"^XA^FO1,1^FDtwo^FS^PQ3^XZ"


def told(*pieces):
    """Return labels as bytes, and questions by name."""
    formats = Formats()
    found = [one for piece in pieces for one in formats.receive(piece)]
    return [one.name if isinstance(one, Command) else one.data for one in found]


def labels(*pieces):
    formats = Formats()
    found = [one for piece in pieces for one in formats.receive(piece)]
    return [one for one in found if isinstance(one, Format)]


def test_labels_and_questions_come_in_order():
    assert told(b"~HS" + ONE + b"\r\n~HS" + TWO + b"~HI") == ["~HS", ONE, "~HS", TWO, "~HI"]


def test_a_question_within_a_label_is_heard_at_once():
    formats = Formats()

    first = formats.receive(ONE[:9] + b"~HS")

    assert [one.name for one in first] == ["~HS"]
    assert formats.is_partial
    assert [one.data for one in formats.receive(ONE[9:])] == [ONE]
    assert not formats.is_partial


def test_copies_are_counted():
    assert [label.copies for label in labels(ONE + TWO)] == [1, 3]


def test_no_more_copies_than_a_roll_has():
    assert [label.copies for label in labels(b"^XA^FDx^FS^PQ99999999^XZ")] == [100]


def test_settings_print_nothing_and_count_from_then_on():
    found = labels(b"^XA^PW400^XZ" + ONE)

    assert [(label.data, label.kept) for label in found] == [(ONE, b"^XA^PW400^XZ")]


def test_pictures_are_kept_for_later_labels():
    picture = b"~DGR:A.GRF,2,1,FF00\n"

    found = labels(picture + b"^XA^FO1,1^XGR:A.GRF^FS^XZ")

    assert found[0].kept == picture


def test_a_label_that_begins_anew_forgets_its_beginning():
    assert told(b"^XA^FDhalf" + ONE) == [ONE]


def test_noise_between_labels_is_no_label():
    assert told(b"hello\r\n" + ONE + b"\x00\xff ^FDstray^FS^XZ" + TWO) == [ONE, TWO]


def test_counted_bytes_may_hold_anything():
    graphic = b"^XA^FO1,1^GFB,6,6,2,^XZ~HS^FS^XZ"

    assert told(graphic[:27], graphic[27:]) == [graphic]


def test_what_never_ends_is_thrown_away():
    formats = Formats()
    formats.receive(b"^XA")

    for _ in range(LABEL_LIMIT // 1_000_000 + 2):
        formats.receive(b"^FD" + b"x" * 1_000_000)

    assert not formats.is_partial
    assert [one.data for one in formats.receive(ONE)] == [ONE]


def test_what_is_kept_has_an_end():
    formats = Formats()

    for _ in range(30):
        formats.receive(b"~DGR:A.GRF,100000,10," + b"F" * 100_000)

    assert len(formats.receive(ONE)[0].kept) <= KEPT_LIMIT


parts = st.lists(
    st.sampled_from([ONE, TWO, b"~HS", b"\r\n", b"^XA", b"^XZ", b"^", b"~", b"^GFB,9,9,3,", b"~HI"])
    | st.binary(max_size=12),
    max_size=12,
)


@given(parts, st.lists(st.integers(0, 200), max_size=10))
def test_pieces_make_no_difference(stream, cuts):
    whole = b"".join(stream)
    edges = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]

    assert told(*(whole[begins:ends] for begins, ends in pairwise(edges))) == told(whole)


@given(parts)
def test_a_label_is_found_after_anything_that_is_no_counted_picture(stream):
    noise = b"".join(part for part in stream if b"GF" not in part.upper())
    signs = (b"CC", b"CT", b"CD")
    if not any(sign in noise.upper() for sign in signs):
        assert told(noise + ONE)[-1:] == [ONE]
