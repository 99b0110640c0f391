"""The floor from above as a picture: plain figures that a template draws."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wms.bins.queries import Stand

REACH = 480
"""The longer side of the floor in the picture's units."""

MARGIN = 40
SMALLEST, LARGEST = 2.0, 36.0
"""Of a shelf: still to be seen, and still a shelf."""

PLACE = 14.0
"""The side of anything that is no shelf."""

ODD_SHARE = 8
"""One gap in so many may be narrower than shelves are drawn."""

SHELF = "bin"

NAMED_LIMIT = 3
"""More names than these would cover each other."""


@dataclass(frozen=True)
class Mark:
    """One stand: a rectangle by its upper left corner, how it is painted, and what it says when asked."""

    x: float
    y: float
    width: float
    height: float
    look: str
    title: str


@dataclass(frozen=True)
class Name:
    """A word on the floor, by its middle."""

    x: float
    y: float
    look: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A drawn floor. The docks are below."""

    width: int
    height: int
    marks: Sequence[Mark]
    names: Sequence[Name]


def draw(stands: Sequence[Stand], lit: Collection[tuple[int, int]] = ()) -> Picture | None:
    """Draw the stands, those at the points `lit` in the color of what is meant; None where there is nothing to draw."""
    if not stands:
        return None
    left, top = min(stand.x for stand in stands), max(stand.y for stand in stands)
    wide, deep = max(stand.x for stand in stands) - left, top - min(stand.y for stand in stands)
    scale = REACH / max(wide, deep, 1)
    shelves = [stand for stand in stands if stand.kind == SHELF]
    shelf = _size({one.x for one in shelves}, scale), _size({one.y for one in shelves}, scale)
    marks = [
        _mark(stand, ((stand.x - left) * scale, (top - stand.y) * scale), shelf, lit)
        for stand in stands
    ]
    return Picture(
        round(wide * scale) + 2 * MARGIN,
        round(deep * scale) + 2 * MARGIN,
        marks,
        _names(stands, marks),
    )


def _mark(
    stand: Stand,
    middle: tuple[float, float],
    shelf: tuple[float, float],
    lit: Collection[tuple[int, int]],
) -> Mark:
    width, height = shelf if stand.kind == SHELF else (PLACE, PLACE)
    look = "shelf" if stand.kind == SHELF else "place"
    return Mark(
        round(middle[0] + MARGIN - width / 2, 1),
        round(middle[1] + MARGIN - height / 2, 1),
        width,
        height,
        "here" if (stand.x, stand.y) in lit else look,
        stand.first if stand.first == stand.last else f"{stand.first} – {stand.last}",
    )


def _names(stands: Sequence[Stand], marks: Sequence[Mark]) -> list[Name]:
    """Name what is no shelf, and what is meant where it is little enough."""
    few = sum(mark.look == "here" for mark in marks) <= NAMED_LIMIT
    return [
        Name(
            round(mark.x + mark.width / 2, 1),
            round(mark.y + mark.height + 12, 1),
            "here-name" if mark.look == "here" else "",
            stand.first if mark.look != "here" else mark.title,
        )
        for stand, mark in zip(stands, marks, strict=True)
        if (few if mark.look == "here" else mark.look == "place")
    ]


def _size(lines: Collection[int], scale: float) -> float:
    """Return how large a shelf may be drawn, so that neighbors stay apart. A few odd ones do not make all small."""
    gaps = sorted(further - near for near, further in pairwise(sorted(lines)))
    gap = gaps[len(gaps) // ODD_SHARE] * scale if gaps else PLACE
    return round(min(LARGEST, max(SMALLEST, gap * 0.9)), 1)
