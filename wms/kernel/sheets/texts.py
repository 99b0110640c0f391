"""CSV as people's programs write it: UTF-8, UTF-16 or Windows-1252, separated by comma, semicolon, tab or bar."""

import codecs
import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path

from wms.kernel.refusal import Fault
from wms.kernel.sheets.opening import opened
from wms.kernel.sheets.refused import SheetUnreadable

Numbered = tuple[int, list[str]]
"""A row of cells and its number in the spreadsheet, which begins with 1."""

SEPARATORS = ",;\t|"
HEAD_BYTES = 64 * 1024
"""How much we read to find the separator: more than any header."""

CHUNK_BYTES = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KEEP_HALVES = "surrogatepass"
"""Halves of characters are let through here, so that the row and column that hold them can be named."""


def rows(file: Path, knows: Callable[[str], bool]) -> Iterator[Numbered]:
    """Yield the rows of a CSV file. `knows` tells a header of this sheet, by which the separator is found."""
    encoding = encoding_of(file)
    number = 0
    try:
        with _lines(file, encoding) as lines:
            separator, told = _separator(lines.read(HEAD_BYTES), knows)
        with _lines(file, encoding) as lines:
            for number, cells in enumerate(
                csv.reader(lines, delimiter=separator, strict=True), start=1
            ):
                if not (told and number == 1):
                    yield number, cells
    except (csv.Error, UnicodeError) as trouble:
        sentence = (
            "kernel.sheet_open_quote" if isinstance(trouble, csv.Error) else "kernel.sheet_encoding"
        )
        raise SheetUnreadable(Fault(str(number + 1), sentence, {"row": number + 1})) from None


def _lines(file: Path, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(opened(file), encoding, _KEEP_HALVES, newline="")


def encoding_of(file: Path) -> str:
    """Return how the file's letters are written: as its mark says, else UTF-8, else as Windows does in the West."""
    with opened(file) as data:
        head = data.read(4096)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        if head[1::2].count(0) > len(head) // 8:
            return "utf-16-le"
        if head[0::2].count(0) > len(head) // 8:
            return "utf-16-be"
        seen_beyond_ascii = False
        # Up to a line's end each time, so that no character is cut in two.
        while chunk := head + data.read(CHUNK_BYTES) + data.readline(HEAD_BYTES):
            head = b""
            try:
                chunk.decode("utf-8", _KEEP_HALVES)
            except UnicodeDecodeError as trouble:
                # Good UTF-8 before the first bad byte means UTF-8 with a fault in it, not another encoding.
                only_ascii = not seen_beyond_ascii and chunk[: trouble.start].isascii()
                return "cp1252" if only_ascii else "utf-8"
            seen_beyond_ascii = seen_beyond_ascii or not chunk.isascii()
    return "utf-8"


def _separator(head: str, knows: Callable[[str], bool]) -> tuple[str, bool]:
    """Return the separator, and whether the first line does nothing but tell it (`sep=;`, as Excel writes)."""
    first = head.splitlines()[0] if head else ""
    if first.casefold().startswith("sep=") and len(first) == len("sep=;"):
        return first[-1], True

    def known(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=separator), [])
        return sum(knows(cell) for cell in cells), len(cells)

    return max(SEPARATORS, key=known), False
