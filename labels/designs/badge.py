"""A badge, as large as a bank card. It can be printed only while its code is known: when it is issued."""

from labels.designs.bars import bars
from labels.label import Align, Label, Line, Text

WIDTH_MM, HEIGHT_MM = 85.6, 54.0


def badge(*, name: str, code: str, house: str, ending: str) -> Label:
    """Return a badge. The code stands in the bars alone; its last signs tell badges apart. Raises Unprintable."""
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Text(5, 3.5, 75.6, 5, house, 3.6, 2),
            Line(5, 9.2, 75.6),
            Text(5, 10.5, 75.6, 17, name, 8, 2.6, lines=2, bold=True),
            bars(code, x=2, y=28.5, width=81.6, height=18.5),
            Text(5, 48, 75.6, 4, ending, 3, 2, align=Align.CENTER),
        ),
    )
