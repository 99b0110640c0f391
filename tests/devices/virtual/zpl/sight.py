"""Looks at what was drawn: where ink is, and what a scanner reads."""

import zxingcpp
from PIL import ImageChops

from devices.virtual.zpl import draw

KINDS = [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix]
"""A reader that looks for every kind at once takes chance bars for other codes."""


def drawn(body, dpi=203):
    """Return the one label that these commands make."""
    data = body if isinstance(body, bytes) else body.encode()
    (picture,) = draw(b"^XA" + data + b"^XZ", dpi)
    return picture


def ink(picture):
    """Return the box around all ink: left, top, right, bottom."""
    return ImageChops.invert(picture).getbbox()


def inked(picture):
    """Return how many dots are black."""
    return picture.histogram()[0]


def codes(picture):
    """Return what a scanner reads, with the kind that it tells."""
    found = zxingcpp.read_barcodes(picture)
    return sorted((one.symbology_identifier, one.text) for one in found)


def bytes_in(picture):
    """Return the bytes of the one barcode that is a Code 128 or a Data Matrix."""
    (found,) = zxingcpp.read_barcodes(picture, formats=KINDS)
    return found.bytes
