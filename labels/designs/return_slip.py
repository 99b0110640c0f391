"""The slip that comes back with the goods: its code opens the return at the bench."""

from collections.abc import Sequence

from labels.designs.bars import bars
from labels.designs.parcel_paper import (
    HEIGHT_MM,
    INSIDE_MM,
    MARGIN_MM,
    WIDTH_MM,
    Row,
    address,
    head,
    pages,
    room,
    table,
)
from labels.label import Align, Label, Line, Text

TOP_MM, BOTTOM_MM = 88.0, 148.0


def return_slip(
    *,
    title: str,
    order: str,
    what_to_do: str,
    to: Sequence[str],
    code: str,
    rows: Sequence[Row] = (),
) -> tuple[Label, ...]:
    """Return the sheets of a slip, mostly one: what to do, where to, its code, what may come. Raises Unprintable."""
    parts = pages(rows, room(top=TOP_MM, bottom=BOTTOM_MM))
    return tuple(
        Label(
            WIDTH_MM,
            HEIGHT_MM,
            (
                *head(title, order, f"{page}/{len(parts)}" if len(parts) > 1 else ""),
                Text(MARGIN_MM, 21, INSIDE_MM, 10, what_to_do, 3.4, 2.2, lines=3),
                *address(to, x=MARGIN_MM, y=33, width=INSIDE_MM, size=3.4),
                bars(code, x=4, y=58, width=WIDTH_MM - 8, height=20),
                Text(MARGIN_MM, 78.5, INSIDE_MM, 5, code, 4, 2.2, align=Align.CENTER),
                Line(MARGIN_MM, TOP_MM - 2, INSIDE_MM),
                *table(some, top=TOP_MM),
            ),
        )
        for page, some in enumerate(parts, start=1)
    )
