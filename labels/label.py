"""A label as it lies on the table: a size in millimetres, and the parts that stand on it. Knows no printer."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Symbology(StrEnum):
    """Which kind of barcode."""

    CODE128 = "code128"
    GS1_128 = "gs1-128"
    QR = "qr"
    DATAMATRIX = "datamatrix"
    EAN13 = "ean13"


class Align(StrEnum):
    """Where a line of text stands in its box."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"

    @property
    def share(self) -> float:
        """How much of the free width stands to the left of the line."""
        return {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}[self]


@dataclass(frozen=True)
class Text:
    """Words in a box. They shrink from `size_mm` to `smallest_mm`, then go on `lines` lines, and end in … at last."""

    x: float
    y: float
    width: float
    height: float
    text: str
    size_mm: float
    smallest_mm: float = 2.0
    lines: int = 1
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Barcode:
    """A barcode in a box, its quiet zones included; it stands in the middle, in whole printer dots."""

    x: float
    y: float
    width: float
    height: float
    symbology: Symbology
    data: str
    """GS1 data has its application identifiers in brackets: (01)09501101530003(10)AB."""


@dataclass(frozen=True)
class Box:
    """A frame; as thick as it is high it is a bar of solid black."""

    x: float
    y: float
    width: float
    height: float
    thickness: float = 0.3


@dataclass(frozen=True)
class Line:
    """A straight line across or down."""

    x: float
    y: float
    length: float
    is_upright: bool = False
    thickness: float = 0.3


@dataclass(frozen=True)
class Image:
    """A picture (the bytes of its file) in a box: as large as fits, in its own proportions."""

    x: float
    y: float
    width: float
    height: float
    picture: bytes


Part = Text | Barcode | Box | Line | Image


@dataclass(frozen=True)
class Label:
    """One piece of paper. The corner is at the upper left."""

    width_mm: float
    height_mm: float
    parts: tuple[Part, ...]


def moved(part: Part, x: float, y: float) -> Part:
    """Return the part, standing so much further right and down."""
    return replace(part, x=part.x + x, y=part.y + y)
