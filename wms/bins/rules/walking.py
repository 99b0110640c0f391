"""How far it is to walk from one place to another: along the aisles and through the cross aisles.

Aisles run along y, cross aisles along x. Where they make a full grid, the shortest way is known in closed form;
any other floor is searched with Dijkstra's algorithm (Numerische Mathematik 1, 1959, p. 269).
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot
from typing import NamedTuple, Protocol

REACH_MM = 2_000
"""What is nearer to the path than this is reached from the path; only what lies beyond is walked as well."""


class Point(NamedTuple):
    """A point of the floor plan, in millimetres."""

    x: int
    y: int


@dataclass(frozen=True)
class Spot:
    """Where a place is. What stands in an aisle is reached from an aisle, however near a cross aisle may be."""

    x: int
    y: int
    is_in_aisle: bool = False


@dataclass(frozen=True)
class Edge:
    """A piece of walkable floor; `start` is the smaller point. It may be longer than straight: stairs, a ramp."""

    start: Point
    end: Point
    length_mm: int

    @property
    def runs_along_y(self) -> bool:
        """Whether it is a piece of an aisle."""
        return self.start.x == self.end.x


@dataclass(frozen=True)
class Foothold:
    """Where a place is reached from: a point of the path, the piece of floor it is on, and the way off the path."""

    x: float
    y: float
    off: int
    edge: Edge | None = None
    walked: float = 0
    """From the start of that piece."""


class Floor(Protocol):
    """Something to walk on."""

    def step_on(self, spot: Spot) -> Foothold | None:
        """Return where a place is reached from; None where there is no path at all."""
        ...

    def between(self, a: Foothold, b: Foothold) -> int | None:
        """Return the shortest way in millimetres; None where no path leads."""
        ...


def floor(edges: Sequence[Edge]) -> Floor:
    """Return the floor that these pieces make."""
    return _grid(edges) or Paths(edges)


def distances(on: Floor, heres: Sequence[Spot], theres: Sequence[Spot]) -> list[list[int | None]]:
    """Return the shortest way from each of `heres` to each of `theres`, in millimetres."""
    starts = [on.step_on(spot) for spot in heres]
    ends = [on.step_on(spot) for spot in theres]
    return [[on.between(a, b) if a and b else None for b in ends] for a in starts]


def grid_edges(
    aisles: Sequence[int], crosses: Sequence[int], low: int, high: int
) -> Iterator[Edge]:
    """Yield the pieces of a full grid: aisles at these x from `low` to `high`, cross aisles at these y."""
    stops = sorted({low, *crosses, high})
    for x in aisles:
        yield from (
            Edge(Point(x, y), Point(x, further), further - y) for y, further in pairwise(stops)
        )
    for y in crosses:
        yield from (
            Edge(Point(x, y), Point(next_x, y), next_x - x)
            for x, next_x in pairwise(sorted(aisles))
        )


@dataclass(frozen=True)
class Grid:
    """Parallel aisles that every cross aisle meets."""

    aisles: tuple[int, ...]
    crosses: tuple[int, ...]
    low: int
    high: int

    def step_on(self, spot: Spot) -> Foothold:
        """Step into the nearest aisle, or where that is nearer and allowed, onto the nearest cross aisle."""
        x = min(self.aisles, key=lambda x: abs(x - spot.x))
        options = [Point(x, _within(spot.y, self.low, self.high))]
        if self.crosses and not spot.is_in_aisle:
            y = min(self.crosses, key=lambda y: abs(y - spot.y))
            options.append(Point(_within(spot.x, self.aisles[0], self.aisles[-1]), y))
        offs = [hypot(spot.x - option.x, spot.y - option.y) for option in options]
        off = min(offs)
        point = options[offs.index(off)]
        return Foothold(point.x, point.y, _beyond_reach(off))

    def between(self, a: Foothold, b: Foothold) -> int | None:
        """Go straight around one corner; where no corner fits, through the aisle or cross aisle that costs least."""
        across, along = abs(a.x - b.x), abs(a.y - b.y)
        if across and a.y not in self.crosses and b.y not in self.crosses:
            if not self.crosses:
                return None
            along = min(abs(a.y - y) + abs(y - b.y) for y in self.crosses)
        elif along and a.x not in self.aisles and b.x not in self.aisles:
            across = min(abs(a.x - x) + abs(x - b.x) for x in self.aisles)
        return round(across + along) + a.off + b.off


@dataclass
class Paths:
    """Any floor. Ways from a junction are searched once and kept."""

    edges: Sequence[Edge]
    _ways: dict[Point, dict[Point, int]] = field(default_factory=dict)
    _next: dict[Point, list[tuple[Point, int]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for edge in self.edges:
            self._next[edge.start].append((edge.end, edge.length_mm))
            self._next[edge.end].append((edge.start, edge.length_mm))

    def step_on(self, spot: Spot) -> Foothold | None:
        """Step onto the nearest piece of floor."""
        aisles = [edge for edge in self.edges if edge.runs_along_y] if spot.is_in_aisle else []
        options = [_foothold(spot, edge) for edge in aisles or self.edges]
        return min(
            options, key=lambda option: hypot(spot.x - option.x, spot.y - option.y), default=None
        )

    def between(self, a: Foothold, b: Foothold) -> int | None:
        """Go over one end of each of the two pieces of floor, or along the one they share."""
        ways = [abs(a.walked - b.walked)] if a.edge == b.edge else []
        for leave, left in _ends(a):
            known = self._from(leave)
            ways += [left + known[enter] + entered for enter, entered in _ends(b) if enter in known]
        return round(min(ways)) + a.off + b.off if ways else None

    def _from(self, junction: Point) -> dict[Point, int]:
        if junction not in self._ways:
            self._ways[junction] = self._search(junction)
        return self._ways[junction]

    def _search(self, junction: Point) -> dict[Point, int]:
        known: dict[Point, int] = {}
        waiting = [(0, junction)]
        while waiting:
            walked, point = heapq.heappop(waiting)
            if point in known:
                continue
            known[point] = walked
            for further, length in self._next[point]:
                if further not in known:
                    heapq.heappush(waiting, (walked + length, further))
        return known


def _grid(edges: Sequence[Edge]) -> Grid | None:
    """Return the grid that the pieces make when they make one and nothing but one."""
    aisles = sorted({edge.start.x for edge in edges if edge.runs_along_y})
    crosses = sorted({edge.start.y for edge in edges if not edge.runs_along_y})
    if not aisles:
        return None
    stops = sorted({y for edge in edges if edge.runs_along_y for y in (edge.start.y, edge.end.y)})
    low, high = stops[0], stops[-1]
    if len(aisles) == 1:
        crosses = stops  # nothing to cross to
    if set(grid_edges(aisles, crosses, low, high)) != set(edges):
        return None
    return Grid(tuple(aisles), tuple(crosses), low, high)


def _foothold(spot: Spot, edge: Edge) -> Foothold:
    """Return the point of a piece of floor that is nearest to a place."""
    (x, y), (end_x, end_y) = edge.start, edge.end
    run_x, run_y = end_x - x, end_y - y
    share = ((spot.x - x) * run_x + (spot.y - y) * run_y) / (run_x**2 + run_y**2 or 1)
    share = min(1.0, max(0.0, share))
    here_x, here_y = x + share * run_x, y + share * run_y
    off = _beyond_reach(hypot(spot.x - here_x, spot.y - here_y))
    return Foothold(here_x, here_y, off, edge, share * edge.length_mm)


def _ends(foothold: Foothold) -> list[tuple[Point, float]]:
    edge, walked = foothold.edge, foothold.walked
    return [(edge.start, walked), (edge.end, edge.length_mm - walked)] if edge else []


def _within(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def _beyond_reach(off: float) -> int:
    return max(0, round(off) - REACH_MM)
