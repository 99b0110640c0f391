"""The rows of one order stand together in a file, and the first of them tells of the whole order."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import compress
from typing import Any

from wms.channels.filed import LINES_MOST
from wms.kernel.sheets import Line, Reading

Row = Mapping[str, Any]
"""The values of a row by the name of their column; a column that the file lacks is not in it."""

Rows = Sequence[Line[Row]]

UNTOLD = datetime(1, 1, 1, tzinfo=UTC)
"""When an order was placed of which the file does not say so: it counts from when it came in."""


def together(reading: Reading[Row], column: str) -> Iterator[Rows]:
    """Yield the rows of one order after another. A row that leaves `column` empty goes on with the order above it."""
    rows: list[Line[Row]] = []
    current = None
    for line in reading.lines():
        said = line.row[column]
        if said is None and not rows:
            reading.blame(line.number, column, "kernel.sheet_cell_empty")
        elif said is None or said == current:
            rows.append(line)
            if len(rows) > LINES_MOST:
                # Forgotten at once, so that a million rows of one order cost no more than a thousand.
                reading.blame(line.number, column, "channels.too_many_lines", limit=LINES_MOST)
                rows.pop()
        else:
            if rows:
                yield rows
            rows, current = [line], said
    if rows:
        yield rows


def text(row: Row, column: str) -> str:
    """Return what stands in a column of text, nothing where the file lacks it."""
    return row.get(column) or ""


def word_for_word(reading: Reading[Row], rows: Rows) -> dict[str, Any]:
    """Return what the file says of an order, cell by cell, without the empty ones."""
    header = reading.header
    told = [
        dict(zip(compress(header, its.cells), filter(None, its.cells), strict=False))
        for its in rows
    ]
    return {"rows": told}
