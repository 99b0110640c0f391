"""The label on one unit of an item, a pack or a case that came without a barcode."""

from labels.designs.bars import bars
from labels.label import Align, Label, Text

WIDTH_MM, HEIGHT_MM = 57.0, 32.0


def item_label(*, name: str, sku: str, scans_as: str, units: str = "") -> Label:
    """Return an item's label: name, SKU, what a scan reads, how many units it stands for. Raises Unprintable."""
    barcode = bars(scans_as, x=1, y=10, width=55, height=13.5)
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Text(2, 1, 53, 8.5, name, 4, 2.2, lines=2, bold=True),
            barcode,
            Text(2, 23.8, 53, 3.4, barcode.data, 2.8, 1.8, align=Align.CENTER),
            Text(2, 27.4, 33, 3.8, sku, 3.2, 1.8, bold=True),
            Text(36, 27.4, 19, 3.8, units, 3.2, 1.8, align=Align.RIGHT),
        ),
    )
