"""The slip that lies in the box: whose order it is, and everything that is in this box."""

from collections.abc import Sequence

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
from labels.label import Label, Line, Part, Text

ADDRESS_LINES = 5
"""More lines than that no address has; what is longer is shrunk, never dropped, by the renderer."""

TOP_MM, BOTTOM_MM = 52.0, 132.0
FOOT_MM = 134.0


def packing_slip(
    *,
    title: str,
    order: str,
    box: str,
    to: Sequence[str],
    rows: Sequence[Row],
    note: str = "",
    foot: str = "",
) -> tuple[Label, ...]:
    """Return the sheets of a slip: mostly one. `note` is what was written for whoever opens it. Raises Unprintable."""
    parts = pages(rows, room(top=TOP_MM, bottom=BOTTOM_MM))
    return tuple(
        Label(
            WIDTH_MM,
            HEIGHT_MM,
            (
                *head(title, order, f"{box} ({page}/{len(parts)})" if len(parts) > 1 else box),
                *address(to[:ADDRESS_LINES], x=MARGIN_MM, y=22, width=INSIDE_MM, size=3.8),
                Line(MARGIN_MM, TOP_MM - 2, INSIDE_MM),
                *table(some, top=TOP_MM),
                *_foot(note, foot),
            ),
        )
        for page, some in enumerate(parts, start=1)
    )


def _foot(note: str, foot: str) -> tuple[Part, ...]:
    return (
        Text(MARGIN_MM, FOOT_MM, INSIDE_MM, 10, note, 3.6, 2.2, lines=3),
        Text(MARGIN_MM, 145, INSIDE_MM, 4, foot, 2.8, 2),
    )
