"""Which descriptions of a place make sense, and where things that move may stand."""

import re
from collections.abc import Iterator, Sequence

from biip.checksums import gs1_standard_check_digit

from wms.bins.places import Kind, Place, Role
from wms.kernel.refusal import Fault

CODE_LIMIT = 64
"""Longest code of a place: it must fit on the label of a shelf."""

REACH_LIMIT_MM = 10_000_000
"""Ten kilometres: no floor plan is larger, so a larger figure is a slip of the unit."""

UNITS_LIMIT = 1_000_000
WEIGHT_LIMIT_G = 100_000_000
"""A hundred tonnes."""

NUMBER_LIMIT = 9_999
"""Largest number of a block, aisle, bay or level."""

NESTING_LIMIT = 4
"""Carton on pallet on cart in a lane: more layers are a slip, and every look-up would have to climb them."""


SSCC = re.compile("[0-9]{18}")


def faults(place: Place) -> Iterator[Fault]:
    """Yield what does not hold together in the description of a place, by field."""
    yield from _faults_of_code(place.code)
    if place.kind is Kind.OUTSIDE:
        yield Fault("kind", "bins.outside_is_made")
    if place.is_pick_face and place.kind is not Kind.BIN:
        yield Fault("is_pick_face", "bins.only_bins_are_pick_faces")
    if place.role is Role.RESERVE and place.kind is not Kind.BIN:
        yield Fault("role", "bins.only_bins_are_reserve")
    if (place.x_mm is None) != (place.y_mm is None):
        yield Fault("y_mm" if place.y_mm is None else "x_mm", "bins.half_a_point")
    if place.side not in (None, "L", "R"):
        yield Fault("side", "bins.unknown_side")
    yield from _faults_of_numbers(place)


def code_faults(code: str) -> list[Fault]:
    """Return what is wrong with a code alone."""
    return list(_faults_of_code(code))


def _faults_of_code(code: str) -> Iterator[Fault]:
    if not code:
        yield Fault("code", "bins.code_missing")
    elif len(code) > CODE_LIMIT:
        yield Fault("code", "bins.code_long", {"limit": CODE_LIMIT, "length": len(code)})
    elif not code.isprintable() or code != code.strip():
        yield Fault("code", "bins.code_unprintable")


def _faults_of_numbers(place: Place) -> Iterator[Fault]:
    ranges = {
        "capacity_units": (1, UNITS_LIMIT),
        "capacity_g": (1, WEIGHT_LIMIT_G),
        "x_mm": (-REACH_LIMIT_MM, REACH_LIMIT_MM),
        "y_mm": (-REACH_LIMIT_MM, REACH_LIMIT_MM),
        "block": (1, NUMBER_LIMIT),
        "aisle": (1, NUMBER_LIMIT),
        "bay": (1, NUMBER_LIMIT),
        "level": (1, NUMBER_LIMIT),
    }
    for name, (least, most) in ranges.items():
        value = getattr(place, name)
        if value is not None and not least <= value <= most:
            yield Fault(name, "bins.out_of_range", {"least": least, "most": most})


def nesting(lpn_id: int, above: Sequence[int], below: int) -> str | None:
    """Return why an LPN may not stand on the LPNs `above` it, innermost first; None where it may.

    `below` counts the layers that already stand on or in it.
    """
    if lpn_id in above:
        return "bins.would_hold_itself"
    if len(above) + 1 + below > NESTING_LIMIT:
        return "bins.too_deep"
    return None


def is_sscc(text: str) -> bool:
    """Tell whether the text is a whole SSCC: 18 digits, the last of which checks the others."""
    return bool(SSCC.fullmatch(text)) and gs1_standard_check_digit(text[:17]) == int(text[17])
