"""Labels as answers: PDF for people, PNG for a look beforehand, ZPL for label printers."""

from collections.abc import Callable, Sequence
from enum import IntEnum, StrEnum
from typing import Any

from flask import Response, request
from pydantic import Field

from labels import pdf, png, zpl
from labels.label import Label
from labels.paper import Paper, sheets
from labels.symbols import Unprintable
from wms.kernel.fields import Body
from wms.kernel.refusal import Refusal


class Dpi(IntEnum):
    """How finely label printers print."""

    COARSE = 203
    FINE = 300
    FINEST = 600


PAPERS = {"a4": Paper.A4, "letter": Paper.LETTER}


class Format(StrEnum):
    """As what a label is wanted."""

    PDF = "pdf"
    PNG = "png"
    ZPL = "zpl"


MEDIA = {
    Format.PDF: "application/pdf",
    Format.PNG: "image/png",
    Format.ZPL: "application/zpl",
}

ANSWERS: Any = {
    200: {
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()
        }
    }
}
"""What routes for labels say of their answer."""


class LabelAsked(Body):
    """How a label is wanted. Without `format` the header Accept decides, and without that it is a PDF."""

    format: Format | None = None
    dpi: Dpi = Field(default=Dpi.COARSE, description="Of the printer it is for.")


class CannotPrint(Refusal):
    """No barcode can say this code in the room that the label has."""

    sentence = "kernel.cannot_print"
    status = 422
    kept = False


def label(one: Label, *, name: str) -> Response:
    """Answer a page's request with one label, as its address says: `?format=zpl&dpi=300`."""
    return as_asked(one, asked(), name=name)


def asked() -> LabelAsked:
    """Return what the address says. What it cannot mean is left out."""
    return LabelAsked(
        format=request.args.get("format", type=Format),
        dpi=request.args.get("dpi", type=_dpi, default=Dpi.COARSE),
    )


def _dpi(said: str) -> Dpi:
    return Dpi(int(said))


def as_asked(one: Label, asked: LabelAsked, *, name: str) -> Response:
    """Answer with one label, in the format that is asked for. Raises CannotPrint."""
    render = {Format.PDF: pdf.render, Format.PNG: png.render, Format.ZPL: zpl.render}
    chosen = asked.format or _accepted()
    try:
        return _file(render[chosen](one, dpi=asked.dpi), chosen, name)
    except Unprintable as reason:
        raise CannotPrint(name=name) from reason


def many(found: Sequence[Label], *, name: str) -> Response:
    """Answer with many labels of one size: on sheets of A4 or Letter, each on its own page, or for a label printer."""
    said, paper = asked(), _paper()
    try:
        if said.format is Format.ZPL:
            data = b"".join(zpl.render(one, dpi=said.dpi) for one in found)
            return _file(data, Format.ZPL, name)
        pages = sheets(found, paper=paper) if paper else found
        return _file(pdf.pages(pages, dpi=said.dpi), Format.PDF, name)
    except Unprintable as reason:
        raise CannotPrint(name=name) from reason


def sheet(draw: Callable[[Paper], Sequence[Label]], *, name: str) -> Response:
    """Answer with sheets that are drawn for the paper asked for, as PDF."""
    return _file(pdf.pages(draw(_paper() or Paper.A4)), Format.PDF, name)


def _paper() -> Paper | None:
    """Return the paper that the address names; None for a roll of labels."""
    return PAPERS.get(request.args.get("paper", "a4"))


def _accepted() -> Format:
    best = request.accept_mimetypes.best_match(list(MEDIA.values()), MEDIA[Format.PDF])
    return next(kind for kind, media in MEDIA.items() if media == best)


def _file(data: bytes, kind: Format, name: str) -> Response:
    response = Response(data, mimetype=MEDIA[kind])
    safe = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-" for sign in name
    )
    response.headers["Content-Disposition"] = f'inline; filename="{safe}.{kind}"'
    return response
