"""A walk on the floor plan, as plain figures that a template draws. The docks are below."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wms.bins.queries import Stand

REACH = 480
"""The longer side of the floor in the picture's units."""

MARGIN = 34
SMALLEST, LARGEST = 2.0, 20.0
"""Of a shelf: still to be seen, and still a shelf."""

ROUND = 4.5
"""Of a stop."""

Corner = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A point of the walk: where, and what it says when asked."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Picture:
    """Shelves as one path, the walk as another, its stops, and where it begins and ends."""

    width: int
    height: int
    shelves: str
    walk: str
    stops: Sequence[Spot]
    start: Spot | None


@dataclass(frozen=True)
class Walk:
    """What is drawn, in millimetres: the corners of the way, its stops, and the place it begins and ends at."""

    corners: Sequence[Corner]
    stops: Sequence[tuple[int, int, str]]
    start: tuple[int, int, str] | None


def draw(stands: Sequence[Stand], walk: Walk) -> Picture | None:
    """Draw a walk among the shelves; None where nothing stands on a plan."""
    points = [(stand.x, stand.y) for stand in stands]
    points += [(round(x), round(y)) for x, y in walk.corners]
    points += [walk.start[:2]] if walk.start else []
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, scale = min(xs), max(ys), REACH / max(max(xs) - min(xs), max(ys) - min(ys), 1)

    def place(x: float, y: float) -> Corner:
        return round((x - left) * scale + MARGIN, 1), round((top - y) * scale + MARGIN, 1)

    return Picture(
        round((max(xs) - left) * scale) + 2 * MARGIN,
        round((top - min(ys)) * scale) + 2 * MARGIN,
        _shelves([place(stand.x, stand.y) for stand in stands]),
        _line([place(*corner) for corner in walk.corners]),
        [Spot(*place(x, y), title) for x, y, title in walk.stops],
        Spot(*place(*walk.start[:2]), walk.start[2]) if walk.start else None,
    )


def _shelves(middles: Sequence[Corner]) -> str:
    wide = _size([x for x, _ in middles])
    deep = _size([y for _, y in middles])
    return "".join(
        f"M{x - wide / 2:.1f} {y - deep / 2:.1f}h{wide}v{deep}h-{wide}z" for x, y in middles
    )


def _line(corners: Sequence[Corner]) -> str:
    if not corners:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in corners)


def _size(lines: Sequence[float]) -> float:
    """Return how large a shelf may be drawn, so that neighbors stay apart."""
    gaps = sorted(further - near for near, further in pairwise(sorted(set(lines))))
    gap = gaps[len(gaps) // 4] if gaps else LARGEST
    return round(min(LARGEST, max(SMALLEST, gap * 0.85)), 1)
