"""Barcodes as pictures in a page, for printing: black on white in every theme, sized in modules."""

import re

import zxingcpp
from markupsafe import Markup

_SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')
_BARS = re.compile(r'<path d="([^"]+)"')


def code128(text: str) -> Markup:
    """Return a text as Code 128, as wide as fits on a badge."""
    return _drawn(text, zxingcpp.BarcodeFormat.Code128, across_mm=70)


def qr(text: str) -> Markup:
    """Return a text as a QR code."""
    return _drawn(text, zxingcpp.BarcodeFormat.QRCode, across_mm=50)


def _drawn(text: str, kind: zxingcpp.BarcodeFormat, *, across_mm: int) -> Markup:
    """Take size and bars out of what the encoder draws, and nothing else: no prolog, no ids, no styles."""
    picture = zxingcpp.create_barcode(text, kind).to_svg()
    size, bars = _SIZE.search(picture), _BARS.search(picture)
    if size is None or bars is None:
        raise ValueError("the encoder drew something else than bars")
    width, height = size.groups()
    return Markup(
        '<svg class="barcode" width="{across}mm" viewBox="0 0 {width} {height}" role="img" aria-label="{text}" '
        'shape-rendering="crispEdges"><rect width="{width}" height="{height}" fill="#fff"/>'
        '<path d="{bars}" fill="#000"/></svg>'
    ).format(across=across_mm, width=width, height=height, text=text, bars=bars[1])
