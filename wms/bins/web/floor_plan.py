"""The floor from above as a picture: plain figures that a template draws."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wms.bins.queries import Stand

REACH = 640
"""The longer side of the floor in the picture's units."""

MARGIN = 40
NAMED_LIMIT = 3
"""More names than these would cover each other."""


@dataclass(frozen=True)
class Mark:
    """One stand: the middle of a rectangle, how it is painted, and what it says when asked."""

    x: float
    y: float
    look: str
    title: str


@dataclass(frozen=True)
class Name:
    """A word on the floor."""

    x: float
    y: float
    look: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A drawn floor. The docks are below."""

    width: int
    height: int
    mark_width: float
    mark_height: float
    marks: Sequence[Mark]
    names: Sequence[Name]


def draw(stands: Sequence[Stand], lit: Collection[tuple[int, int]] = ()) -> Picture | None:
    """Draw the stands, those at the points `lit` in the color of what is meant; None where there is nothing to draw."""
    if not stands:
        return None
    left, top = min(stand.x for stand in stands), max(stand.y for stand in stands)
    wide, deep = max(stand.x for stand in stands) - left, top - min(stand.y for stand in stands)
    scale = REACH / max(wide, deep, 1)
    marks = [
        Mark(
            round((stand.x - left) * scale + MARGIN, 1),
            round((top - stand.y) * scale + MARGIN, 1),
            _look(stand, lit),
            stand.first if stand.first == stand.last else f"{stand.first} – {stand.last}",
        )
        for stand in stands
    ]
    return Picture(
        round(wide * scale) + 2 * MARGIN,
        round(deep * scale) + 2 * MARGIN,
        _size({stand.x for stand in stands}, scale),
        _size({stand.y for stand in stands}, scale),
        marks,
        _names(stands, marks),
    )


def _look(stand: Stand, lit: Collection[tuple[int, int]]) -> str:
    if (stand.x, stand.y) in lit:
        return "here"
    return "shelf" if stand.kind == "bin" else "place"


def _names(stands: Sequence[Stand], marks: Sequence[Mark]) -> list[Name]:
    """Name what is no shelf, and what is meant where it is little enough."""
    told = [
        Name(mark.x, mark.y + 18, "", stand.first)
        for stand, mark in zip(stands, marks, strict=True)
        if stand.kind != "bin" and mark.look != "here"
    ]
    meant = [mark for mark in marks if mark.look == "here"]
    if len(meant) <= NAMED_LIMIT:
        told += [
            Name(mark.x, mark.y + (-12 if mark.y > MARGIN else 24), "here-name", mark.title)
            for mark in meant
        ]
    return told


def _size(lines: Iterable[int], scale: float) -> float:
    """Return how large a mark may be, so that neighbors stay apart."""
    gap = min((further - near for near, further in pairwise(sorted(lines))), default=REACH / scale)
    return round(min(18.0, max(2.0, gap * scale * 0.85)), 1)
