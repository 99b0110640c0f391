"""How long a trip takes: a brisk walk with a cart, and scans without hurry."""

WALK_MM_A_SECOND = 1_000
"""With a loaded cart, around corners and past others."""

RUN_S = 60
"""Taking a cart, setting it down, and getting to the next."""

TOTE_S = 12
"""Taking an empty tote, scanning it into its slot, and setting it down full."""

PLACE_S = 8
"""Stopping, finding the bin and scanning it."""

LINE_S = 5
"""Finding the item, scanning it, and confirming the tote."""

UNIT_S = 1.5
"""Reaching for one more of it."""


def seconds(*, mm: int, totes: int, places: int, lines: int, units: int) -> int:
    """Return how long one trip takes."""
    walk = mm / WALK_MM_A_SECOND
    hands = TOTE_S * totes + PLACE_S * places + LINE_S * lines + UNIT_S * units
    return round(RUN_S + walk + hands)
