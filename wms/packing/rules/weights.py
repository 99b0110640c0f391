"""Whether what a scale says can be what is in the box."""

from dataclasses import dataclass

WEIGHT_LIMIT_G = 1_000_000
"""A ton: nobody lifts such a box."""

LESS_G = 30
MORE_G = 80
"""Scales and printed weights are off by a little; filling and tape only ever add."""

LESS_PERCENT = 4
MORE_PERCENT = 10


@dataclass(frozen=True)
class Tolerance:
    """From which to which weight a box may be, in grams."""

    least_g: int
    most_g: int


def tolerance(expected_g: int) -> Tolerance:
    """Return what a box may weigh that should weigh so much."""
    less = max(LESS_G, expected_g * LESS_PERCENT // 100)
    more = max(MORE_G, expected_g * MORE_PERCENT // 100)
    return Tolerance(max(1, expected_g - less), expected_g + more)


def grams_off(weight_g: int, expected_g: int | None) -> int:
    """Return by how many grams a weight is off what is expected (below zero: too light); 0 within tolerance.

    Where nobody knows what the items weigh, every weight is as expected.
    """
    if expected_g is None:
        return 0
    may = tolerance(expected_g)
    return 0 if may.least_g <= weight_g <= may.most_g else weight_g - expected_g
