"""Lays out a small directed graph in columns, so that it can be read from left to right. Pure.

The usual four steps: columns by distance from the start, long edges cut into pieces by stand-ins, order within a
column by the mean of the neighbors, then heights (Sugiyama, Tagawa and Toda, 1981).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

SWEEPS = 12
"""How often the columns are put in order again; small graphs stand still long before."""


@dataclass(frozen=True)
class Node:
    """A thing to place, or a stand-in: a piece of a long edge that passes through a column."""

    name: str
    edge: tuple[str, str] | None = None


@dataclass(frozen=True)
class Layout:
    """Columns from left to right, each from top to bottom; and by edge the nodes it runs over, from left to right."""

    columns: tuple[tuple[Node, ...], ...]
    paths: Mapping[tuple[str, str], tuple[Node, ...]]


def lay_out(start: str, moves: Mapping[str, Iterable[str]]) -> Layout:
    """Place every name; who cannot be reached from the start stands in the first column."""
    ranks = distances(start, moves)
    paths = {edge: _path(edge, ranks) for edge in _edges(moves) if ranks[edge[0]] != ranks[edge[1]]}
    columns = best = _first_order(ranks, paths)
    beside = _neighbors(paths)
    for sweep in range(SWEEPS):
        columns = _sweep(columns, beside, backward=bool(sweep % 2))
        best = min(best, columns, key=lambda order: crossings(order, paths))
    return Layout(tuple(tuple(column) for column in best), paths)


def crossings(
    columns: Sequence[Sequence[Node]], paths: Mapping[tuple[str, str], tuple[Node, ...]]
) -> int:
    """Return how often edges cross between neighboring columns."""
    place = {node: (x, y) for x, column in enumerate(columns) for y, node in enumerate(column)}
    pieces = [
        (*place[one], place[other][1]) for path in paths.values() for one, other in pairwise(path)
    ]
    return sum(
        (left - others_left) * (right - others_right) < 0
        for (x, left, right), (others_x, others_left, others_right) in combinations(pieces, 2)
        if x == others_x
    )


def distances(start: str, moves: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return by name how many steps it is from the start; 0 for who cannot be reached."""
    found = {start: 0}
    waiting = [start]
    for name in waiting:
        for after in moves[name]:
            if after not in found:
                found[after] = found[name] + 1
                waiting.append(after)
    return {name: found.get(name, 0) for name in moves}


def heights(column: Sequence[Node], sizes: Mapping[Node, float], gap: float) -> dict[Node, float]:
    """Return the middle of each node of a column that stands around the height 0."""
    whole = sum(sizes[node] for node in column) + gap * (len(column) - 1)
    placed, top = {}, -whole / 2
    for node in column:
        placed[node] = top + sizes[node] / 2
        top += sizes[node] + gap
    return placed


def settle(layout: Layout, sizes: Mapping[Node, float], gap: float) -> dict[Node, float]:
    """Return the middle of every node: near the middle of its neighbors, in order, at least `gap` apart."""
    placed: dict[Node, float] = {}
    for column in layout.columns:
        placed |= heights(column, sizes, gap)
    beside = _neighbors(layout.paths)
    for sweep in range(SWEEPS):
        columns = layout.columns if sweep % 2 else layout.columns[::-1]
        for column in columns:
            wished = {
                node: _mean([placed[other] for other in beside.get(node, ())], placed[node])
                for node in column
            }
            placed |= _apart(column, wished, sizes, gap)
    return placed


def _edges(moves: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((name, after) for name, row in moves.items() for after in row))


def _path(edge: tuple[str, str], ranks: Mapping[str, int]) -> tuple[Node, ...]:
    """Return the nodes of an edge from left to right, with a stand-in in each column between."""
    left, right = sorted(edge, key=lambda name: ranks[name])
    between = range(ranks[left] + 1, ranks[right])
    return (Node(left), *(Node(str(rank), edge) for rank in between), Node(right))


def _first_order(
    ranks: Mapping[str, int], paths: Mapping[tuple[str, str], tuple[Node, ...]]
) -> list[list[Node]]:
    columns: list[list[Node]] = [[] for _ in range(max(ranks.values()) + 1)]
    for name, rank in ranks.items():
        columns[rank].append(Node(name))
    for path in paths.values():
        for node in path[1:-1]:
            columns[int(node.name)].append(node)
    return columns


def _neighbors(paths: Mapping[tuple[str, str], tuple[Node, ...]]) -> dict[Node, list[Node]]:
    beside: dict[Node, list[Node]] = {}
    for path in paths.values():
        for one, other in pairwise(path):
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    return beside


def _sweep(
    columns: list[list[Node]], beside: Mapping[Node, list[Node]], *, backward: bool
) -> list[list[Node]]:
    """Order each column by the mean place of its neighbors in the column looked at before."""
    ordered: list[list[Node]] = []
    places: dict[Node, float] = {}
    for column in reversed(columns) if backward else columns:
        mean = {
            node: _mean(
                [places[other] for other in beside.get(node, ()) if other in places], float(place)
            )
            for place, node in enumerate(column)
        }
        ordered.append(sorted(column, key=lambda node: mean[node]))
        places = {node: float(place) for place, node in enumerate(ordered[-1])}
    return ordered[::-1] if backward else ordered


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(
    column: Sequence[Node], wished: Mapping[Node, float], sizes: Mapping[Node, float], gap: float
) -> dict[Node, float]:
    """Return the heights nearest to those wished for that keep order and distance."""
    placed: dict[Node, float] = {}
    floor = float("-inf")
    for node in column:
        placed[node] = max(wished[node], floor + sizes[node] / 2)
        floor = placed[node] + sizes[node] / 2 + gap
    # What was pushed down is brought back by the mean of the pushes, so that a column does not sag.
    sag = _mean([placed[node] - wished[node] for node in column], 0.0)
    return {node: place - sag for node, place in placed.items()}
