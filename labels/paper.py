"""Small labels on large paper: as many as fit on a sheet, one below the other and side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from labels.label import Box, Label, Part, Text, moved


class Paper(Enum):
    """Paper of office printers, in millimetres."""

    A4 = (210.0, 297.0)
    LETTER = (215.9, 279.4)


MARGIN_MM = 8.0
"""Office printers leave 5 mm white at each side."""

GAP_MM = 2.0
TITLE_MM = 10.0


@dataclass(frozen=True)
class _Grid:
    """How many labels stand side by side and below each other, and where the first one begins."""

    columns: int
    rows: int
    left: float
    top: float


def sheets(labels: Sequence[Label], *, paper: Paper, title: str = "") -> tuple[Label, ...]:
    """Return sheets of paper with the labels on them, all of one size, with hairlines to cut along.

    Raises ValueError where not even one fits.
    """
    if not labels:
        return ()
    grid = _grid(labels[0], paper, title)
    each = grid.columns * grid.rows
    return tuple(
        _sheet(labels[start : start + each], grid, paper, title)
        for start in range(0, len(labels), each)
    )


def _grid(label: Label, paper: Paper, title: str) -> _Grid:
    wide, high = paper.value
    above = MARGIN_MM + (TITLE_MM if title else 0)
    columns = int((wide - 2 * MARGIN_MM + GAP_MM) / (label.width_mm + GAP_MM))
    rows = int((high - above - MARGIN_MM + GAP_MM) / (label.height_mm + GAP_MM))
    if columns < 1 or rows < 1:
        raise ValueError(f"{label.width_mm} × {label.height_mm} mm does not fit on {paper.name}")
    used = columns * (label.width_mm + GAP_MM) - GAP_MM
    return _Grid(columns, rows, (wide - used) / 2, above)


def _sheet(labels: Sequence[Label], grid: _Grid, paper: Paper, title: str) -> Label:
    wide, high = paper.value
    parts: list[Part] = []
    if title:
        parts.append(Text(grid.left, MARGIN_MM, wide - 2 * grid.left, 8, title, 6, bold=True))
    for at, label in enumerate(labels):
        x = grid.left + at % grid.columns * (label.width_mm + GAP_MM)
        y = grid.top + at // grid.columns * (label.height_mm + GAP_MM)
        parts.append(Box(x, y, label.width_mm, label.height_mm, 0.1))
        parts += [moved(part, x, y) for part in label.parts]
    return Label(wide, high, tuple(parts))
