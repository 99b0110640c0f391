"""Which box takes the goods: the smallest that has the room, the length and the strength; several where none does.

By volume, not by arranging the goods: rigid things waste room, so a box counts as full before it is. That may answer
with a box too large, hardly with one too small, and people choose otherwise when they see better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wms.kernel.decisions import Rule

FULL = 80
"""Percent of a box's room that goods of many shapes fill in practice."""

PARCEL_LIMIT = 50
"""Most boxes that one order is planned into; more go with a pallet."""

ALTERNATIVES = 5
"""So many other boxes are offered: the screen has six keys."""


@dataclass(frozen=True)
class Thing:
    """One item of which so many units are to be packed. Sizes in millimetres, sorted, the longest first."""

    item_id: int
    units: int
    sizes: tuple[int, int, int] | None
    weight_g: int

    @property
    def volume(self) -> int:
        """Of one unit; nothing where nobody measured it."""
        return self.sizes[0] * self.sizes[1] * self.sizes[2] if self.sizes else 0


@dataclass(frozen=True)
class Box:
    """A type of box, inner sizes sorted, the longest first."""

    box_type_id: int
    name: str
    sizes: tuple[int, int, int]
    carries_g: int

    @property
    def volume(self) -> int:
        """Its room."""
        return self.sizes[0] * self.sizes[1] * self.sizes[2]

    def takes(self, thing: Thing) -> bool:
        """Tell whether one unit goes in at all."""
        fits = thing.sizes is None or all(
            mine >= its for mine, its in zip(self.sizes, thing.sizes, strict=True)
        )
        return fits and thing.weight_g <= self.carries_g


def cartonize(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """Choose boxes for `things` ({item, units, sizes, weight_g}) out of `boxes` ({id, name, sizes, carries_g}).

    Returns `parcels` ({box, fill, units}), `alternatives` ({box, fill}), and `why` ("one_box", "several", "too_large").
    """
    things = [_thing(one) for one in inputs["things"]]
    boxes = sorted((_box(one) for one in inputs["boxes"]), key=lambda box: (box.volume, box.name))
    guess = any(thing.sizes is None for thing in things)
    fitting = [box for box in boxes if _takes_all(box, things)]
    if fitting:
        first, *others = fitting
        parcels = [_parcel(first, [(thing, thing.units) for thing in things])]
        shown = [{"box": box.box_type_id, "fill": _fill(box, things)} for box in others]
        return _choice(parcels, shown[:ALTERNATIVES], "one_box", guess=guess)
    several = _several(things, boxes)
    return _choice(several, [], "several" if several else "too_large", guess=guess)


CARTONIZE = Rule("packing.cartonize", 1, cartonize)


def _choice(
    parcels: Sequence[Mapping[str, Any]],
    alternatives: Sequence[Mapping[str, Any]],
    why: str,
    *,
    guess: bool,
) -> Mapping[str, Any]:
    return {
        "parcels": list(parcels),
        "alternatives": list(alternatives),
        "why": why,
        "is_guess": guess,
    }


def _several(things: Sequence[Thing], boxes: Sequence[Box]) -> list[Mapping[str, Any]]:
    """Fill the largest boxes, the bulkiest things first; each is as small as what went in allows."""
    left = {thing.item_id: thing.units for thing in things}
    bulky = sorted(things, key=lambda thing: (-thing.volume, -thing.weight_g, thing.item_id))
    parcels: list[Mapping[str, Any]] = []
    while any(left.values()) and len(parcels) < PARCEL_LIMIT:
        wanted = next(thing for thing in bulky if left[thing.item_id])
        large = [box for box in boxes if box.takes(wanted)]
        if not large:
            return []
        filled = _filled(large[-1], bulky, left)
        small = next(
            box for box in boxes if _takes_all(box, _as_things(filled)) or box is large[-1]
        )
        parcels.append(_parcel(small, filled))
        for thing, units in filled:
            left[thing.item_id] -= units
    return [] if any(left.values()) else parcels


def _filled(box: Box, things: Sequence[Thing], left: Mapping[int, int]) -> list[tuple[Thing, int]]:
    """Return what goes into an empty box: at least one unit of the first thing that it takes."""
    room, strength = box.volume * FULL // 100, box.carries_g
    filled: list[tuple[Thing, int]] = []
    for thing in things:
        if not left[thing.item_id] or not box.takes(thing):
            continue
        units = left[thing.item_id]
        if thing.volume:
            units = min(units, room // thing.volume)
        if thing.weight_g:
            units = min(units, strength // thing.weight_g)
        if not units and not filled:
            units = 1
        if units:
            filled.append((thing, units))
            room -= units * thing.volume
            strength -= units * thing.weight_g
    return filled


def _as_things(filled: Sequence[tuple[Thing, int]]) -> list[Thing]:
    return [Thing(thing.item_id, units, thing.sizes, thing.weight_g) for thing, units in filled]


def _takes_all(box: Box, things: Sequence[Thing]) -> bool:
    weight = sum(thing.weight_g * thing.units for thing in things)
    if weight > box.carries_g or not all(box.takes(thing) for thing in things):
        return False
    is_one = sum(thing.units for thing in things) == 1
    return is_one or sum(_volumes(things)) * 100 <= box.volume * FULL


def _volumes(things: Sequence[Thing]) -> list[int]:
    return [thing.volume * thing.units for thing in things]


def _parcel(box: Box, filled: Sequence[tuple[Thing, int]]) -> Mapping[str, Any]:
    return {
        "box": box.box_type_id,
        "fill": _fill(box, _as_things(filled)),
        "units": [[thing.item_id, units] for thing, units in filled],
    }


def _fill(box: Box, things: Sequence[Thing]) -> int:
    return min(100, sum(_volumes(things)) * 100 // box.volume)


def _thing(one: Mapping[str, Any]) -> Thing:
    return Thing(one["item"], one["units"], _sorted(one["sizes"]), one["weight_g"] or 0)


def _box(one: Mapping[str, Any]) -> Box:
    sizes = _sorted(one["sizes"])
    assert sizes is not None
    return Box(one["id"], one["name"], sizes, one["carries_g"])


def _sorted(sizes: Sequence[int | None]) -> tuple[int, int, int] | None:
    known = sorted((size for size in sizes if size), reverse=True)
    return (known[0], known[1], known[2]) if len(known) == len(sizes) else None
