"""How goods go into boxes, in words that the bench shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BoxFit:
    """One type of box that takes the goods, and how much of its room they fill."""

    box_type_id: int
    name: str
    sides_mm: tuple[int, int, int]
    fill_percent: int | None
    """None where nobody knows whether it takes them."""
