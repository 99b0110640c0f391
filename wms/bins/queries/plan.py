"""The floor from above: what stands where."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location

STAND_LIMIT = 6_000
"""Most stands on one picture: more would be smaller than a dot."""


@dataclass(frozen=True)
class Stand:
    """Places above each other on one spot of the floor, from the first code to the last."""

    x: int
    y: int
    kind: str
    first: str
    last: str


def stands(session: Session, asked: Select[Location]) -> Sequence[Stand]:
    """Return where the places stand that are asked for; those without coordinates are left out."""
    places = asked.where(Location.x_mm.is_not(None), Location.y_mm.is_not(None)).subquery()
    here = places.c
    query = (
        select(here.x_mm, here.y_mm, func.min(here.kind), func.min(here.code), func.max(here.code))
        .group_by(here.x_mm, here.y_mm)
        .order_by(here.x_mm, here.y_mm)
        .limit(STAND_LIMIT)
    )
    return [Stand(*row) for row in session.execute(query)]
