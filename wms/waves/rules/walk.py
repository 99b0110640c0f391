"""In which order a walk stops in front of bins. Everything that orders stops asks `route`, and nothing else does."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A bin on the floor plan; x and y in millimetres. A bin without a plan has none of the numbers."""

    id: int
    code: str
    block: int | None
    aisle: int | None
    x: int | None
    y: int | None


def route(places: Iterable[Place]) -> list[Place]:
    """Return the bins in serpentine order: up the first aisle that has some, down the next, up the third.

    Aisles come from left to right, bins that stand on no plan at the end, by their codes.
    """
    standing: list[Place] = []
    unplaced: list[Place] = []
    for place in dict.fromkeys(places):
        (unplaced if place.x is None or place.y is None else standing).append(place)
    walk: list[Place] = []
    for number, aisle in enumerate(_aisles(standing)):
        walk += sorted(aisle, key=_down if number % 2 else _up)
    return walk + sorted(unplaced, key=lambda place: (place.code, place.id))


def aisle_of(place: Place) -> tuple[int, int]:
    """Return which aisle a bin is reached from; two bins without one are neighbors only by chance."""
    return place.block or 0, place.aisle or 0


def _aisles(places: Sequence[Place]) -> list[list[Place]]:
    """Return the bins of each aisle, the aisles from left to right; what is in no aisle is one of its own per x."""
    found: dict[tuple[int, int, int], list[Place]] = {}
    for place in places:
        loose = 0 if place.aisle else (place.x or 0)
        found.setdefault((*aisle_of(place), loose), []).append(place)
    return sorted(found.values(), key=lambda aisle: (_middle(aisle), aisle[0].code))


def _middle(aisle: Sequence[Place]) -> float:
    return sum(place.x or 0 for place in aisle) / len(aisle)


def _up(place: Place) -> tuple[int, int, str]:
    return place.y or 0, place.x or 0, place.code


def _down(place: Place) -> tuple[int, int, str]:
    return -(place.y or 0), place.x or 0, place.code
