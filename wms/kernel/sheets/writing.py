"""Writing CSV that a spreadsheet can open without running anything that is in it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import Any

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula (OWASP: CSV injection)."""

_TAKEN_OFF = (*RUNS, "'", *"0123456789")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV file line by line. Texts that would run as formulas get an apostrophe; numbers stay numbers."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    for row in chain([header], rows):
        writer.writerow([guarded(cell) for cell in row])
        yield page.getvalue()
        page.seek(0)
        page.truncate()


def guarded(cell: Any) -> Any:
    """Return the cell as it can be opened in a spreadsheet."""
    if isinstance(cell, str) and (cell.startswith(RUNS) or _would_lose_its_apostrophe(cell)):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """Return the text without the apostrophe that says that it is text, as in `'75008` and `'=1+1`."""
    return cell[1:] if _would_lose_its_apostrophe(cell) else cell


def _would_lose_its_apostrophe(cell: str) -> bool:
    return cell[:1] == "'" and cell[1:].startswith(_TAKEN_OFF)
