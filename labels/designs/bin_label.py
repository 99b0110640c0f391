"""The label on a bin: read from three steps away, scanned from one."""

from labels.designs.bars import bars
from labels.label import Align, Label, Text

WIDTH_MM, HEIGHT_MM = 100.0, 50.0


def bin_label(*, code: str, scans_as: str, note: str = "") -> Label:
    """Return a bin's label: its code as people say it, what a scan reads, a word as its zone. Raises Unprintable."""
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Text(4, 2, 92, 18, code, 16, 4, lines=2, bold=True, align=Align.CENTER),
            bars(scans_as, x=3, y=20.5, width=94, height=22),
            Text(4, 43.5, 92, 5, note, 4, 2, align=Align.CENTER),
        ),
    )
