"""Letters: which can be printed, and how wide they are. One typeface for every renderer, so all break lines alike."""

import unicodedata
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(reportlab.__file__).parent / "fonts"
PLAIN, BOLD = "Vera", "VeraBd"
"""Bitstream Vera comes with ReportLab: Latin letters of west and middle Europe, figures, signs."""

UNKNOWN = "?"
"""Stands for a letter that the typeface does not have."""

LEADING = 1.2
"""From line to line, in sizes of the type: ascenders and descenders take 1.164 of it."""


def face(*, bold: bool) -> str:
    """Return the name of the typeface."""
    return BOLD if bold else PLAIN


def file_of(*, bold: bool) -> Path:
    """Return the file of the typeface."""
    return FOLDER / f"{face(bold=bold)}.ttf"


@cache
def font(*, bold: bool) -> TTFont:
    """Return the typeface as ReportLab knows it."""
    return TTFont(face(bold=bold), str(file_of(bold=bold)))


def width_of(text: str, size: float, *, bold: bool) -> float:
    """Return how wide a text is, in the unit of `size`."""
    return float(font(bold=bold).stringWidth(text, size))


def printable(text: str) -> str:
    """Return the text with only what the typeface has: accents it lacks fall off, other letters become `?`.

    Line ends and tabs become spaces, signs that nobody sees are left out.
    """
    flat = " ".join("".join(map(_seen, unicodedata.normalize("NFC", text))).split())
    return "".join(map(_known, flat))


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Mn", "Me"} else sign


def _known(sign: str) -> str:
    known = font(bold=False).face.charToGlyph
    if ord(sign) in known:
        return sign
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if ord(part) in known)
    return plain or UNKNOWN
