"""The printer's typefaces, played with Bitstream Vera, which comes with ReportLab.

Heights, places and widths were measured against what ZPL renderers draw, so a line is about as long as on a real one.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(reportlab.__file__).parent / "fonts"

CAP = 0.729
"""How high a capital of Vera is, in sizes of the type."""

SIZE_LIMIT = 1_500
"""Highest letter in dots that we draw: at 203 dpi, 7 inches."""

WIDTH_LIMIT = 12_000
"""Longest line in dots, before it is squeezed; what is longer ends beside any paper."""

DARK, FAINT = 110, 70
"""From this share of 255 on, a dot that a letter covers in part is black; thin letters need less."""


@dataclass(frozen=True)
class Scalable:
    """A typeface drawn at any size. Shares are of the height that ^A names."""

    file: str
    cap_top: float
    cap: float
    squeeze: float
    """How much narrower than Vera."""


@dataclass(frozen=True)
class Grid:
    """A typeface of dots, every letter in a cell of its own, made larger in whole steps."""

    height: int
    width: int
    gap: int
    cap_top: int
    cap: int
    is_capital: bool = False


ZERO = Scalable("VeraBd.ttf", cap_top=0.0, cap=0.75, squeeze=0.7)
SMOOTH = Scalable("VeraBd.ttf", cap_top=0.12, cap=0.63, squeeze=0.7)

GRIDS = {
    "A": Grid(9, 5, 1, 0, 7),
    "B": Grid(11, 7, 2, 0, 11, is_capital=True),
    "C": Grid(18, 10, 2, 0, 14),
    "D": Grid(18, 10, 2, 0, 14),
    "E": Grid(28, 15, 5, 3, 20),
    "F": Grid(26, 13, 3, 0, 21),
    "G": Grid(60, 40, 8, 0, 48),
    "H": Grid(21, 13, 6, 0, 21, is_capital=True),
}
STEPS = {
    "P": (20, 18),
    "Q": (28, 24),
    "R": (35, 31),
    "S": (40, 35),
    "T": (48, 42),
    "U": (59, 53),
    "V": (80, 71),
}
"""Smooth typefaces that printers keep at one size each."""

STEP_LIMIT = 10
"""Most that a typeface of dots is made larger."""


@dataclass(frozen=True)
class Type:
    """A typeface at a size: how wide a text is, and its ink."""

    name: str
    height: int
    width: int

    @property
    def baseline(self) -> int:
        """Rows from the top of a line to the foot of its letters."""
        grid = GRIDS.get(self.name)
        if grid is not None:
            return (grid.cap_top + grid.cap) * self.height // grid.height
        face = _face(self.name)
        return round((face.cap_top + face.cap) * self.height)

    def width_of(self, text: str) -> int:
        """Return how many dots a text takes."""
        grid = GRIDS.get(self.name)
        if grid is not None:
            return len(text) * self.pitch(grid)
        return min(round(self._room(text) * self.scaled()[1]), WIDTH_LIMIT)

    def work(self, text: str) -> int:
        """Return how many dots have to be touched to draw all of a text."""
        if self.name in GRIDS:
            return self.width_of(text) * self.height
        return round(self.scaled()[0].getlength(text)) * self.height

    def _room(self, text: str) -> int:
        """Return how wide a text is before it is squeezed."""
        if self.name in GRIDS:
            return min(self.width_of(text), WIDTH_LIMIT)
        return min(round(self.scaled()[0].getlength(text)), WIDTH_LIMIT)

    def pitch(self, grid: Grid) -> int:
        """Return the dots from one letter of a grid to the next."""
        return (grid.width + grid.gap) * self.width // grid.width

    def scaled(self) -> tuple[ImageFont.FreeTypeFont, float]:
        """Return the type at its height, and how much narrower it has to be."""
        face = _face(self.name)
        size = self.height * face.cap / CAP
        return _font(face.file, size), face.squeeze * self.width / self.height

    def ink(self, text: str) -> Image.Image:
        """Return the dots of one line, as high as the type."""
        grid = GRIDS.get(self.name)
        return self._cells(text, grid) if grid is not None else self._smooth(text)

    def _smooth(self, text: str) -> Image.Image:
        room, wide = max(1, self._room(text)), max(1, self.width_of(text))
        return _drawn(text, self.scaled()[0], (room, self.height), self.baseline, wide)

    def _cells(self, text: str, grid: Grid) -> Image.Image:
        pitch = self.pitch(grid)
        line = Image.new("1", (max(1, min(len(text) * pitch, WIDTH_LIMIT)), self.height))
        for at, sign in enumerate(text[: WIDTH_LIMIT // pitch + 1]):
            line.paste(
                _cell(self, grid, sign.upper() if grid.is_capital else sign), (at * pitch, 0)
            )
        return line


def sized(name: str, height: int, width: int) -> Type:
    """Return the type that ^A asks for; a height or width of 0 follows the other, or is the usual one."""
    name = name.upper()
    if name in GRIDS:
        grid = GRIDS[name]
        down = _steps(height, grid.height) or _steps(width, grid.width) or 1
        across = _steps(width, grid.width) or down
        return Type(name, down * grid.height, across * grid.width)
    if name in STEPS:
        usual, usual_wide = STEPS[name]
        down = _steps(height, usual) or _steps(width, usual_wide) or 1
        return Type(name, down * usual, (_steps(width, usual_wide) or down) * usual)
    height = min(height or width or 15, SIZE_LIMIT)
    return Type("0", height, min(width or height, SIZE_LIMIT))


def _steps(asked: int, usual: int) -> int:
    """Return how many times its usual size is nearest to what is asked for; 0 when nothing is."""
    return min(max(1, round(asked / usual)), STEP_LIMIT) if asked else 0


def _face(name: str) -> Scalable:
    return SMOOTH if name in STEPS else ZERO


@lru_cache(maxsize=128)
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=2_048)
def _cell(kind: Type, grid: Grid, sign: str) -> Image.Image:
    """Return one letter, as wide as its cell."""
    font = _font("Vera.ttf", grid.cap * kind.height / grid.height / CAP)
    room = max(1, round(font.getlength(sign)))
    wide = kind.width
    squeezed = min(wide, max(1, round(room * 1.05 * wide / font.getlength("M"))))
    letter = _drawn(sign, font, (room, kind.height), kind.baseline, squeezed, dark=FAINT)
    cell = Image.new("1", (wide, kind.height))
    cell.paste(letter, ((wide - squeezed) // 2, 0))
    return cell


def _drawn(
    text: str,
    font: ImageFont.FreeTypeFont,
    room: tuple[int, int],
    baseline: int,
    wide: int,
    *,
    dark: int = DARK,
) -> Image.Image:
    """Draw a line in its room, and make that as wide as it has to be."""
    gray = Image.new("L", room)
    ImageDraw.Draw(gray).text((0, baseline), text, fill=255, font=font, anchor="ls")
    if wide != room[0]:
        gray = gray.resize(
            (wide, room[1]), Image.Resampling.BOX if wide < room[0] else Image.Resampling.BILINEAR
        )
    return gray.point(_blackened(dark), "1")


@cache
def _blackened(dark: int) -> list[int]:
    """Return, by how much of it a letter covers, whether a dot is black."""
    return [255 * (covered > dark) for covered in range(256)]
