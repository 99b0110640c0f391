"""Pictures, boxes, circles and lines."""

import base64
import binascii
import re
import zlib

from PIL import Image, ImageDraw

from devices.virtual.zpl.commands import GRAPHIC_VALUES
from devices.virtual.zpl.page import STAMP_LIMIT, Stamp
from devices.virtual.zpl.values import Values

BYTES_LIMIT = STAMP_LIMIT // 8

ACROSS_LIMIT = 1_200
"""Most bytes across a picture: 9,600 dots, as wide as 16 inches at 600 dpi."""

SIDE_LIMIT = 4_400
"""Longest side of a box or circle that we draw; what is longer ends beside any paper."""

ROUNDEST = 8

RUNS = re.compile(rb"[0-9A-Fa-f]+|[G-Yg-z]+|[,!:]")
PACKED = re.compile(rb":(Z64|B64):([A-Za-z0-9+/=\s]*)")


def field(data: bytes, comma: bytes) -> Stamp | None:
    """Return the picture of a ^GF: how it is written, bytes sent, bytes in all, bytes across, and the bytes."""
    *head, body = data.split(comma, GRAPHIC_VALUES)
    if len(head) < GRAPHIC_VALUES:
        return None
    values = Values(comma.join(head), comma)
    total, across = values.number(2, 0, 0, BYTES_LIMIT), values.number(3, 0, 0, ACROSS_LIMIT)
    return picture(body, total, across, is_binary=values.letter(0, "A", "ABC") != "A")


def picture(data: bytes, total: int, across: int, *, is_binary: bool = False) -> Stamp | None:
    """Return the dots that bytes stand for, as ^GF and ~DG bring them; None where there are none."""
    if not across or total < across:
        return None
    total -= total % across
    raw = data[:total] if is_binary else _raw(data, total, across)
    raw = raw[:total].ljust(total, b"\0")
    ink = Image.frombytes("1", (across * 8, total // across), raw)
    return Stamp(ink, foot=ink.height)


def _raw(data: bytes, total: int, across: int) -> bytes:
    packed = PACKED.search(data)
    if packed is None:
        return _unfolded(data, total * 2, across * 2)
    try:
        raw = base64.b64decode(packed[2])
        return zlib.decompressobj().decompress(raw, total) if packed[1] == b"Z64" else raw
    except (binascii.Error, zlib.error):
        return b""


def _unfolded(data: bytes, total: int, across: int) -> bytes:
    """Return the bytes of hexadecimal figures with letters before them that say how often they are repeated."""
    found, times = bytearray(), 0
    for run in RUNS.findall(data):
        if len(found) >= total:
            break
        if run in b",!:":
            _fill(found, run, across)
        elif run[:1] in b"0123456789ABCDEFabcdef":
            found += run[:1] * min(max(times, 1), total - len(found)) + run[1:]
        times = sum(map(_times, run)) if run[:1].isalpha() and run[:1].upper() >= b"G" else 0
    del found[total:]
    return bytes.fromhex(found.decode().ljust(total, "0"))


def _fill(found: bytearray, sign: bytes, across: int) -> None:
    """Fill the row with white or black, or repeat the one above."""
    missing = across - len(found) % across
    if sign == b":":
        found += found[-across:] if len(found) >= across else b"0" * across
    else:
        found += (b"0" if sign == b"," else b"F") * missing


def _times(letter: int) -> int:
    """Return how often a letter says: G to Y are 1 to 19, g to z are 20 to 400."""
    return letter - ord("F") if letter < ord("g") else (letter - ord("f")) * 20


def box(values: Values) -> Stamp:
    """Return ^GB: width, height, thickness, colour, rounding."""
    thick = values.number(2, 1, 1, SIDE_LIMIT)
    wide, high = (max(thick, values.number(at, thick, 1, SIDE_LIMIT)) for at in (0, 1))
    round_by = values.number(4, 0, 0, ROUNDEST) * min(wide, high) / ROUNDEST / 2
    ink = Image.new("1", (wide, high), int(not round_by))
    pen = ImageDraw.Draw(ink)
    if round_by:
        pen.rounded_rectangle((0, 0, wide - 1, high - 1), round_by, fill=1)
    if not _fills(wide, high, thick):
        inner = thick, thick, wide - thick - 1, high - thick - 1
        pen.rounded_rectangle(inner, max(0, round_by - thick), fill=0)
    return _coloured(ink, values, 3)


def circle(values: Values) -> Stamp:
    """Return ^GC: diameter, thickness, colour."""
    side = values.number(0, 3, 3, SIDE_LIMIT)
    return _coloured(_ring(side, side, values.number(1, 1, 1, SIDE_LIMIT)), values, 2)


def ellipse(values: Values) -> Stamp:
    """Return ^GE: width, height, thickness, colour."""
    wide, high = values.number(0, 3, 3, SIDE_LIMIT), values.number(1, 3, 3, SIDE_LIMIT)
    return _coloured(_ring(wide, high, values.number(2, 1, 1, SIDE_LIMIT)), values, 3)


def diagonal(values: Values) -> Stamp:
    """Return ^GD: width, height, thickness, colour, and which way it leans."""
    wide, high = values.number(0, 3, 3, SIDE_LIMIT), values.number(1, 3, 3, SIDE_LIMIT)
    thick = values.number(2, 1, 1, SIDE_LIMIT)
    ink = Image.new("1", (wide + thick - 1, high))
    leans_right = values.letter(4, "R", "RL/\\") in "R/"
    pen = ImageDraw.Draw(ink)
    for y in range(high):
        x = (wide - 1) * (high - 1 - y if leans_right else y) // (high - 1)
        pen.line((x, y, x + thick - 1, y), fill=1)
    return _coloured(ink, values, 3)


def _ring(wide: int, high: int, thick: int) -> Image.Image:
    ink = Image.new("1", (wide, high))
    pen = ImageDraw.Draw(ink)
    pen.ellipse((0, 0, wide - 1, high - 1), fill=1)
    if not _fills(wide, high, thick):
        pen.ellipse((thick, thick, wide - thick - 1, high - thick - 1), fill=0)
    return ink


def _fills(wide: int, high: int, thick: int) -> bool:
    """Tell whether the outline leaves no hole."""
    return 2 * thick >= min(wide, high)


def _coloured(ink: Image.Image, values: Values, at: int) -> Stamp:
    return Stamp(ink, foot=ink.height, is_white=values.letter(at, "B", "BW") == "W")
