"""How goods go into boxes, in words that the bench shows: the best box, the others that would do, how full they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BoxFit:
    """One type of box that takes the goods, and how much of its room they fill."""

    box_type_id: int
    name: str
    sides_mm: tuple[int, int, int]
    fill_percent: int | None
    """None where nobody knows whether it takes them."""


@dataclass(frozen=True)
class PlannedParcel:
    """One box of several: which type, how full, and how many units of which item go in."""

    fit: BoxFit
    units: tuple[tuple[int, int], ...]
    """Item and units."""


@dataclass(frozen=True)
class BoxPlan:
    """In which boxes goods leave. No parcels: no box takes them, or their sizes are not known."""

    parcels: tuple[PlannedParcel, ...]
    alternatives: tuple[BoxFit, ...] = ()
    """Other types that take all of it as one parcel, the smallest first."""
    is_guess: bool = False
    """Whether sizes of items are missing."""

    @property
    def best(self) -> BoxFit | None:
        """The type of the first box."""
        return self.parcels[0].fit if self.parcels else None
