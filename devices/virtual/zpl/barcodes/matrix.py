"""Barcodes of cells and stacked rows: QR, Data Matrix, PDF417, Aztec, MaxiCode. Symbols come from zxing-cpp."""

import re
from typing import Any, cast

import zxingcpp
from biip import ParseError
from biip.gs1_messages import GS1Message
from PIL import Image
from typing_extensions import Buffer
from zxingcpp import BarcodeFormat

from devices.virtual.zpl.page import STAMP_LIMIT, Stamp

DATA_LIMIT = 3_072
"""Most signs that a ^FD takes."""

GS = "\x1d"
QR_HEAD = re.compile(r"([HQML])([AM]),?")
QR_MIXED = re.compile(r"D\d{4}[0-9A-Fa-f]{2},?")
QR_MANUAL = re.compile(r"B\d{4}|[NAK]")
INCH_MM = 25.4
MAXICODE_MM = 26.2, 24.9
"""A MaxiCode has one size."""


def qr(data: str, *, cell: int, level: str, drop: int) -> Stamp | None:
    """Return a QR code. Data begin with how they are written, as in `QA,`; printers set it lower by the ^BY height."""
    rest = QR_MIXED.sub("", data[:DATA_LIMIT], count=1) if data.startswith("D") else data
    head = QR_HEAD.match(rest)
    if head is not None:
        level, rest = head[1], rest[head.end() :]
        rest = QR_MANUAL.sub("", rest, count=1) if head[2] == "M" else rest
    ink = _ink(BarcodeFormat.QRCode, rest, (cell, cell), ec_level=level)
    return None if ink is None else Stamp(ink, foot=ink.height + drop, top=-drop)


def data_matrix(data: str, *, cell: int, escape: str) -> Stamp | None:
    """Return a Data Matrix; `_1` and the like stand for signs without a letter."""
    said = _unescaped(data[:DATA_LIMIT], escape)
    return _stamp(_gs1(said[1:], cell) if said.startswith(GS) else None) or _stamp(
        _ink(BarcodeFormat.DataMatrix, said.lstrip(GS), (cell, cell), forceSquare=True)
    )


def pdf417(data: str, *, module: int, row: int, level: int, columns: int) -> Stamp | None:
    """Return a PDF417."""
    said: dict[str, Any] = {"columns": columns} if columns else {}
    if level:
        said["ec_level"] = str(level)
    return _stamp(_ink(BarcodeFormat.PDF417, data[:DATA_LIMIT], (module, row), rows_are=3, **said))


def aztec(data: str, *, cell: int) -> Stamp | None:
    """Return an Aztec code."""
    return _stamp(_ink(BarcodeFormat.Aztec, data[:DATA_LIMIT], (cell, cell)))


def maxicode(data: str, *, dpi: int) -> Stamp | None:
    """Return a MaxiCode that says the data, without a primary message of its own."""
    ink = _ink(BarcodeFormat.MaxiCode, data[:DATA_LIMIT], (1, 1))
    wide, high = (round(side * dpi / INCH_MM) for side in MAXICODE_MM)
    return _stamp(ink and ink.resize((wide, high)))


def _gs1(data: str, cell: int) -> Image.Image | None:
    """Return a GS1 Data Matrix, or None where the data are no GS1 message."""
    try:
        message = GS1Message.parse(data)
    except ParseError:
        return None
    said = "".join(f"[{one.ai.ai}]{one.value}" for one in message.element_strings)
    return _ink(BarcodeFormat.DataMatrix, said, (cell, cell), gs1=True, forceSquare=True)


def _unescaped(data: str, escape: str) -> str:
    """Return the data with what follows the escape: 1 is FNC1, d and three figures a sign, @ and letters below 32."""
    if not escape:
        return data
    sign = re.escape(escape)
    return re.sub(f"{sign}(?:d(\\d{{3}})|(.))", _said(escape), data)


def _said(escape: str) -> Any:
    def said(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1]) % 256)
        if found[2] == "1":
            return GS
        if found[2] == escape:
            return escape
        return chr(ord(found[2]) - 64) if "@" <= found[2] <= "_" else ""

    return said


def _ink(
    kind: BarcodeFormat, data: str, cell: tuple[int, int], *, rows_are: int = 1, **said: Any
) -> Image.Image | None:
    """Return the dots of a symbol, a cell so many dots wide and high; None where it cannot say the data."""
    eci = {} if data.isascii() or said.get("gs1") else {"eci": "UTF-8"}
    try:
        made = zxingcpp.create_barcode(data, kind, **said, **eci)
        view = memoryview(cast("Buffer", made.to_image(scale=1, add_quiet_zones=False)))
    except (ValueError, UnicodeError):
        return None
    high, across = view.shape or (0, 0)
    if across * cell[0] * high // rows_are * cell[1] > STAMP_LIMIT:
        return None
    ink = Image.frombytes("L", (across, high), bytes(view.tobytes())).point(lambda dot: 255 - dot)
    return ink.resize((across * cell[0], high // rows_are * cell[1]), Image.Resampling.NEAREST)


def _stamp(ink: Image.Image | None) -> Stamp | None:
    return None if ink is None else Stamp(ink, foot=ink.height)
