"""Which barcode says a code in a box: lines where they fit, as every scanner reads them; else a QR code."""

from labels.label import Barcode, Symbology
from labels.symbols import EAN13_DIGITS, fits

UPC_TO_GTIN = (12, 13, 14)
"""How many digits a number on goods has: as a UPC, an EAN, a GTIN-14."""


def bars(code: str, *, x: float, y: float, width: float, height: float) -> Barcode:
    """Return the barcode for a code in a box."""
    for kind, data in ((Symbology.EAN13, _thirteen(code)), (Symbology.CODE128, code)):
        if fits(kind, data, width_mm=width, height_mm=height):
            return Barcode(x, y, width, height, kind, data)
    return Barcode(x, y, width, height, Symbology.QR, code)


def _thirteen(code: str) -> str:
    """Return a number on goods with the 13 digits it has on their packaging; anything else as it is."""
    is_number = code.isascii() and code.isdigit()
    return code.lstrip("0").zfill(EAN13_DIGITS) if is_number and len(code) in UPC_TO_GTIN else code
