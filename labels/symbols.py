"""Barcodes as dark and light modules, whatever draws them later; data that cannot be printed is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

import zxingcpp
from typing_extensions import Buffer
from zxingcpp import BarcodeFormat

from labels.label import Barcode, Symbology

MM_PER_INCH = 25.4

SMALLEST_MODULE_MM = 0.24
"""Narrower bars are lost on paper at 203 dpi, where a bar of two dots is 0.25 mm."""

FORMATS = {
    Symbology.CODE128: BarcodeFormat.Code128,
    Symbology.GS1_128: BarcodeFormat.Code128,
    Symbology.QR: BarcodeFormat.QRCode,
    Symbology.DATAMATRIX: BarcodeFormat.DataMatrix,
    Symbology.EAN13: BarcodeFormat.EAN13,
}
MATRIX = frozenset({Symbology.QR, Symbology.DATAMATRIX})
LINEAR_SIGNS = frozenset(map(chr, range(0x20, 0x7F)))
"""What every scanner reads from a Code 128 in the same way."""

EAN13_DIGITS = 13


class Unprintable(ValueError):
    """This barcode cannot be printed: its data does not suit its kind, or it does not fit its box."""


@dataclass(frozen=True)
class Symbol:
    """Rows of modules, quiet zones included; a linear barcode has one row. True is dark."""

    rows: tuple[tuple[bool, ...], ...]
    is_linear: bool

    @property
    def across(self) -> int:
        """How many modules wide."""
        return len(self.rows[0])


@dataclass(frozen=True)
class Bar:
    """A dark rectangle, in printer dots from the corner of the label."""

    x: int
    y: int
    width: int
    height: int


def symbol(symbology: Symbology, data: str) -> Symbol:
    """Return the modules of a barcode. Raises Unprintable."""
    _look_at(symbology, data)
    try:
        made = zxingcpp.create_barcode(data, FORMATS[symbology], **_said_along(symbology, data))
    except ValueError as reason:
        raise Unprintable(f"{symbology} cannot say this: {reason}") from reason
    picture = memoryview(cast("Buffer", made.to_image(scale=1, add_quiet_zones=True)))
    height, across = picture.shape or (0, 0)
    dots = picture.tobytes()
    rows = [
        tuple(dot == 0 for dot in dots[at * across : (at + 1) * across]) for at in range(height)
    ]
    is_linear = symbology not in MATRIX
    return Symbol((rows[height // 2],) if is_linear else tuple(rows), is_linear)


def fits(symbology: Symbology, data: str, *, width_mm: float, height_mm: float) -> bool:
    """Tell whether a barcode can be printed legibly in a box of that size, at any usual dpi."""
    try:
        found = symbol(symbology, data)
    except Unprintable:
        return False
    # Two dots at 203 dpi, the coarsest printers there are.
    return found.across * 2 * MM_PER_INCH / 203 <= _room(found, width_mm, height_mm)


def bars(part: Barcode, dpi: int) -> list[Bar]:
    """Return the dark rectangles of a barcode in dots. Raises Unprintable where it does not fit its box."""
    found = symbol(part.symbology, part.data)
    module = int(_room(found, part.width, part.height) * dpi / MM_PER_INCH / found.across)
    if module * MM_PER_INCH / dpi < SMALLEST_MODULE_MM:
        raise Unprintable(
            f"{part.symbology} of {found.across} modules does not fit {part.width} mm"
        )
    return _drawn(found, part, module, dpi)


def _look_at(symbology: Symbology, data: str) -> None:
    if not data:
        raise Unprintable("a barcode needs something to say")
    if symbology is Symbology.EAN13:
        if not (data.isascii() and data.isdigit() and len(data) == EAN13_DIGITS):
            raise Unprintable("an EAN-13 has 13 digits")
    elif symbology in MATRIX:
        if not data.isprintable():
            raise Unprintable(f"{symbology} cannot say signs that nobody sees")
    elif not LINEAR_SIGNS.issuperset(data):
        raise Unprintable(f"{symbology} says letters from A to Z, figures and plain signs only")


def _said_along(symbology: Symbology, data: str) -> dict[str, bool | str]:
    """Return what the barcode says of itself: that it is GS1, or that its letters are UTF-8."""
    if symbology is Symbology.GS1_128:
        return {"gs1": True}
    return {} if data.isascii() else {"eci": "UTF-8"}


def _room(found: Symbol, width: float, height: float) -> float:
    return width if found.is_linear else min(width, height)


def _drawn(found: Symbol, part: Barcode, module: int, dpi: int) -> list[Bar]:
    def dots(millimetres: float) -> int:
        return int(millimetres * dpi / MM_PER_INCH)

    tall = dots(part.height) if found.is_linear else module
    left = dots(part.x) + (dots(part.width) - found.across * module) // 2
    top = dots(part.y) + (
        0 if found.is_linear else (dots(part.height) - len(found.rows) * module) // 2
    )
    return [
        Bar(left + start * module, top + down * tall, length * module, tall)
        for down, row in enumerate(found.rows)
        for start, length in _runs(row)
    ]


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where dark runs of modules begin, and how long they are."""
    runs, at = [], 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            runs.append((at, length))
        at += length
    return runs
