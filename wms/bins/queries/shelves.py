"""The shelves around a bin, to draw where it is: neighbors on its side of the aisle, all levels of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location

NEIGHBORS = 3
"""How many bays are shown on either side of the one in the middle."""


@dataclass(frozen=True)
class Around:
    """Shelves from the top down, each with short names of bins from left to right, "" where there is none."""

    shelves: Sequence[Sequence[str]]
    here: str


def around(session: Session, place: Location) -> Around | None:
    """Return the shelves around a bin; None for what stands on no shelf, or alone."""
    if place.kind != Kind.BIN or place.aisle is None or place.bay is None or place.level is None:
        return None
    query = select(func.coalesce(Location.bay, 0), func.coalesce(Location.level, 0)).where(
        Location.warehouse_id == place.warehouse_id,
        Location.kind == Kind.BIN,
        Location.block.is_not_distinct_from(place.block),
        Location.aisle == place.aisle,
        Location.side.is_not_distinct_from(place.side),
        Location.bay.is_not(None),
        Location.level.is_not(None),
        Location.archived_at.is_(None) | (Location.id == place.id),
    )
    return _drawn({(row[0], row[1]) for row in session.execute(query)}, place.bay, place.level)


def _drawn(stand: set[tuple[int, int]], bay: int, level: int) -> Around:
    row = sorted({bay for bay, _ in stand})
    middle = row.index(bay)
    first = max(0, min(middle - NEIGHBORS, len(row) - 2 * NEIGHBORS - 1))
    bays = row[first : first + 2 * NEIGHBORS + 1]
    levels = sorted({height for at, height in stand if at in bays}, reverse=True)
    return Around(
        [[_name(at, height) if (at, height) in stand else "" for at in bays] for height in levels],
        _name(bay, level),
    )


def _name(bay: int, level: int) -> str:
    return f"{bay:02d}-{level}"
