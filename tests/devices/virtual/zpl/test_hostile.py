"""Whatever bytes are sent, drawing ends soon and never breaks."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.virtual.zpl import draw
from devices.virtual.zpl.drawing import LABELS_LIMIT

SECONDS = 20
"""Far more than the slowest takes on a slow machine; a loop without end takes longer."""

NAMES = (
    "FO FT A0 AA AB AV A@ FB FH FD FV FS GB GC GE GD GF BC B3 B2 BE B8 BU BA BK BQ BX B7 BO BD PW LL LH LS FW CI CF "
    "BY PM LR XG GS SN FR XA XZ CC CD CT TB PO PQ DG"
)
VALUES = st.sampled_from(
    [
        *("", "0", "1", "3", "10", "200", "99999", "-5", "1.5"),
        *("N", "R", "I", "B", "Y", "A", "C", "_"),
        *("QA,x", r"\&", "ABC", "123456", "é日", "_5E", ">8", ">;"),
        *(":Z64:eJx", "zzzz", ",,,", ":::"),
    ]
)
commands = st.builds(
    lambda sign, name, values: f"{sign}{name}{','.join(values)}".encode(),
    st.sampled_from("^^^^^^~"),
    st.sampled_from(NAMES.split()),
    st.lists(VALUES, max_size=7),
)
streams = st.lists(commands | st.binary(max_size=6), max_size=40).map(b"".join)


@settings(max_examples=60, deadline=None)
@given(streams)
def test_any_commands_are_drawn(stream):
    for picture in draw(b"^XA" + stream + b"^FS^XZ"):
        assert 0 < picture.width * picture.height <= 20_000_000


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_drawn(data):
    draw(data)
    draw(b"^XA^FO9,9" + data + b"^FS^XZ")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=3))
def test_a_label_with_a_few_other_bytes_is_drawn(at, other):
    label = (
        b"^XA^PW812^LL1218^CF0,40^FO50,50^FB700,3,0,C^FH^FDHello_20World and more^FS"
        b"^FO50,200^BY3^BCN,100,Y,N,N,A^FDL-000123^FS^FO50,400^BQN,2,5^FDQA,WXT^FS"
        b"^FO300,400^BXN,5,200^FDWXT^FS^FO50,600^GFA,15,15,3,HFH0F,:,!814224^FS"
        b"^FO50,700^B7N,5,3,4^FDHELLO^FS^FO50,800^GB600,200,4,B,3^FS^FR^XZ"
    )
    at %= len(label)

    draw(label[:at] + other + label[at + len(other) :])


def soon(data, dpi=203):
    began = time.process_time()
    pictures = draw(data, dpi)
    assert time.process_time() - began < SECONDS
    return pictures


@pytest.mark.parametrize(
    "field",
    [
        b"^FO0,0^GB32000,32000,32000^FS",
        b"^FO0,0^GC32000,1^FS",
        b"^FO0,0^GD32000,32000,32000^FS",
        b"^FO0,0^A0N,32000,32000^FD" + b"W" * 3_000 + b"^FS",
        b"^FO0,0^A0N,32000,1^FD" + b"W" * 3_000 + b"^FS",
        b"^FO0,0^A0N,1,32000^FD" + b"W" * 3_000 + b"^FS",
        b"^FO0,0^A0N,10,10^FB9999,9999,9999,J^FD" + b"W " * 1_500 + b"^FS",
        b"^FO0,0^A0N,1,1^FB9999,9999,0,J^FD" + b"\\&" * 1_500 + b"^FS",
        b"^FO0,0^AVN,800,710^FB9999,9999^FD" + b"W" * 3_000 + b"^FS",
        b"^FO0,0^BY10^BCN,32000,Y,Y^FD" + b"W" * 3_000 + b"^FS",
        b"^FO0,0^BQN,2,100^FDQA," + b"W" * 1_000 + b"^FS",
        b"^FO0,0^B7N,100,8,30^FD" + b"W" * 1_000 + b"^FS",
        b"^FO0,0^GFA,99999999,99999999,1,zzzzzzF^FS",
        b"^FO0,0^GFA,4,4,1,^FS",
        b"^XA",
        b"^PW99999^LL99999",
        b"^GB9,9,9",
        b"^FX",
    ],
)
def test_the_largest_of_everything_is_done_soon(field):
    soon(b"^XA" + field + b"^XZ")
    soon(b"^XA" + field * 1_000 + b"^XZ")


def test_no_more_labels_are_drawn_than_anybody_looks_at():
    assert len(soon(b"^XA^FO0,0^GB9,9,9^FS^XZ" * 5_000)) <= LABELS_LIMIT


def test_a_picture_that_refers_to_itself_is_drawn_once():
    soon(b"~DGR:A.GRF,8,1,FFFF" + b"^XA" + b"^FO0,0^XGR:A.GRF,10,10^FS" * 5_000 + b"^XZ")


def test_kept_pictures_that_grow_from_a_few_bytes_are_kept_while_there_is_room():
    soon(b"~DGR:A.GRF,2500000,1,z" * 20_000)


def test_a_finer_printer_takes_no_longer_than_it_may():
    assert soon(b"^XA^FO0,0^GB9,9,9^FS^XZ" * 20, dpi=600)[0].size == (2400, 3600)


def test_megabytes_of_noise_are_done_soon():
    chance = random.Random(1)
    soon(chance.randbytes(2_000_000))
    soon(b"^" * 2_000_000)
    soon(b"^FX~" * 500_000)
    soon(b"^XA^FD" + b"x" * 5_000_000 + b"^FS^XZ")
