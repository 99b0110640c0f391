"""A whole floor from a few numbers: which bins there are, where they stand, and where people walk between them.

Seen from above: aisles run along y, away from the docks, with bays on one or both sides; cross aisles run along x and
meet every aisle. Blocks are groups of aisles side by side, with letters. Bin A-03-12-2 is in block A, aisle 3, bay 12,
level 2. With two sides, odd bays are on the left and even ones on the right of whoever walks away from the docks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from string import ascii_uppercase
from typing import NamedTuple

from wms.bins.places import Kind, Place, Role
from wms.bins.rules.walking import Edge, grid_edges
from wms.kernel.refusal import Fault

LOCATION_LIMIT = 20_000
"""Most places made in one go: a larger house is built block by block, so that no scan waits for long."""

FRONT_MM = 1_500
"""How far before the first cross aisle docks and benches stand: within reach of whoever walks there."""

LIMITS = {
    "blocks": (1, 26),
    "aisles": (1, 99),
    "bays": (1, 400),
    "levels": (1, 30),
    "sides": (1, 2),
    "cross_aisles": (1, 20),
    "first_block": (1, 26),
    "docks": (0, 99),
    "benches": (0, 99),
    "bay_width_mm": (100, 20_000),
    "bay_depth_mm": (100, 20_000),
    "aisle_width_mm": (300, 20_000),
    "cross_width_mm": (300, 20_000),
    "x_mm": (-1_000_000, 1_000_000),
    "y_mm": (-1_000_000, 1_000_000),
}
"""From what to what each number goes."""

PREFIX_LIMIT = 20


@dataclass(frozen=True)
class Layout:
    """The few numbers. `bays` counts along one side of an aisle; no `pick_levels`: all levels are picked from."""

    blocks: int = 1
    aisles: int = 6
    bays: int = 12
    levels: int = 4
    sides: int = 2
    cross_aisles: int = 2
    pick_levels: tuple[int, ...] = ()
    docks: int = 1
    benches: int = 1
    prefix: str = ""
    first_block: int = 1
    bay_width_mm: int = 1_000
    bay_depth_mm: int = 600
    aisle_width_mm: int = 1_400
    cross_width_mm: int = 2_000
    x_mm: int = 0
    y_mm: int = 0

    @property
    def bin_count(self) -> int:
        """How many bins it has."""
        return self.blocks * self.aisles * self.bays * self.sides * self.levels

    @property
    def pitch_mm(self) -> int:
        """From the middle of one aisle to the middle of the next."""
        return self.aisle_width_mm + self.sides * self.bay_depth_mm

    @property
    def width_mm(self) -> int:
        """How wide the floor is."""
        return self.blocks * self.aisles * self.pitch_mm

    @property
    def depth_mm(self) -> int:
        """How deep the floor is, from the first cross aisle to the end."""
        return self.bays * self.bay_width_mm + self.cross_aisles * self.cross_width_mm


def faults(layout: Layout) -> Iterator[Fault]:
    """Yield what does not hold together, by number."""
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(layout, name) <= most:
            yield Fault(name, "bins.out_of_range", {"least": least, "most": most})
    if layout.first_block + layout.blocks - 1 > len(ascii_uppercase):
        yield Fault("blocks", "bins.letters_end", {"first": letter(layout.first_block)})
    if layout.cross_aisles - 1 > layout.bays:
        yield Fault("cross_aisles", "bins.more_cross_aisles_than_bays", {"bays": layout.bays})
    if any(not 1 <= level <= layout.levels for level in layout.pick_levels):
        yield Fault("pick_levels", "bins.no_such_level", {"levels": layout.levels})
    if layout.bin_count > LOCATION_LIMIT:
        yield Fault(
            "bays", "bins.too_many_bins", {"count": layout.bin_count, "limit": LOCATION_LIMIT}
        )
    if len(layout.prefix) > PREFIX_LIMIT or not layout.prefix.isprintable():
        yield Fault("prefix", "bins.prefix_long", {"limit": PREFIX_LIMIT})


def letter(block: int) -> str:
    """Return a block's letter: 1 is A."""
    return ascii_uppercase[block - 1]


def blocks(layout: Layout) -> list[int]:
    """Return the numbers of its blocks."""
    return list(range(layout.first_block, layout.first_block + layout.blocks))


