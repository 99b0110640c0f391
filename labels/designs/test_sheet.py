"""A sheet that shows that a printer prints: its name, its edges, a barcode to scan."""

from labels.label import Align, Barcode, Box, Label, Symbology, Text

WIDTH_MM, HEIGHT_MM = 100.0, 50.0


def test_sheet(*, printer: str, words: str) -> Label:
    """Return a printer's test sheet. A frame that is whole on all sides says that the roll lies straight."""
    return Label(
        WIDTH_MM,
        HEIGHT_MM,
        (
            Box(1.5, 1.5, WIDTH_MM - 3, HEIGHT_MM - 3, 0.4),
            Text(5, 4, 90, 14, printer, 11, 3, bold=True, align=Align.CENTER),
            Barcode(5, 20, 90, 16, Symbology.CODE128, "TEST"),
            Text(5, 38, 90, 7, words, 4.5, 2, align=Align.CENTER),
        ),
    )
