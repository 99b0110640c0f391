"""Labels in ZPL II, for label printers. Words go out as text; bars and pictures as dots, alike on every printer.

Commands are those of the ZPL II Programming Guide: ^XA ^XZ ^CI ^PW ^LL ^LH ^FO ^A ^FB ^FH ^FD ^FS ^GB ^GF.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image as Picture

from labels import png
from labels.fitting import fit
from labels.label import Align, Barcode, Box, Image, Label, Line, Text
from labels.letters import width_of
from labels.symbols import MM_PER_INCH, bars

JUSTIFIED = {Align.LEFT: "L", Align.CENTER: "C", Align.RIGHT: "R"}
ESCAPE = "_"
"""What ^FH takes as the sign that two hexadecimal figures follow."""

TAKEN = frozenset("^~_\\") | {"\x7f"}
"""Signs with a meaning of their own: commands, the escape itself, and what breaks lines in ^FB."""

GRAY = 128
"""Below it, a dot of a picture is black."""


def render(label: Label, *, dpi: int = 203) -> bytes:
    """Return the label as ZPL for a printer of that dpi. Raises Unprintable."""
    dots = _Dots(dpi)
    head = [
        "^XA",
        "^CI28",
        f"^PW{dots(label.width_mm)}",
        f"^LL{dots(label.height_mm)}",
        "^LH0,0",
    ]
    body = [line for part in label.parts for line in dots.commands(part)]
    return "\n".join([*head, *body, "^XZ", ""]).encode()


def escaped(text: str) -> str:
    """Return the text as ^FH reads it: whatever is a command elsewhere is only a sign here."""
    return "".join(_escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    if sign in TAKEN or ord(sign) < ord(" "):
        return "".join(f"{ESCAPE}{byte:02X}" for byte in sign.encode())
    return sign


class _Dots:
    """Millimetres in dots of one printer, and parts in its commands."""

    def __init__(self, dpi: int) -> None:
        self.dpi = dpi

    def __call__(self, millimetres: float) -> int:
        return round(millimetres * self.dpi / MM_PER_INCH)

    def commands(self, part: Text | Barcode | Box | Line | Image) -> Iterator[str]:
        match part:
            case Text():
                yield from self.text(part)
            case Barcode():
                yield self.barcode(part)
            case Box():
                thick = max(1, self(part.thickness))
                yield self.box(part.x, part.y, self(part.width), self(part.height), thick)
            case Line():
                wide, high = (part.thickness, part.length)[:: 1 if part.is_upright else -1]
                thick = max(1, self(part.thickness))
                yield self.box(
                    part.x, part.y, max(thick, self(wide)), max(thick, self(high)), thick
                )
            case Image():
                yield self.image(part)

    def text(self, text: Text) -> Iterator[str]:
        """Break lines here, not in the printer; its font 0 is narrower than the one we measured."""
        fitted = fit(text)
        top, size = text.y + fitted.top_mm, self(fitted.size_mm)
        for line in fitted.lines:
            yield f"{self.spot(text, line, top, fitted.size_mm)}^A0N,{size},{size}{self.field(text, line)}^FS"
            top += fitted.leading_mm

    def spot(self, text: Text, line: str, top: float, size: float) -> str:
        """Say where a line begins. A line with a backslash has no ^FB, which would read it: it is stood here."""
        x = text.x
        if "\\" in line and text.align is not Align.LEFT:
            free = text.width - width_of(line, size, bold=text.bold)
            x += free * text.align.share
        return f"^FO{self(x)},{self(top)}"

    def field(self, text: Text, line: str) -> str:
        block = f"^FB{self(text.width)},1,0,{JUSTIFIED[text.align]}"
        is_block = text.align is not Align.LEFT and "\\" not in line
        return f"{block if is_block else ''}^FH{ESCAPE}^FD{escaped(line)}"

    def barcode(self, part: Barcode) -> str:
        found = bars(part, self.dpi)
        left, top = min(bar.x for bar in found), min(bar.y for bar in found)
        wide = max(bar.x + bar.width for bar in found) - left
        high = max(bar.y + bar.height for bar in found) - top
        page = Picture.new("1", (wide, high), 0)
        for bar in found:
            at = bar.x - left, bar.y - top
            page.paste(1, (*at, at[0] + bar.width, at[1] + bar.height))
        return _graphic(left, top, page)

    def image(self, image: Image) -> str:
        alone = Image(0, 0, image.width, image.height, image.picture)
        gray = png.drawn(Label(image.width, image.height, (alone,)), dpi=self.dpi)
        page = gray.point(lambda dot: 255 if dot < GRAY else 0).convert("1")
        return _graphic(self(image.x), self(image.y), page)

    def box(self, x: float, y: float, wide: int, high: int, thick: int) -> str:
        return f"^FO{self(x)},{self(y)}^GB{wide},{high},{thick}^FS"


def _graphic(left: int, top: int, page: Picture.Image) -> str:
    """Return dots as ^GF in hexadecimal; a colon stands for a row that is like the one above."""
    across = (page.width + 7) // 8
    file = BytesIO(page.tobytes())
    rows = [file.read(across).hex().upper() for _ in range(page.height)]
    short = [":" if at and row == rows[at - 1] else row for at, row in enumerate(rows)]
    total = across * page.height
    return f"^FO{left},{top}^GFA,{total},{total},{across},{''.join(short)}^FS"
