"""Where the boxes, arrows and words of a drawn lifecycle stand on the paper, in pixels. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from wms.kernel.layered import Layout, Node, lay_out, settle
from wms.kernel.shapes import Arrow, Box, Curve, Point

STATE_LETTER = 8.2
VERB_LETTER = 6.6
"""Width of a state's letter, in bold, and of a verb's: a little more than what common fonts need."""

LINE = 15.0
"""Height of one verb."""

BOX = 30.0
PORT = 15.0
"""Least height of a state, and how far apart arrows on one side of it are."""

GAP_X = 60.0
GAP_Y = 24.0
MARGIN = 30.0

HEAD = 8.0
LOOP = 22.0
"""An arrow's head, and how high an arrow rises that comes back to where it began."""

AIR = 10.0
"""Around a verb, so that two of them do not read as one."""

BULGE = 46.0
"""How far an arrow between two states of one column leaves it at least."""

ON_THE_WAY = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where on its arrow a verb may stand, best first."""

BESIDE = (0.0, -9.0, 9.0, -16.0, 16.0)
"""How far above or below its arrow a verb may stand where it is crowded, best first."""

Edge = tuple[str, str]


class Paper:
    """The finished layout of one lifecycle."""

    def __init__(
        self, start: str, edges: Mapping[Edge, Sequence[str]], names: Sequence[str]
    ) -> None:
        """Lay out the states `names` with the verbs on each edge between them."""
        self._edges = edges
        self._layout = lay_out(start, {name: [b for a, b in edges if a == name] for name in names})
        self._columns = {
            node: number for number, column in enumerate(self._layout.columns) for node in column
        }
        sides = _sides(self._layout, edges)
        sizes = {node: self._slot(node, sides) for node in self._columns}
        middles = settle(self._layout, sizes, GAP_Y)
        top = min(middle - sizes[node] / 2 for node, middle in middles.items())
        self._middles = {node: middle - top + MARGIN for node, middle in middles.items()}
        self._lefts, self._widths = self._across()
        self.boxes = {
            node.name: self._box(node, sizes[node]) for node in self._columns if node.edge is None
        }
        self._ports = self._place_ports(sides)
        self.arrows = list(self._draw())
        marks = [*self.boxes.values(), *(arrow.label for arrow in self.arrows)]
        self.width = max(box.right for box in marks) + MARGIN
        self.height = max(box.top + box.height for box in marks) + MARGIN

    def _slot(self, node: Node, sides: Mapping[tuple[str, int], list[Edge]]) -> float:
        """Return the height that a node needs, with the arrow above it that leads back to it."""
        if node.edge:
            return _size(self._edges[node.edge])[1]
        ports = max(len(sides.get((node.name, way), ())) for way in (-1, 1))
        return max(BOX, PORT * (ports + 1)) + self._loop(node.name)

    def _loop(self, name: str) -> float:
        verbs = self._edges.get((name, name))
        return LOOP + _size(verbs)[1] if verbs else 0.0

    def _across(self) -> tuple[list[float], list[float]]:
        """Return the left edge and the width of each column."""
        lefts, widths, x = [], [], MARGIN
        for number, column in enumerate(self._layout.columns):
            lefts.append(x)
            widths.append(max(self._width(node) for node in column))
            x += (
                widths[-1]
                + GAP_X
                + sum(
                    max((_size(verbs)[0] for verbs in self._beyond(number, steps)), default=0.0)
                    for steps in (0, 1)
                )
            )
        return lefts, widths

    def _width(self, node: Node) -> float:
        return _size(self._edges[node.edge])[0] if node.edge else len(node.name) * STATE_LETTER + 24

    def _beyond(self, number: int, steps: int) -> Iterator[Sequence[str]]:
        """Yield the verbs written right of this column: of arrows within it (0 steps) or to the next one (1 step)."""
        for (source, target), verbs in self._edges.items():
            ranks = sorted((self._columns[Node(source)], self._columns[Node(target)]))
            if source != target and ranks[0] == number and ranks[1] - ranks[0] == steps:
                yield verbs

    def _box(self, node: Node, slot: float) -> Box:
        number, loop = self._columns[node], self._loop(node.name)
        x = self._lefts[number] + self._widths[number] / 2
        return Box(x, self._middles[node] + loop / 2, self._width(node), slot - loop)

    def _place_ports(
        self, sides: Mapping[tuple[str, int], list[Edge]]
    ) -> dict[tuple[str, Edge], Point]:
        """Return where on a state each arrow begins or ends, in the order in which the other ends stand."""
        ports = {}
        for (name, way), edges in sides.items():
            box = self.boxes[name]
            in_order = sorted(edges, key=partial(self._seen, name))
            for place, edge in enumerate(in_order):
                y = box.y + PORT * (place - (len(edges) - 1) / 2)
                ports[name, edge] = (box.right if way > 0 else box.left, y)
        return ports

    def _seen(self, name: str, edge: Edge) -> float:
        """Return the height of the next node on an edge, as seen from one of its ends."""
        path = self._layout.paths.get(edge)
        if path is None:
            return self._middles[Node(edge[0] if edge[1] == name else edge[1])]
        return self._middles[path[1] if path[0].name == name else path[-2]]

    def _draw(self) -> Iterator[Arrow]:
        states, taken = list(self.boxes.values()), list[Box]()
        for edge, verbs in self._edges.items():
            steps, tip, places = self._loop_over(edge[0]) if edge[0] == edge[1] else self._way(edge)
            width, height = _size(verbs)
            boxes = [Box(x, y + off, width, height) for off in BESIDE for x, y in places]
            label = min(boxes, key=partial(_crowded, states, taken))
            taken.append(Box(label.x, label.y, width + AIR, height + AIR))
            yield Arrow(verbs, steps, tip, label)

    def _way(self, edge: Edge) -> tuple[str, tuple[float, float, int], list[Point]]:
        if edge not in self._layout.paths:
            return self._within_column(edge)
        path = self._layout.paths[edge]
        forward = path[0].name == edge[0]
        begin, end = self._ports[path[0].name, edge], self._ports[path[-1].name, edge]
        tip = (*end, 1) if forward else (*begin, -1)
        begin = begin if forward else (begin[0] + HEAD, begin[1])
        end = (end[0] - HEAD, end[1]) if forward else end
        curves, at = [], begin
        for node in path[1:-1]:
            left, y = self._lefts[self._columns[node]], self._middles[node]
            curves.append(Curve(at, (left, y), (at[0] + left) / 2))
            at = (left + self._widths[self._columns[node]], y)
        curves.append(Curve(at, end, (at[0] + end[0]) / 2))
        steps = f"M{begin[0]:.1f} {begin[1]:.1f}" + "".join(
            f"L{curve.start[0]:.1f} {curve.start[1]:.1f}{curve.steps}" for curve in curves
        )
        inside = [((a.end[0] + b.start[0]) / 2, a.end[1]) for a, b in pairwise(curves)]
        return steps, tip, inside or [curves[0].at(share) for share in ON_THE_WAY]

    def _within_column(self, edge: Edge) -> tuple[str, tuple[float, float, int], list[Point]]:
        (x1, y1), (x2, y2) = self._ports[edge[0], edge], self._ports[edge[1], edge]
        column = self._columns[Node(edge[0])]
        right = self._lefts[column] + self._widths[column]
        middle = (
            right + _size(self._edges[edge])[0] / 2 + AIR / 2
        )  # where the verbs stand clear of the column
        bend = (middle - (x1 + x2 + HEAD) / 8) * 4 / 3  # so that the curve passes there halfway
        curve = Curve((x1, y1), (x2 + HEAD, y2), max(right + BULGE, bend))
        steps = f"M{x1:.1f} {y1:.1f}{curve.steps}"
        return steps, (x2, y2, -1), [curve.at(share) for share in ON_THE_WAY]

    def _loop_over(self, name: str) -> tuple[str, tuple[float, float, int], list[Point]]:
        box = self.boxes[name]
        port = box.top + HEAD
        steps = (
            f"M{box.x:.1f} {box.top:.1f}C{box.x:.1f} {box.top - 2 * LOOP:.1f}"
            f" {box.right + 2 * LOOP:.1f} {port:.1f} {box.right + HEAD:.1f} {port:.1f}"
        )
        height = _size(self._edges[name, name])[1]
        return steps, (box.right, port, -1), [(box.x + box.width / 4, box.top - LOOP - height / 2)]


def _crowded(states: Sequence[Box], words: Sequence[Box], box: Box) -> tuple[float, float]:
    """Return how much of a place is taken: worst by a state, then by other words."""
    return sum(box.shared(other) for other in states), sum(box.shared(other) for other in words)


def _sides(
    layout: Layout, edges: Mapping[Edge, Sequence[str]]
) -> dict[tuple[str, int], list[Edge]]:
    """Return by state and side (-1 left, 1 right) the arrows that begin or end there."""
    sides: dict[tuple[str, int], list[Edge]] = {}
    for edge in edges:
        path = layout.paths.get(edge)
        if path:
            sides.setdefault((path[0].name, 1), []).append(edge)
            sides.setdefault((path[-1].name, -1), []).append(edge)
        elif edge[0] != edge[1]:
            sides.setdefault((edge[0], 1), []).append(edge)
            sides.setdefault((edge[1], 1), []).append(edge)
    return sides


def _size(verbs: Sequence[str]) -> Point:
    """Return the width and height of a stack of verbs."""
    return max(map(len, verbs)) * VERB_LETTER + 8, len(verbs) * LINE
