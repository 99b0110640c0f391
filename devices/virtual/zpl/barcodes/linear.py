"""Linear barcodes other than Code 128, as widths of bars and spaces in turn."""

import re
from itertools import groupby
from typing import cast

import zxingcpp
from typing_extensions import Buffer
from zxingcpp import BarcodeFormat

from devices.virtual.zpl.bars import Bars

DATA_LIMIT = 128
"""Longer ones no scanner reads."""

CODE39_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*"
CODE39 = (
    "000110100100100001001100001101100000000110001100110000001110000000100101100100100001100100"
    "100001001001001001101001000000011001100011000001011000000001101100001100001001100000011100"
    "100000011001000011101000010000010011100010010001010010000000111100000110001000110000010110"
    "110000001011000001111000000010010001110010000011010000010000101110000100011000100010101000"
    "010100010010001010000101010010010100"
)
"""Five bars and four spaces in turn for each sign, 1 is wide: ISO/IEC 16388."""

CODE39_CHECKED = 43
ITF = "00110100010100111000001011010001100000111001001010"
"""Five widths a figure, 1 is wide: ISO/IEC 16390. Bars say one figure, the spaces between them the next."""

CODABAR_SIGNS = "0123456789-$:/.+ABCD"
CODABAR = (
    "0000011000011000010011100000001001010000100100001010010001100001001000"
    "0001100001100010001011010001101010000101010011010010100100010110001110"
)
"""Four bars and three spaces in turn for each sign, 1 is wide: EN 798."""

RETAIL = {
    "E": (BarcodeFormat.EAN13, 12),
    "8": (BarcodeFormat.EAN8, 7),
    "U": (BarcodeFormat.UPCA, 11),
}
"""By the letter of the command, and how many figures come before the check figure."""

GUARDS = {
    "E": ((0, 3), (45, 50), (92, 95)),
    "8": ((0, 3), (31, 36), (64, 67)),
    "U": ((0, 10), (45, 50), (85, 95)),
}
"""Modules whose bars are longer than the others, from and to."""


def code39(data: str, bars: Bars, *, has_check: bool) -> tuple[list[int], str]:
    """Return widths in dots, and the line for people."""
    kept = "".join(sign for sign in data.upper()[:DATA_LIMIT] if sign in CODE39_SIGNS[:-1])
    if has_check:
        kept += CODE39_SIGNS[sum(map(CODE39_SIGNS.index, kept)) % CODE39_CHECKED]
    widths: list[int] = []
    for sign in f"*{kept}*":
        at = CODE39_SIGNS.index(sign) * 9
        bits = CODE39[at : at + 9]
        widths += [bars.wide if bit == "1" else bars.module for bit in bits] + [bars.module]
    return widths[:-1], f"*{kept}*"


def interleaved(data: str, bars: Bars, *, has_check: bool) -> tuple[list[int], str]:
    """Return widths in dots, and the line for people: an even number of figures, with a 0 in front where needed."""
    figures = "".join(re.findall(r"[0-9]", data))[:DATA_LIMIT]
    if has_check:
        weighed = sum(int(one) * (1 if at % 2 else 3) for at, one in enumerate(reversed(figures)))
        figures += str(-weighed % 10)
    figures = "0" * (len(figures) % 2) + figures
    bits = "0000"
    for dark, light in zip(figures[::2], figures[1::2], strict=True):
        bits += "".join(a + b for a, b in zip(_five(dark), _five(light), strict=True))
    return [bars.wide if bit == "1" else bars.module for bit in f"{bits}100"], figures


def _five(figure: str) -> str:
    return ITF[int(figure) * 5 : int(figure) * 5 + 5]


def retail(letter: str, data: str, bars: Bars) -> tuple[list[int], str]:
    """Return an EAN or UPC: its check figure is reckoned here, whatever was sent."""
    kind, count = RETAIL[letter]
    figures = "".join(re.findall(r"[0-9]", data))[:count].rjust(count, "0")
    weighed = sum(int(one) * (1 if at % 2 else 3) for at, one in enumerate(reversed(figures)))
    whole = figures + str(-weighed % 10)
    return made(kind, whole, bars), whole


def code93(data: str, bars: Bars) -> tuple[list[int], str]:
    """Return a Code 93."""
    kept = "".join(sign for sign in data[:DATA_LIMIT] if " " <= sign <= "~")
    return made(BarcodeFormat.Code93, kept, bars), kept


def codabar(data: str, bars: Bars, *, begins: str, ends: str) -> tuple[list[int], str]:
    """Return a Codabar, between its two letters."""
    kept = "".join(sign for sign in data[:DATA_LIMIT] if sign in CODABAR_SIGNS[:-4])
    widths: list[int] = []
    for sign in f"{begins}{kept}{ends}":
        at = CODABAR_SIGNS.index(sign) * 7
        bits = CODABAR[at : at + 7]
        widths += [bars.wide if bit == "1" else bars.module for bit in bits] + [bars.module]
    return widths[:-1], kept


def made(kind: BarcodeFormat, data: str, bars: Bars) -> list[int]:
    """Return widths in dots of a symbol of four widths; none where it cannot say this."""
    try:
        symbol = zxingcpp.create_barcode(data, kind).to_image(scale=1, add_quiet_zones=False)
    except ValueError:
        return []
    view = memoryview(cast("Buffer", symbol))
    across = (view.shape or (0, 0))[1]
    row = view.tobytes()[:across]
    return [len(list(run)) * bars.module for _, run in groupby(row)]
