"""The label of a parcel that no carrier labels: our own courier takes it, or the customer comes for it."""

from collections.abc import Sequence

from labels.designs.bars import bars
from labels.designs.parcel_paper import HEIGHT_MM, INSIDE_MM, MARGIN_MM, WIDTH_MM, address
from labels.label import Align, Box, Label, Line, Text


def house_label(
    *,
    service: str,
    lane: str,
    to: Sequence[str],
    sender: Sequence[str],
    code: str,
    about: str,
    weight: str = "",
) -> Label:
    """Return the label: how it goes, to whom, from whom, the code that proves it is stuck. Raises Unprintable."""
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Box(2.5, 2.5, WIDTH_MM - 5, HEIGHT_MM - 5, 0.6),
            Text(MARGIN_MM, 5, 62, 13, service, 10, 4, lines=2, bold=True),
            Text(MARGIN_MM + 63, 5, INSIDE_MM - 63, 13, lane, 10, 4, bold=True, align=Align.RIGHT),
            Line(2.5, 19.5, WIDTH_MM - 5),
            *address(sender, x=MARGIN_MM, y=21.5, width=INSIDE_MM, size=2.6),
            Line(2.5, 42, WIDTH_MM - 5),
            *address(to, x=MARGIN_MM + 3, y=46, width=INSIDE_MM - 3, size=5.6),
            Line(2.5, 98, WIDTH_MM - 5),
            bars(code, x=4, y=101, width=WIDTH_MM - 8, height=28),
            Text(MARGIN_MM, 129.5, INSIDE_MM, 6, code, 4.6, 2.4, align=Align.CENTER),
            Line(2.5, 137, WIDTH_MM - 5),
            Text(MARGIN_MM, 139.5, 62, 7, about, 3.8, 2.2, lines=2),
            Text(MARGIN_MM + 63, 139.5, INSIDE_MM - 63, 7, weight, 3.8, 2.2, align=Align.RIGHT),
        ),
    )
