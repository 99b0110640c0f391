"""What goes to a printer for a kept sheet: its label in the printer's language, or somebody's document as it came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from devices.printers import zpl as foreign
from labels import pdf, plain, zpl
from labels.label import Align, Image, Label, Text
from labels.symbols import Unprintable
from wms.kernel.refusal import Refusal
from wms.printing.rules import Language

ZPL_LIMIT = 1_000_000
"""Longest document we hand on to a label printer, in bytes: a full page of dots at 300 dpi takes 300 thousand."""

FOUR_BY_SIX_MM = (101.6, 152.4)

MARK_MM = 3.0
"""How high the word REPRINT stands on a sheet."""

EDGE_MM = 2.0
"""How high it stands on a carrier's label."""

INCH_MM = 25.4


class Undrawable(Refusal):
    """This sheet cannot come out of this printer, however often it is tried."""

    sentence = "printing.undrawable"
    status = 422
    kept = False


@dataclass(frozen=True)
class Sheet:
    """What is kept of a sheet until it is printed."""

    label: Mapping[str, Any] | None
    document: bytes | None
    media_type: str
    generation: int

    @property
    def mark(self) -> str:
        """What a second sheet says of itself."""
        return f"REPRINT {self.generation}" if self.generation > 1 else ""


def data(sheet: Sheet, language: Language | None, dpi: int) -> bytes:
    """Return the bytes that go to a printer. Raises Undrawable."""
    if language is None:
        raise Undrawable(reason="nothing here speaks that printer's language")
    found = as_label(sheet)
    if found is None:
        return _document(sheet, language, dpi)
    try:
        return pdf.render(found) if language is Language.PDF else zpl.render(found, dpi=dpi)
    except (Unprintable, ValueError, OSError) as reason:
        raise Undrawable(reason=str(reason)) from reason


def as_label(sheet: Sheet) -> Label | None:
    """Return the sheet as a label of ours, marked; None for a document in a language of printers."""
    if sheet.label is not None:
        return _marked(plain.label(sheet.label), sheet.mark)
    if sheet.media_type == "image/png":
        wide, high = FOUR_BY_SIX_MM
        picture = Image(0, 0, wide, high, sheet.document or b"")
        return _marked(Label(wide, high, (picture,)), sheet.mark)
    return None


def _marked(label: Label, mark: str) -> Label:
    if not mark:
        return label
    wide = label.width_mm / 2
    text = Text(
        label.width_mm - wide - 1,
        label.height_mm - MARK_MM - 0.5,
        wide,
        MARK_MM,
        mark,
        MARK_MM,
        1.5,
        bold=True,
        align=Align.RIGHT,
    )
    return replace(label, parts=(*label.parts, text))


def _document(sheet: Sheet, language: Language, dpi: int) -> bytes:
    whole = sheet.document or b""
    if sheet.media_type != language.value:
        raise Undrawable(reason=f"{sheet.media_type} cannot be printed there")
    return whole if language is Language.PDF else _zpl(whole, sheet.mark, dpi)


def _zpl(whole: bytes, mark: str, dpi: int) -> bytes:
    """Return a carrier's label as it came, marked before its end; what is no label is never sent."""
    if len(whole) > ZPL_LIMIT:
        raise Undrawable(reason=f"the label is longer than {ZPL_LIMIT} bytes")
    try:
        return foreign.ready_to_print(whole, _note(mark, dpi) if mark else b"")
    except foreign.UnfitLabel as reason:
        raise Undrawable(reason=str(reason)) from reason


def _note(mark: str, dpi: int) -> bytes:
    # At the very top, where carriers leave the edge free, and small enough to stand above their first line.
    dot = dpi / INCH_MM
    high = round(EDGE_MM * dot)
    return f"^LH0,0^FO{round(dot)},0^A0N,{high},{high}^FD{mark}^FS".encode()
