"""XLSX (ISO/IEC 29500): the first sheet one can see of a workbook, row by row, whatever else is in the file.

Read from expat's events and never as a tree: memory stays the same for ten rows and for a million, and a file made to
burst unpacks no further than the limits in `parts`. Formulas count as the results that were stored with them.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.parsers.expat import ExpatError

from wms.kernel.sheets.columns import Broken, Figure, Figure1904
from wms.kernel.sheets.parts import Reader, parsed, tags, unreadable
from wms.kernel.sheets.texts import Numbered

SHARED_LIMIT = 2_000_000
"""Most texts that the cells of one workbook may share."""

SHARED_SIGNS_LIMIT = 64 * 1024 * 1024
"""Most signs of all these texts together."""

CELL_LIMIT = 32_767
"""Most signs in a cell, as in Excel."""

WIDTH_LIMIT = 256
"""Most columns we look at."""

ROW_LIMIT = 1_048_576
"""Most rows of a sheet, as in Excel."""

_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_NOT_A_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    ExpatError,
    RuntimeError,  # an encrypted part
    NotImplementedError,  # a way of packing that nobody uses for sheets
    EOFError,
    OSError,
    LookupError,
    ValueError,
)


def rows(file: Path) -> Iterator[Numbered]:
    """Yield the rows of the workbook's first visible sheet. Raises SheetUnreadable."""
    try:
        with zipfile.ZipFile(file) as package:
            sheet, figure = _first_sheet(package)
            shared = _shared_texts(package)
            for found in parsed(package, sheet, _Cells(shared, figure)):
                yield from found
    except _NOT_A_WORKBOOK:
        raise unreadable("kernel.sheet_no_workbook") from None


def _first_sheet(package: zipfile.ZipFile) -> tuple[str, type[Figure]]:
    """Return the part that holds the first visible sheet, and how its dates are counted."""
    targets = {
        attributes["Id"]: attributes["Target"]
        for name, attributes in tags(package, "xl/_rels/workbook.xml.rels")
        if name == "Relationship"
    }
    figure: type[Figure] = Figure
    for name, attributes in tags(package, "xl/workbook.xml"):
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            figure = Figure1904
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            return posixpath.normpath(posixpath.join("/xl", targets[_relation(attributes)]))[
                1:
            ], figure
    raise unreadable("kernel.sheet_no_workbook")


def _relation(attributes: Mapping[str, str]) -> str:
    return next(value for name, value in attributes.items() if name.endswith(":id"))


def _shared_texts(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    texts = _Texts()
    for _ in parsed(package, "xl/sharedStrings.xml", texts):
        pass
    return texts.found


class _Texts(Reader):
    """Gathers the texts that cells share, without the phonetic hints that East Asian sheets carry."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._signs = 0
        self._pieces: list[str] = []
        self._takes = False
        self._is_hint = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._is_hint = True
        self._takes = name == "t" and not self._is_hint

    def end(self, name: str) -> None:
        self._takes = False
        if name == "rPh":
            self._is_hint = False
        elif name == "si":
            self.found.append("".join(self._pieces)[: CELL_LIMIT + 1])
            self._signs += len(self.found[-1])
            if len(self.found) > SHARED_LIMIT or self._signs > SHARED_SIGNS_LIMIT:
                raise unreadable("kernel.sheet_bursts")

    def text(self, piece: str) -> None:
        if self._takes:
            self._pieces.append(piece)


class _Cells(Reader):
    """Gathers rows of cells; what is ready is taken by `ready`."""

    def __init__(self, shared: list[str], figure: type[Figure]) -> None:
        self._shared = shared
        self._figure = figure
        self._rows: list[Numbered] = []
        self._number = 0
        self._cells: list[str] = []
        self._column = 0
        self._type = "n"
        self._is_formula = False
        self._takes = False
        self._pieces: list[str] = []

    def ready(self) -> list[Numbered]:
        ready, self._rows = self._rows, []
        return ready

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._column = _column(attributes.get("r"), len(self._cells))
            self._type = attributes.get("t", "n")
            self._is_formula = False
            self._pieces = []
        elif name in ("v", "t"):
            self._takes = True
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._cells = []
            if self._number > ROW_LIMIT:
                raise unreadable("kernel.sheet_too_many_rows", most=ROW_LIMIT)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._takes = False
        elif name == "c":
            self._put(self._value())
        elif name == "row":
            self._rows.append((self._number, self._cells))

    def text(self, piece: str) -> None:
        if self._takes and len(self._pieces) < CELL_LIMIT:
            self._pieces.append(piece[: CELL_LIMIT + 1])

    def _put(self, value: str) -> None:
        if not value and not isinstance(value, Broken):
            return
        if self._column >= WIDTH_LIMIT:
            raise unreadable("kernel.sheet_too_wide", most=WIDTH_LIMIT)
        self._cells.extend([""] * (self._column - len(self._cells)))
        self._cells[self._column :] = [value]

    def _value(self) -> str:
        said = "".join(self._pieces)
        if self._type == "s":
            return self._shared[int(said)] if said else ""
        if self._type == "e" or (self._is_formula and not said and self._type == "n"):
            return Broken(said)
        return self._figure(_plain_figures(said)) if self._type == "n" else said


def _column(reference: str | None, following: int) -> int:
    """Return the place of a cell in its row, counted from 0: by its name, as in `AB7`, or after the one before."""
    found = _COLUMN.fullmatch(reference) if reference else None
    if found is None:
        return following
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _plain_figures(said: str) -> str:
    """Return a number as people write it: 4.006381333931E12 is a barcode, and means 4006381333931."""
    try:
        number = Decimal(said)
    except InvalidOperation:
        return said
    if not number.is_finite() or abs(number.adjusted()) > len("1000000000000000000"):
        return said
    whole = number.to_integral_value()
    return f"{whole:f}" if whole == number else f"{number.normalize():f}"
