"""Reading a sheet of either kind: find its header, make rows of its cells, and say which cells must change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import compress
from pathlib import Path
from typing import Any, Generic, TypeVar

from wms.kernel.refusal import Fault
from wms.kernel.sheets.cells import letters, shown, value_of
from wms.kernel.sheets.columns import Column, Misread, Sheet, plain
from wms.kernel.sheets.kinds import rows
from wms.kernel.sheets.refused import FAULT_LIMIT, SheetRefused, SheetUnreadable
from wms.kernel.sheets.texts import Numbered

Row = TypeVar("Row")

SAMPLE_ROWS = 20
"""How many rows are kept as they stand, to be shown before anything is done."""

KNOWN_CELLS, KNOWN_SIGNS = 1_000, 40
"""How many short cells of a column are remembered: what stands there again has been read before."""

_UNREAD = object()
_Place = tuple[Column, dict[str, Any]]
"""A column, and what was read in it."""


@dataclass(frozen=True)
class _Expected:
    """What a row is read by: each place's column, the values of empty cells, and the cells that may not be empty."""

    places: Sequence[_Place | None]
    empty: dict[str, Any]
    required: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Line(Generic[Row]):
    """One row of goods, and its number in the spreadsheet."""

    number: int
    row: Row
    cells: Sequence[str] = ()
    """The row word for word, in the order of the header."""


@dataclass
class Reading(Generic[Row]):
    """One file, to be read as one kind of sheet, as often as wanted."""

    file: Path
    sheet: Sheet[Row]
    tell: Callable[[int], None] | None = None
    """Hears, every thousand rows, how many have been read."""
    rows: int = 0
    """How many rows the last reading found, without the header and without empty ones."""
    sample: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """The first faults; `faults_in_all` counts the rest as well."""
    faults_in_all: int = 0
    found: list[Any] | None = None
    """What looking through made of the rows, where that is little enough to be kept until they are taken."""

    def __post_init__(self) -> None:
        """Find the header. Raises SheetUnreadable, or SheetRefused for the columns."""
        self.header: list[str] = []
        self._places: dict[str, int] = {}
        self._header_row = 0
        for number, cells in self._numbered():
            if any(cell.strip() for cell in cells):
                self._take_header(number, cells)
                break
        if not self.header:
            raise SheetUnreadable(Fault("file", "kernel.sheet_empty"))
        self.refuse_if_wrong()

    def has(self, column: str) -> bool:
        """Tell whether the file has this column."""
        return column in self._places

    def lines(self) -> Iterator[Line[Row]]:
        """Yield the rows that can be read, from the top; what cannot is counted and listed as faults."""
        self.rows, self.sample, self.faults, self.faults_in_all = 0, [], [], 0
        expected = self._expected()
        for number, cells in self._numbered():
            if number <= self._header_row or not any(map(str.strip, cells)):
                continue
            self.rows += 1
            if self.tell and self.rows % 1000 == 0:
                self.tell(self.rows)
            if len(self.sample) < SAMPLE_ROWS:
                self.sample.append((number, [shown(cell) for cell in cells]))
            values = self._values(number, cells, expected)
            if values is not None:
                yield Line(number, self.sheet.make(**values), cells)
        if not self.rows:
            raise SheetUnreadable(Fault("file", "kernel.sheet_only_header"))

    def blame(self, number: int, column: str, sentence: str, **values: Any) -> None:
        """Note that a cell must change, and what would be right. A column that the file lacks is named all the same."""
        self.faults_in_all += 1
        if len(self.faults) < FAULT_LIMIT:
            letter = letters(self._places[column]) if self.has(column) else ""
            place = {"row": number, "column": letter, "header": column}
            self.faults.append(Fault(f"{letter}{number} {column}", sentence, {**place, **values}))

    def refuse_if_wrong(self) -> None:
        """Raise SheetRefused where anything must change."""
        if self.faults_in_all:
            raise SheetRefused(*self.faults, n=self.faults_in_all, listed=len(self.faults))

    def _numbered(self) -> Iterator[Numbered]:
        return rows(self.file, (self.sheet,))

    def _take_header(self, number: int, cells: list[str]) -> None:
        self._header_row = number
        self.header = [shown(cell) for cell in cells]
        for place, cell in enumerate(cells):
            if cell.strip():
                self._take_column(number, place, cell.strip())
        for column in self.sheet.columns:
            if (column.is_required or column.must_be_there) and not self.has(column.name):
                self._blame_header(number, column.name, "kernel.sheet_missing")

    def _take_column(self, number: int, place: int, cell: str) -> None:
        column = self.sheet.column(cell)
        if column is None and self.sheet.is_open:
            return
        if column is None:
            names = [its.name for its in self.sheet.columns]
            near = get_close_matches(plain(cell), names, n=1)
            sentence = "kernel.sheet_unknown_near" if near else "kernel.sheet_unknown"
            self._blame_header(number, shown(cell), sentence, place, known=", ".join(near or names))
        elif column.name in self._places:
            first = letters(self._places[column.name])
            self._blame_header(number, shown(cell), "kernel.sheet_twice", place, first=first)
        else:
            self._places[column.name] = place

    def _blame_header(
        self, number: int, header: str, sentence: str, place: int | None = None, **values: Any
    ) -> None:
        self.faults_in_all += 1
        letter = letters(place) if place is not None else ""
        said = {"row": number, "column": letter, "header": header, **values}
        self.faults.append(
            Fault(f"{letter}{number if letter else ''} {header}".strip(), sentence, said)
        )

    def _expected(self) -> _Expected:
        places: list[_Place | None] = [None] * len(self.header)
        here = [its for its in self.sheet.columns if self.has(its.name)]
        for column in here:
            places[self._places[column.name]] = (column, {})
        return _Expected(
            places,
            {column.name: column.empty for column in here},
            [(self._places[its.name], its.name) for its in here if its.is_required],
        )

    def _values(self, number: int, cells: list[str], expected: _Expected) -> dict[str, Any] | None:
        """Return the values of a row by column, or None where a cell is wrong. Most cells are empty or seen before."""
        before = self.faults_in_all
        width = len(cells)
        if width > len(self.header):
            self._look_beyond(number, cells)
        values = expected.empty.copy()
        for place, name in expected.required:
            if place >= width or cells[place] == "":
                self.blame(number, name, "kernel.sheet_cell_empty", found="")
        for expects, cell in compress(zip(expected.places, cells, strict=False), cells):
            if expects is None:
                continue
            column, known = expects
            # A figure of a workbook equals its text, and does not mean the same.
            value = known.get(cell, _UNREAD) if type(cell) is str else _UNREAD
            if value is _UNREAD:
                try:
                    value = value_of(cell, column)
                except Misread as wrong:
                    found = shown(cell)
                    self.blame(number, column.name, wrong.sentence, found=found, **wrong.values)
                    continue
                if len(known) < KNOWN_CELLS and len(cell) < KNOWN_SIGNS and type(cell) is str:
                    known[cell] = value
            values[column.name] = value
        return values if self.faults_in_all == before else None

    def _look_beyond(self, number: int, cells: list[str]) -> None:
        for place in range(len(self.header), len(cells)):
            if cells[place].strip():
                self._blame_header(number, shown(cells[place]), "kernel.sheet_beyond", place)
                return