def places(layout: Layout) -> Iterator[Place]:
    """Yield every place: bins in the order of their codes, then docks and benches along the front."""
    for stand in stands(layout):
        for level in range(1, layout.levels + 1):
            yield _bin(layout, stand, level)
    yield from front(layout)


class Stand(NamedTuple):
    """One bay on the floor, with bins above each other."""

    block: int
    aisle: int
    bay: int
    side: str
    x: int
    y: int


def stands(layout: Layout) -> Iterator[Stand]:
    """Yield every bay, aisle by aisle."""
    rows = _bay_middles(layout)
    aside = _half(layout.aisle_width_mm + layout.bay_depth_mm)
    for number, x in enumerate(aisle_middles(layout)):
        block, aisle = layout.first_block + number // layout.aisles, number % layout.aisles + 1
        for bay in range(1, layout.bays * layout.sides + 1):
            is_left = layout.sides == 1 or bay % 2 == 1
            yield Stand(
                block,
                aisle,
                bay,
                "L" if is_left else "R",
                x - aside if is_left else x + aside,
                rows[(bay - 1) // layout.sides],
            )


def edges(layout: Layout) -> Iterator[Edge]:
    """Yield the walkable floor."""
    crosses = cross_middles(layout)
    end = (
        crosses[-1]
        if len(crosses) > 1
        else layout.y_mm + layout.depth_mm - _half(layout.cross_width_mm)
    )
    return grid_edges(aisle_middles(layout), crosses, layout.y_mm, end)


def aisle_middles(layout: Layout) -> list[int]:
    """Return the x of each aisle, of all blocks."""
    first = layout.x_mm + _half(layout.pitch_mm)
    return [first + number * layout.pitch_mm for number in range(layout.blocks * layout.aisles)]


def cross_middles(layout: Layout) -> list[int]:
    """Return the y of each cross aisle."""
    steps = [count * layout.bay_width_mm + layout.cross_width_mm for count in _sections(layout)]
    return list(accumulate(steps[: layout.cross_aisles - 1], initial=layout.y_mm))


def code_of(layout: Layout, stand: Stand, level: int) -> str:
    """Return the code of a bin: block, aisle, bay and level, each as long as the longest of its kind."""
    bay = str(stand.bay).zfill(max(2, len(str(layout.bays * layout.sides))))
    height = str(level).zfill(len(str(layout.levels)))
    return f"{layout.prefix}{letter(stand.block)}-{stand.aisle:02d}-{bay}-{height}"


def _bin(layout: Layout, stand: Stand, level: int) -> Place:
    is_pick_face = not layout.pick_levels or level in layout.pick_levels
    return Place(
        code=code_of(layout, stand, level),
        kind=Kind.BIN,
        role=Role.PLAIN if is_pick_face else Role.RESERVE,
        is_pick_face=is_pick_face,
        x_mm=stand.x,
        y_mm=stand.y,
        block=stand.block,
        aisle=stand.aisle,
        bay=stand.bay,
        side=stand.side,
        level=level,
    )


def _bay_middles(layout: Layout) -> list[int]:
    """Return the y of each bay along an aisle: cross aisles lie between the sections."""
    middles, y = [], layout.y_mm + _half(layout.cross_width_mm)
    for count in _sections(layout):
        middles += [
            y + row * layout.bay_width_mm + _half(layout.bay_width_mm) for row in range(count)
        ]
        y += count * layout.bay_width_mm + layout.cross_width_mm
    return middles


def _sections(layout: Layout) -> list[int]:
    """Return how many bays stand between two cross aisles, as evenly as it goes."""
    count = max(1, layout.cross_aisles - 1)
    return [layout.bays // count + (number < layout.bays % count) for number in range(count)]


def front(layout: Layout) -> Iterator[Place]:
    """Yield docks and benches, evenly along the first cross aisle."""
    aisles = aisle_middles(layout)
    names = [("DOCK", Kind.DOCK, number) for number in range(1, layout.docks + 1)]
    names += [("BENCH", Kind.BENCH, number) for number in range(1, layout.benches + 1)]
    for position, (word, kind, number) in enumerate(names):
        x = aisles[0] + (aisles[-1] - aisles[0]) * (2 * position + 1) // (2 * len(names))
        yield Place(
            code=f"{layout.prefix}{word}-{number}", kind=kind, x_mm=x, y_mm=layout.y_mm - FRONT_MM
        )


def _half(length_mm: int) -> int:
    return length_mm // 2
