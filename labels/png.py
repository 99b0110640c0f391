"""A label as a picture: what the printer would put on paper, dot by dot. For previews, and for tests to read."""

from io import BytesIO

from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from labels.fitting import Fitted, fit
from labels.label import Barcode, Box, Image, Label, Line, Text
from labels.letters import file_of
from labels.symbols import MM_PER_INCH, bars

BLACK, WHITE = 0, 255

PIXELS_LIMIT = 20_000_000
"""A sheet of A4 at 300 dpi has 8.7 million dots."""


def render(label: Label, *, dpi: int = 203) -> bytes:
    """Return the label as a PNG in grays. Raises Unprintable."""
    return encoded(drawn(label, dpi=dpi), dpi=dpi)


def encoded(picture: Picture.Image, *, dpi: int) -> bytes:
    """Return a picture as a PNG that knows its size on paper."""
    file = BytesIO()
    picture.save(file, "PNG", dpi=(dpi, dpi), optimize=True)
    return file.getvalue()


def drawn(label: Label, *, dpi: int) -> Picture.Image:
    """Return the label as a picture in grays. Raises Unprintable."""
    size = round(label.width_mm * dpi / MM_PER_INCH), round(label.height_mm * dpi / MM_PER_INCH)
    if size[0] * size[1] > PIXELS_LIMIT:
        raise ValueError(
            f"a picture of {size[0]} × {size[1]} dots is larger than any paper we print"
        )
    page = Picture.new("L", size, WHITE)
    pen = _Pen(page, dpi / MM_PER_INCH, dpi)
    for part in label.parts:
        pen.draw(part)
    return page


class _Pen:
    """Draws parts on a page, in dots."""

    def __init__(self, page: Picture.Image, scale: float, dpi: int) -> None:
        self.page, self.scale, self.dpi = page, scale, dpi
        self.ink = ImageDraw.Draw(page)

    def draw(self, part: Text | Barcode | Box | Line | Image) -> None:
        match part:
            case Text():
                self.text(part, fit(part))
            case Barcode():
                for bar in bars(part, self.dpi):
                    self.filled(bar.x, bar.y, bar.width, bar.height)
            case Box():
                self.box(part)
            case Line():
                wide, high = (part.thickness, part.length)[:: 1 if part.is_upright else -1]
                self.filled(
                    part.x * self.scale, part.y * self.scale, wide * self.scale, high * self.scale
                )
            case Image():
                self.image(part)

    def text(self, text: Text, fitted: Fitted) -> None:
        top = text.y + fitted.top_mm
        for line in fitted.lines:
            font, wide = self.font(text, line, fitted.size_mm * self.scale)
            free = text.width * self.scale - wide
            at = text.x * self.scale + free * text.align.share, top * self.scale
            self.ink.text(at, line, fill=BLACK, font=font)
            top += fitted.leading_mm

    def font(self, text: Text, line: str, size: float) -> tuple[ImageFont.FreeTypeFont, float]:
        """Return the type for a line. Dots are coarse: a line that grows by them is made smaller by as much."""
        font = ImageFont.truetype(
            file_of(bold=text.bold), size, layout_engine=ImageFont.Layout.BASIC
        )
        wide, room = font.getlength(line), text.width * self.scale
        if wide > room:
            font = font.font_variant(size=size * room / wide * 0.99)
        return font, min(font.getlength(line), room)

    def box(self, box: Box) -> None:
        if box.thickness * 2 >= min(box.width, box.height):
            scale = self.scale
            self.filled(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
            return
        corner = box.x * self.scale, box.y * self.scale
        far = (box.x + box.width) * self.scale - 1, (box.y + box.height) * self.scale - 1
        thick = max(1, round(box.thickness * self.scale))
        self.ink.rectangle((*corner, *far), outline=BLACK, width=thick)

    def image(self, image: Image) -> None:
        with Picture.open(BytesIO(image.picture)) as found:
            gray = found.convert("L")
        room = image.width * self.scale, image.height * self.scale
        share = min(room[0] / gray.width, room[1] / gray.height)
        size = max(1, int(gray.width * share)), max(1, int(gray.height * share))
        corner = (
            int(image.x * self.scale + (room[0] - size[0]) / 2),
            int(image.y * self.scale + (room[1] - size[1]) / 2),
        )
        self.page.paste(gray.resize(size), corner)

    def filled(self, x: float, y: float, width: float, height: float) -> None:
        far = round(x) + max(1, round(width)) - 1, round(y) + max(1, round(height)) - 1
        self.ink.rectangle((round(x), round(y), *far), fill=BLACK)
