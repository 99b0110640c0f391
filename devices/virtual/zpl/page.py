"""The label under the print head: ink is stamped on it, turned and reversed as the field says."""

from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageChops

BLACK, WHITE = 0, 255

STAMP_LIMIT = 20_000_000
"""Most dots of one field; a label of 4 × 6 inches at 600 dpi has 8.6 million."""


class Turn(StrEnum):
    """Which way a field is turned, clockwise."""

    NORMAL = "N"
    RIGHT = "R"
    INVERTED = "I"
    BOTTOM_UP = "B"


TURNS = {
    Turn.RIGHT: Image.Transpose.ROTATE_270,
    Turn.INVERTED: Image.Transpose.ROTATE_180,
    Turn.BOTTOM_UP: Image.Transpose.ROTATE_90,
}

TALL = frozenset({Turn.RIGHT, Turn.BOTTOM_UP})
"""After these, what was wide is high."""


@dataclass(frozen=True)
class Stamp:
    """Ink before it is turned: dots that are not 0 are drawn. The foot is the row that ^FT stands on the line."""

    ink: Image.Image
    foot: int
    top: int = 0
    """Rows above the place that ^FO names: what is printed above a barcode."""
    below: int = 0
    """Rows below what ^FO places: the line for people under a barcode."""
    is_white: bool = False


@dataclass(frozen=True)
class Spot:
    """Where a field goes."""

    x: int
    y: int
    turn: Turn = Turn.NORMAL
    is_foot: bool = False
    """Whether the place is that of the foot (^FT), not of the upper left corner (^FO)."""
    is_right: bool = False
    """Whether x is the right edge."""


class Page:
    """Paper of so many dots."""

    def __init__(self, width: int, height: int) -> None:
        self.picture = Image.new("L", (width, height), WHITE)

    def put(self, stamp: Stamp, spot: Spot, *, is_reverse: bool) -> None:
        """Stamp once; what falls beside the paper is lost."""
        x, y = _corner(stamp, spot)
        ink = stamp.ink.transpose(TURNS[spot.turn]) if spot.turn in TURNS else stamp.ink
        if is_reverse:
            self._reverse(ink, x, y)
        else:
            self.picture.paste(WHITE if stamp.is_white else BLACK, (x, y), ink)

    def _reverse(self, ink: Image.Image, x: int, y: int) -> None:
        """Turn black to white and white to black where there is ink."""
        under = self.picture.crop((x, y, x + ink.width, y + ink.height))
        self.picture.paste(ImageChops.invert(under), (x, y), ink)


def bottom(stamp: Stamp, spot: Spot) -> int:
    """Return the first row below the ink."""
    tall = stamp.ink.width if spot.turn in TALL else stamp.ink.height
    return _corner(stamp, spot)[1] + tall


def _corner(stamp: Stamp, spot: Spot) -> tuple[int, int]:
    """Return where the upper left dot of the turned ink goes."""
    x, y = _from_foot(stamp, spot) if spot.is_foot else _from_top(stamp, spot)
    if spot.is_right:
        x -= stamp.ink.height if spot.turn in TALL else stamp.ink.width
    return x, y


def _from_foot(stamp: Stamp, spot: Spot) -> tuple[int, int]:
    """^FT: the left end of the foot is at the spot, and all turns around it."""
    wide, high = stamp.ink.size
    return {
        Turn.NORMAL: (spot.x, spot.y - stamp.foot),
        Turn.RIGHT: (spot.x - (high - stamp.foot), spot.y),
        Turn.INVERTED: (spot.x - wide, spot.y - (high - stamp.foot)),
        Turn.BOTTOM_UP: (spot.x - stamp.foot, spot.y - wide),
    }[spot.turn]


def _from_top(stamp: Stamp, spot: Spot) -> tuple[int, int]:
    """^FO: the upper left corner after turning is at the spot, without what is printed beside a barcode."""
    return {
        Turn.NORMAL: (spot.x, spot.y - stamp.top),
        Turn.RIGHT: (spot.x - stamp.below, spot.y),
        Turn.INVERTED: (spot.x, spot.y - stamp.below),
        Turn.BOTTOM_UP: (spot.x - stamp.top, spot.y),
    }[spot.turn]
