"""Looks at a label before it may go near a printer: whoever draws it, it must print one sheet and change nothing."""

from devices.printers import zpl
from wms.shipping.gateway.answers import Document, UnfitDocument

ZPL = "application/zpl"
PDF = "application/pdf"
PNG = "image/png"


def looked_at(data: bytes) -> Document:
    """Tell what a label is by its own bytes, and see that it is one sheet. Raises UnfitDocument."""
    if data.startswith(b"%PDF-"):
        return Document(PDF, data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Document(PNG, data)
    if b"^XA" in data.upper():
        return Document(ZPL, one_sheet(data))
    raise UnfitDocument("the label is neither ZPL nor PDF nor PNG")


def one_sheet(data: bytes) -> bytes:
    """Leave out of a ZPL label what would outlast it. Raises UnfitDocument unless it prints one sheet."""
    try:
        return zpl.without_what_lasts(data)
    except zpl.UnfitLabel as reason:
        raise UnfitDocument(str(reason)) from reason
