"""What a sheet looks like: its columns, and how the text of a cell becomes a value."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from wms.kernel.fields import printable

Row = TypeVar("Row")
Choice = TypeVar("Choice", bound=StrEnum)
Read = Callable[[str], Any]
"""Turns the text of a cell, which is never empty, into a value; raises Misread."""

TEXT_LIMIT = 2000
CODE_LIMIT = 255

_WHOLE = re.compile(r"([+-]?[0-9]{1,18})(?:[.,]0{1,6})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?)?")
_DAY_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "wahr"})
_NO = frozenset({"no", "n", "false", "0", "nein", "falsch"})


class Figure(str):
    """A number as a workbook holds it, in plain decimal figures. A date is a number of days there."""

    __slots__ = ()
    counts_from = date(1899, 12, 30)


class Figure1904(Figure):
    """The same in a workbook that counts days as old Macintoshes did."""

    __slots__ = ()
    counts_from = date(1904, 1, 1)


class Broken(str):
    """A cell whose formula has no result; its text is what stands there instead, as in `#N/A`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        """Tell that something is there, even where it has no text."""
        return True


class Misread(Exception):
    """A cell holds something else than its column takes: the sentence that says what would be right."""

    def __init__(self, sentence: str, **values: Any) -> None:
        """Take the sentence and its values."""
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True)
class Column:
    """A column by its header, which may also be written in other ways; `empty` is what an empty cell stands for."""

    name: str
    read: Read
    is_required: bool = False
    aliases: tuple[str, ...] = ()
    empty: Any = None
    must_be_there: bool = False
    """Whether the file must have the column even though its cells may be empty."""


@dataclass(frozen=True)
class Sheet(Generic[Row]):
    """A kind of file: its columns in any order, and what a row of them becomes (called with the columns' names)."""

    columns: tuple[Column, ...]
    make: Callable[..., Row]
    is_open: bool = False
    """Whether columns that nobody here knows are passed over: other people's files gain and lose them."""

    def column(self, header: str) -> Column | None:
        """Return the column that a header stands for, in whatever case and with whatever between its words."""
        said = plain(header)
        return next(
            (
                its
                for its in self.columns
                if said in {plain(name) for name in (its.name, *its.aliases)}
            ),
            None,
        )


def plain(header: str) -> str:
    """Return a header as it is compared: small letters, one underscore between words."""
    return re.sub(r"[\W_]+", "_", header.casefold()).strip("_")


def text(limit: int = TEXT_LIMIT) -> Read:
    """Take text of so many signs."""

    def read(cell: str) -> str:
        if len(cell) > limit:
            raise Misread("kernel.sheet_text_long", limit=limit)
        if (
            cell.isprintable()
        ):  # nearly always, and a hundred times faster than looking at each sign
            return cell
        try:
            return printable(cell)
        except ValueError:
            raise Misread("kernel.sheet_unseen_sign") from None

    return read


def prose(limit: int = TEXT_LIMIT) -> Read:
    """Take text of several lines."""
    read_line = text(limit)

    def read(cell: str) -> str:
        read_line(cell.replace("\r\n", " ").replace("\n", " "))
        return cell.replace("\r\n", "\n")

    return read


def code(limit: int = CODE_LIMIT) -> Read:
    """Take a code: text on one line, short enough to be scanned."""
    return text(limit)


def whole(least: int, most: int) -> Read:
    """Take a whole number within these bounds."""

    def read(cell: str) -> int:
        figures = _WHOLE.fullmatch(cell)
        if figures is None or not least <= int(figures[1]) <= most:
            raise Misread("kernel.sheet_whole", least=least, most=most)
        return int(figures[1])

    return read


def yes_no() -> Read:
    """Take yes or no, in the ways people and spreadsheets write it."""

    def read(cell: str) -> bool:
        said = cell.casefold()
        if said not in _YES | _NO:
            raise Misread("kernel.sheet_yes_no")
        return said in _YES

    return read


def one_of(choices: type[Choice]) -> Read:
    """Take one of the words of an enumeration."""

    def read(cell: str) -> Choice:
        try:
            return choices(cell.casefold())
        except ValueError:
            raise Misread("kernel.sheet_one_of", words=", ".join(choices)) from None

    return read


def day() -> Read:
    """Take a date as 2026-11-30, as 30.11.2026, or as a workbook holds it; 10/11/2026 could be two days."""

    def read(cell: str) -> date:
        try:
            if isinstance(cell, Figure):
                return cell.counts_from + timedelta(days=int(cell))
            if parts := _DAY.fullmatch(cell):
                return date(int(parts[1]), int(parts[2]), int(parts[3]))
            if parts := _DAY_DOTTED.fullmatch(cell):
                return date(int(parts[3]), int(parts[2]), int(parts[1]))
        except (ValueError, OverflowError):
            pass
        raise Misread("kernel.sheet_day")

    return read
