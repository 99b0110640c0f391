"""Pictures in every way of writing them, boxes, circles and lines."""

import base64
import random
import zlib

import pytest
from PIL import Image

from tests.devices.virtual.zpl.sight import drawn, ink, inked

ROWS = [b"\xff\x00\xf0", b"\xff\x00\xf0", b"\x00\x00\x00", b"\xff\xff\xff", b"\x81\x42\x24"]
RAW = b"".join(ROWS)


def dots(picture):
    """Return the first 24 × 5 dots as bytes, black is 1."""
    part = picture.crop((0, 0, 24, 5)).point([255] + [0] * 255)
    return part.convert("1", dither=Image.Dither.NONE).tobytes()


def hexadecimal(raw):
    return raw.hex().upper().encode()


@pytest.mark.parametrize(
    ("how", "body"),
    [
        ("figures", hexadecimal(RAW)),
        ("small figures", hexadecimal(RAW).lower()),
        ("lines", b"\r\n".join(map(hexadecimal, ROWS))),
        ("repeats", b"HFH0F,:,!814224"),
        ("zlib", b":Z64:" + base64.b64encode(zlib.compress(RAW)) + b":1234"),
        ("base64", b":B64:" + base64.b64encode(RAW) + b":1234"),
    ],
)
def test_a_picture_is_the_same_however_it_is_written(how, body):
    assert dots(drawn(b"^FO0,0^GFA,15,15,3," + body + b"^FS")) == RAW, how


def test_a_picture_may_come_as_bytes():
    assert dots(drawn(b"^FO0,0^GFB,15,15,3," + RAW + b"^FS")) == RAW


def test_long_repeats_are_added_up():
    assert inked(drawn("^FO0,0^GFA,100,100,100,zzzz^FS^FO0,50^GFA,100,100,100,iGF^FS")) == 61 * 4


def test_a_picture_that_ends_early_is_white_below():
    assert dots(drawn(b"^FO0,0^GFA,15,15,3,FF00F0^FS")) == ROWS[0] + bytes(12)


def test_a_picture_that_is_too_long_is_cut():
    assert ink(drawn(b"^FO0,0^GFA,3,3,3," + b"F" * 60 + b"^FS")) == (0, 0, 24, 1)


@pytest.mark.parametrize(
    "field",
    [
        "^GFA,15,15,0,FFFF",
        "^GFA,15,2,3,FFFF",
        "^GFA",
        "^GFA,15,15",
        "^GFA,x,y,z,FFFF",
    ],
)
def test_a_picture_without_a_size_prints_nothing(field):
    assert inked(drawn(f"^FO0,0^GB1,1,1^FS^FO0,0{field}^FS")) == 1


@pytest.mark.parametrize("body", [":Z64:!!!!", ":Z64:AAAA:", ":B64:A", ":Z64:"])
def test_a_picture_that_cannot_be_unpacked_is_white(body):
    assert inked(drawn(f"^FO0,0^GFA,15,15,3,{body}^FS")) == 0


def test_a_bomb_is_not_unpacked():
    bomb = base64.b64encode(zlib.compress(b"\xff" * 50_000_000, 9))

    assert inked(drawn(b"^FO0,0^GFA,15,15,3,:Z64:" + bomb + b"^FS")) == 120


def test_random_pictures_survive():
    chance = random.Random(4)
    for across in (1, 7, 50):
        raw = chance.randbytes(across * 20)
        sent = f"^FO0,0^GFA,{len(raw)},{len(raw)},{across},".encode() + hexadecimal(raw)

        picture = drawn(sent + b"^FS").crop((0, 0, across * 8, 20))

        assert picture.point([255] + [0] * 255).convert("1").tobytes() == raw


@pytest.mark.parametrize(
    ("field", "box", "black"),
    [
        ("^GB40,20,20", (10, 10, 50, 30), 40 * 20),
        ("^GB40,20,3", (10, 10, 50, 30), 40 * 20 - 34 * 14),
        ("^GB40,0,3", (10, 10, 50, 13), 40 * 3),
        ("^GB0,40,3", (10, 10, 13, 50), 40 * 3),
        ("^GB,,5", (10, 10, 15, 15), 25),
        ("^GC50,25", (10, 10, 60, 60), 1_976),
        ("^GE80,40,20", (10, 10, 90, 50), 2_512),
        ("^GD100,50,1,B,L", (10, 10, 111, 60), None),
        ("^GD100,50,1,B,R", (10, 10, 111, 60), None),
    ],
)
def test_shapes_have_their_size(field, box, black):
    picture = drawn(f"^FO10,10{field}^FS")

    found = ink(picture)
    assert all(abs(one - other) <= 1 for one, other in zip(found, box, strict=True)), found
    assert black is None or abs(inked(picture) - black) <= black * 0.01


def test_diagonals_lean_as_they_are_told():
    left, right = drawn("^FO0,0^GD90,90,3,B,L^FS"), drawn("^FO0,0^GD90,90,3,B,R^FS")

    assert (left.getpixel((5, 3)), left.getpixel((5, 86))) == (0, 255)
    assert (right.getpixel((5, 3)), right.getpixel((5, 86))) == (255, 0)


def test_round_corners_are_white():
    picture = drawn("^FO0,0^GB80,80,80,B,8^FS")

    assert picture.getpixel((0, 0)) == 255
    assert picture.getpixel((40, 0)) == 0


def test_a_round_box_has_a_hole():
    picture = drawn("^FO0,0^GB80,80,5,B,3^FS")

    assert picture.getpixel((40, 40)) == 255
    assert picture.getpixel((40, 2)) == 0
