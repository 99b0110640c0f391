"""Draws a lifecycle: its states from left to right, its verbs on arrows, where a life ends in bold. Pure.

The picture is made from the table that the house runs on, so it cannot miss a state. It carries classes and plain SVG
attributes only, no styles, as our content security policy wants it.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from wms.kernel.arrows import HEAD, LINE, MARGIN, Paper
from wms.kernel.lifecycle import Lifecycle
from wms.kernel.shapes import Arrow, Box

DOT = 4.0
LEAD_IN = 14.0
"""The dot from which a life comes, and the way from there to its first state."""


def draw(lifecycle: Lifecycle[Any, Any]) -> str:
    """Return the lifecycle as an SVG picture."""
    paper = Paper(lifecycle.start.value, verbs_by_edge(lifecycle), _names(lifecycle))
    ends = {state.value for state in lifecycle.ends}
    size = f'width="{paper.width:.0f}" height="{paper.height:.0f}"'
    head = (
        f'<svg class="machine" xmlns="http://www.w3.org/2000/svg" {size}'
        f' viewBox="0 0 {paper.width:.0f} {paper.height:.0f}" role="img"'
        ' font-family="system-ui, sans-serif" font-size="13" fill="currentColor">'
    )
    return "\n".join(
        (
            head,
            f"<title>{escape(lifecycle.thing)}</title>",
            *(_arrow(arrow) for arrow in paper.arrows),
            *_beginning(paper.boxes[lifecycle.start.value]),
            *(_state(name, box, ends=name in ends) for name, box in paper.boxes.items()),
            *(_verbs(arrow.verbs, arrow.label) for arrow in paper.arrows),
            "</svg>",
        )
    )


def mermaid(lifecycle: Lifecycle[Any, Any]) -> str:
    """Return the lifecycle as a Mermaid state diagram, for documents."""
    return "\n".join(
        (
            "stateDiagram-v2",
            "    direction LR",
            f"    [*] --> {lifecycle.start}",
            *(
                f"    {source} --> {target}: {', '.join(verbs)}"
                for (source, target), verbs in verbs_by_edge(lifecycle).items()
            ),
            *(f"    {state} --> [*]" for state in lifecycle.moves if state in lifecycle.ends),
            "",
        )
    )


def verbs_by_edge(lifecycle: Lifecycle[Any, Any]) -> dict[tuple[str, str], list[str]]:
    """Return the verbs that lead from one state to another."""
    edges: dict[tuple[str, str], list[str]] = {}
    for state, row in lifecycle.moves.items():
        for verb, after in row.items():
            edges.setdefault((state.value, after.value), []).append(verb.value)
    return edges


def _names(lifecycle: Lifecycle[Any, Any]) -> list[str]:
    return [state.value for state in lifecycle.moves]


def _beginning(first: Box) -> Iterator[str]:
    yield f'<circle cx="{first.left - LEAD_IN - DOT:.1f}" cy="{first.y:.1f}" r="{DOT:.0f}"/>'
    yield _line(f"M{first.left - LEAD_IN:.1f} {first.y:.1f}H{first.left - HEAD:.1f}")
    yield _head(first.left, first.y, 1)


def _arrow(arrow: Arrow) -> str:
    return _line(arrow.steps) + _head(*arrow.tip)


def _line(steps: str) -> str:
    return f'<path class="machine-move" d="{steps}" fill="none" stroke="currentColor"/>'


def _head(x: float, y: float, way: int) -> str:
    back, half = x - way * HEAD, HEAD / 2
    corners = f"{x:.1f},{y:.1f} {back:.1f},{y - half:.1f} {back:.1f},{y + half:.1f}"
    return f'<polygon class="machine-head" points="{corners}"/>'


def _state(name: str, box: Box, *, ends: bool) -> str:
    weight, stroke = (700, 2.5) if ends else (400, 1)
    return (
        f'<g class="machine-state{" machine-end" if ends else ""}">'
        f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
        f' rx="6" fill="Canvas" stroke="currentColor" stroke-width="{stroke}"/>'
        f'<text x="{box.x:.1f}" y="{box.y + 4.5:.1f}" text-anchor="middle" font-weight="{weight}">'
        f"{escape(name)}</text></g>"
    )


def _verbs(verbs: Sequence[str], box: Box) -> str:
    lines = "".join(
        f'<tspan x="{box.x:.1f}" y="{box.top + LINE * (row + 0.78):.1f}">{escape(verb)}</tspan>'
        for row, verb in enumerate(verbs)
    )
    return (
        '<text class="machine-verb" text-anchor="middle" font-size="12" font-style="italic"'
        f' stroke="Canvas" stroke-width="4" paint-order="stroke">{lines}</text>'
    )


assert MARGIN > LEAD_IN + 2 * DOT, "the dot from which a life comes must have room"
