"""What one truck took: every parcel by its number, and two lines for whoever signs."""

from collections.abc import Sequence

from labels.designs.parcel_paper import (
    HEIGHT_MM,
    INSIDE_MM,
    MARGIN_MM,
    WIDTH_MM,
    Row,
    head,
    pages,
    room,
    table,
)
from labels.label import Align, Label, Line, Part, Text

TOP_MM, BOTTOM_MM = 24.0, 130.0


def manifest(
    *, title: str, about: str, total: str, signed: tuple[str, str], rows: Sequence[Row]
) -> tuple[Label, ...]:
    """Return the sheets: the rows, and on the last one their sum and who signs. Raises Unprintable."""
    parts = pages(rows, room(top=TOP_MM, bottom=BOTTOM_MM))
    return tuple(
        Label(
            WIDTH_MM,
            HEIGHT_MM,
            (
                *head(title, about, f"{page}/{len(parts)}"),
                *table(some, top=TOP_MM),
                *(_end(total, signed) if page == len(parts) else ()),
            ),
        )
        for page, some in enumerate(parts, start=1)
    )


def _end(total: str, signed: tuple[str, str]) -> tuple[Part, ...]:
    half = INSIDE_MM / 2 - 2
    right = MARGIN_MM + half + 4
    return (
        Text(MARGIN_MM, 130, INSIDE_MM, 5, total, 4, 2.2, bold=True, align=Align.RIGHT),
        Line(MARGIN_MM, 144, half),
        Line(right, 144, half),
        Text(MARGIN_MM, 144.8, half, 4, signed[0], 2.6, 1.8),
        Text(right, 144.8, half, 4, signed[1], 2.6, 1.8),
    )
