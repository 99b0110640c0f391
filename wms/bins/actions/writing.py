"""Writing places down, one or thousands, with the codes by which they are found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from wms.bins.places import MOVABLE, UNSCANNED, Place, holds_sellable
from wms.bins.tables import Location
from wms.codes import actions as codes
from wms.codes import queries as known
from wms.codes.tables import CodeTarget

BATCH = 500
"""Codes in one question: both databases have a limit on the values in a statement."""


def insert_all(
    session: Session, warehouse_id: int, places: Sequence[Place], at: datetime
) -> list[int]:
    """Write places that were checked, with their codes; returns their numbers in the same order."""
    if not places:
        return []
    rows = [_row(warehouse_id, place, at) for place in places]
    made = session.scalars(
        insert(Location).returning(Location.id, sort_by_parameter_order=True), rows
    )
    numbers = list(made)
    for kind in {place.kind for place in places} - set(UNSCANNED):
        told = zip(places, numbers, strict=True)
        new = [codes.NewCode(place.code, number) for place, number in told if place.kind is kind]
        codes.register_all(
            session, new, kind=known.Kind.LPN if kind in MOVABLE else known.Kind.LOCATION, at=at
        )
    return numbers


def clashes(session: Session, warehouse_id: int, wanted: Sequence[str]) -> list[str]:
    """Return which of these codes already stand for something, in the order given."""
    taken: set[str] = set()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        normals = {known.normal(code): code for code in batch}
        here = select(Location.code).where(
            Location.warehouse_id == warehouse_id, Location.code.in_(batch)
        )
        anywhere = select(CodeTarget.code).where(CodeTarget.code.in_(normals))
        taken |= set(session.scalars(here)) | {normals[code] for code in session.scalars(anywhere)}
    return [code for code in wanted if code in taken]


def _row(warehouse_id: int, place: Place, at: datetime) -> dict[str, Any]:
    return vars(place) | {
        "warehouse_id": warehouse_id,
        "holds_sellable": holds_sellable(place.kind, place.role),
        "version": 1,
        "created_at": at,
    }
