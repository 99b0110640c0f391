"""Draws a label as a PDF of four by six inches."""

from io import BytesIO

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import inch, mm
from reportlab.pdfgen.canvas import Canvas

from wms.shipping.standin.sheet import MARK, Sheet

WIDTH, HEIGHT = 4 * inch, 6 * inch
EDGE = 4 * mm
FONT, BOLD = "Helvetica", "Helvetica-Bold"
MODULE = {True: 0.5 * mm, False: 0.37 * mm}
"""Width of a bar, for a number of digits in pairs, and for any other."""


def draw(sheet: Sheet) -> bytes:
    """Return the label; the same bytes for the same sheet."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle("Label")
    _service(canvas, sheet)
    _addresses(canvas, sheet)
    _tracking(canvas, sheet)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _service(canvas: Canvas, sheet: Sheet) -> None:
    canvas.rect(EDGE, HEIGHT - 25 * mm, 21 * mm, 21 * mm)
    canvas.setFont(BOLD, 44)
    canvas.drawCentredString(EDGE + 10.5 * mm, HEIGHT - 20 * mm, _drawn(sheet.letter))
    _line(canvas, 28 * mm, 13 * mm, (BOLD, 24), sheet.carrier)
    _line(canvas, 28 * mm, 22 * mm, (FONT, 15), sheet.service)
    _rule(canvas, 28 * mm)


def _addresses(canvas: Canvas, sheet: Sheet) -> None:
    for place, line in enumerate(sheet.sender):
        _line(canvas, EDGE, (33 + 4 * place) * mm, (FONT, 9), line)
    _line(canvas, 74 * mm, 33 * mm, (FONT, 9), sheet.date)
    _line(canvas, 74 * mm, 38 * mm, (BOLD, 11), sheet.weight)
    _rule(canvas, 56 * mm)
    _line(canvas, EDGE, 60 * mm, (FONT, 9), "SHIP TO")
    for place, line in enumerate(sheet.recipient):
        _line(canvas, EDGE + 5 * mm, (66 + 6 * place) * mm, (BOLD, 13), line)
    _rule(canvas, 101 * mm)


def _tracking(canvas: Canvas, sheet: Sheet) -> None:
    _line(canvas, EDGE, 105 * mm, (FONT, 9), f"{sheet.carrier} TRACKING NO.")
    in_pairs = sheet.number.isdigit() and len(sheet.number) % 2 == 0
    code = Code128(sheet.number, barWidth=MODULE[in_pairs], barHeight=28 * mm, quiet=0)
    code.drawOn(canvas, (WIDTH - code.width) / 2, HEIGHT - 136 * mm)
    canvas.setFont(FONT, 12)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 142 * mm, sheet.spaced_number)
    _rule(canvas, 145 * mm)
    _line(canvas, EDGE, 149 * mm, (FONT, 8), f"{MARK}   {sheet.reference[:24]}")


def _line(canvas: Canvas, left: float, down: float, font: tuple[str, int], words: str) -> None:
    canvas.setFont(*font)
    canvas.drawString(left, HEIGHT - down, _drawn(words))


def _rule(canvas: Canvas, down: float) -> None:
    canvas.line(0, HEIGHT - down, WIDTH, HEIGHT - down)


def _drawn(words: str) -> str:
    """The font of every PDF reader knows the letters of western Europe, and no others."""
    return words.encode("cp1252", "replace").decode("cp1252")
