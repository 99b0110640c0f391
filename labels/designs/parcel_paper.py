"""What the papers of a parcel have in common: 4 by 6 inches, a head, and rows that go on on the next sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labels.label import Align, Line, Part, Text

WIDTH_MM, HEIGHT_MM = 101.6, 152.4
MARGIN_MM = 5.0
INSIDE_MM = WIDTH_MM - 2 * MARGIN_MM

ROW_MM = 7.0
"""High enough to be read beside the open box."""


@dataclass(frozen=True)
class Row:
    """One row: what it is, a smaller word on it, and a figure at the right."""

    what: str
    note: str = ""
    figure: str = ""


def head(title: str, about: str, note: str = "") -> tuple[Part, ...]:
    """Return the head of a paper, 20 mm high: what it is, what it is about, and a word at the right."""
    return (
        Text(MARGIN_MM, 4, 60, 8, title, 6.5, 3, bold=True),
        Text(MARGIN_MM + 61, 4, INSIDE_MM - 61, 8, note, 4, 2, align=Align.RIGHT),
        Text(MARGIN_MM, 12, INSIDE_MM, 6, about, 4.2, 2.4),
        Line(MARGIN_MM, 19.5, INSIDE_MM),
    )


def table(rows: Sequence[Row], *, top: float) -> Iterator[Part]:
    """Yield the rows, one below the other."""
    for place, row in enumerate(rows):
        y = top + place * ROW_MM
        yield Text(MARGIN_MM, y, 68, 3.9, row.what, 3.2, 2.2, bold=True)
        yield Text(MARGIN_MM, y + 3.7, 68, 2.8, row.note, 2.3, 1.8)
        yield Text(MARGIN_MM + 69, y, INSIDE_MM - 69, 5.5, row.figure, 4.4, 2.2, align=Align.RIGHT)
        yield Line(MARGIN_MM, y + ROW_MM - 0.4, INSIDE_MM, thickness=0.15)


def room(*, top: float, bottom: float) -> int:
    """Return how many rows stand between two heights."""
    return int((bottom - top) / ROW_MM)


def pages(rows: Sequence[Row], each: int) -> list[Sequence[Row]]:
    """Return the rows of each sheet; the last may be empty, so that there is always one."""
    return [rows[start : start + each] for start in range(0, max(len(rows), 1), each)]


def address(lines: Sequence[str], *, x: float, y: float, width: float, size: float) -> list[Part]:
    """Return an address, a line a line, the name first and bold."""
    step = size * 1.3
    return [
        Text(x, y + place * step, width, step, line, size, 2, bold=place == 0)
        for place, line in enumerate(line for line in lines if line)
    ]
