"""Boxes, curves and arrows on paper, in pixels. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle: its middle and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y - self.height / 2

    def shared(self, other: "Box") -> float:
        """Return how much of the paper both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


@dataclass(frozen=True)
class Curve:
    """A piece of an arrow: it leaves and arrives level, and bends at `bend`."""

    start: Point
    end: Point
    bend: float

    @property
    def steps(self) -> str:
        """Return the piece as SVG writes it, from `start` on."""
        return (
            f"C{self.bend:.1f} {self.start[1]:.1f} {self.bend:.1f} {self.end[1]:.1f}"
            f" {self.end[0]:.1f} {self.end[1]:.1f}"
        )

    def at(self, share: float) -> Point:
        """Return the point after this share of the way."""
        rest = 1 - share
        one, two, three, four = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
        x = one * self.start[0] + (two + three) * self.bend + four * self.end[0]
        y = (one + two) * self.start[1] + (three + four) * self.end[1]
        return x, y


@dataclass(frozen=True)
class Arrow:
    """A way from one state to another: its line, its tip (with 1 for rightward, -1 for leftward), and its verbs."""

    verbs: Sequence[str]
    steps: str
    tip: tuple[float, float, int]
    label: Box
