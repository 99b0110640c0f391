"""Labels as PDF: for office printers and for whoever has no label printer yet. The same labels give the same bytes."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from labels.fitting import fit
from labels.label import Barcode, Box, Image, Label, Line, Text
from labels.letters import face, font, width_of
from labels.symbols import MM_PER_INCH, bars

POINTS_PER_INCH = 72
POINT_MM = MM_PER_INCH / POINTS_PER_INCH
ASCENT = 0.97
"""From the top of a line to what its letters stand on, in sizes of the type."""


def render(label: Label, *, dpi: int = 203) -> bytes:
    """Return the label as a PDF of its own size; `dpi` is what the bars are made to fit. Raises Unprintable."""
    return pages([label], dpi=dpi)


def pages(labels: Sequence[Label], *, dpi: int = 203) -> bytes:
    """Return one PDF with a page for each label. Raises Unprintable."""
    file = BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    for bold in (False, True):
        pdfmetrics.registerFont(font(bold=bold))
    for label in labels:
        canvas.setPageSize((label.width_mm / POINT_MM, label.height_mm / POINT_MM))
        pen = _Pen(canvas, label.height_mm, dpi)
        for part in label.parts:
            pen.draw(part)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


class _Pen:
    """Draws parts on a page whose corner is at the lower left."""

    def __init__(self, canvas: Canvas, height_mm: float, dpi: int) -> None:
        self.canvas, self.height, self.dpi = canvas, height_mm, dpi

    def draw(self, part: Text | Barcode | Box | Line | Image) -> None:
        match part:
            case Text():
                self.text(part)
            case Barcode():
                for bar in bars(part, self.dpi):
                    mm = MM_PER_INCH / self.dpi
                    self.filled(bar.x * mm, bar.y * mm, bar.width * mm, bar.height * mm)
            case Box():
                self.box(part)
            case Line():
                wide, high = (part.thickness, part.length)[:: 1 if part.is_upright else -1]
                self.filled(part.x, part.y, wide, high)
            case Image():
                self.image(part)

    def text(self, text: Text) -> None:
        fitted = fit(text)
        base = text.y + fitted.top_mm + fitted.size_mm * ASCENT
        self.canvas.setFont(face(bold=text.bold), fitted.size_mm / POINT_MM)
        for line in fitted.lines:
            free = text.width - width_of(line, fitted.size_mm, bold=text.bold)
            x = text.x + free * text.align.share
            self.canvas.drawString(x / POINT_MM, (self.height - base) / POINT_MM, line)
            base += fitted.leading_mm

    def box(self, box: Box) -> None:
        if box.thickness * 2 >= min(box.width, box.height):
            self.filled(box.x, box.y, box.width, box.height)
            return
        self.canvas.setLineWidth(box.thickness / POINT_MM)
        half = box.thickness / 2
        self.canvas.rect(
            (box.x + half) / POINT_MM,
            (self.height - box.y - box.height + half) / POINT_MM,
            (box.width - box.thickness) / POINT_MM,
            (box.height - box.thickness) / POINT_MM,
        )

    def image(self, image: Image) -> None:
        self.canvas.drawImage(
            ImageReader(BytesIO(image.picture)),
            image.x / POINT_MM,
            (self.height - image.y - image.height) / POINT_MM,
            image.width / POINT_MM,
            image.height / POINT_MM,
            preserveAspectRatio=True,
            anchor="c",
        )

    def filled(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.rect(
            x / POINT_MM,
            (self.height - y - height) / POINT_MM,
            width / POINT_MM,
            height / POINT_MM,
            stroke=0,
            fill=1,
        )
