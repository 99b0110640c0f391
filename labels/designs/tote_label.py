"""The label on a tote, carton, pallet or cart: a frame tells it from a bin's at a glance."""

from labels.designs.bars import bars
from labels.label import Align, Box, Label, Text

WIDTH_MM, HEIGHT_MM = 100.0, 50.0


def tote_label(*, code: str, scans_as: str, kind: str = "") -> Label:
    """Return the label of a tote: its code, what a scan reads, and what it is in a word. Raises Unprintable."""
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Box(1.5, 1.5, 97, 47, 0.8),
            Text(5, 3.5, 90, 16.5, code, 14, 4, lines=2, bold=True, align=Align.CENTER),
            bars(scans_as, x=4, y=20.5, width=92, height=21),
            Text(5, 42, 90, 5, kind, 4, 2, align=Align.CENTER),
        ),
    )
