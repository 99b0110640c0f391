"""Building a whole floor at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from wms.bins.actions.warehouses import NoSuchWarehouse, in_use
from wms.bins.actions.writing import clashes, insert_all
from wms.bins.actions.zones import create_zone
from wms.bins.events import LocationsCreated
from wms.bins.places import Place
from wms.bins.rules import layout as rules
from wms.bins.rules.layout import Layout
from wms.bins.rules.walking import Edge
from wms.bins.tables import PathEdge, Warehouse, Zone
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal, Wrong

NAMED_LIMIT = 10
"""How many clashing codes a refusal names; it tells how many more there are."""


class CodesTaken(Refusal):
    """Some of the codes already stand for something; nothing was made."""

    sentence = "bins.codes_taken"


@dataclass(frozen=True)
class Plan:
    """What a layout makes: so many places, from this code to that one, on a floor of this size."""

    count: int
    first: str
    last: str
    width_mm: int
    depth_mm: int
    codes_taken: tuple[str, ...] = ()


def plan_layout(session: Session, *, warehouse_id: int | None, layout: Layout) -> Plan:
    """Tell what a layout would make, and which codes are in the way; in no warehouse, none but those of others.

    Raises Wrong where the numbers make no floor, and NoSuchWarehouse.
    """
    warehouse = session.get(Warehouse, warehouse_id) if warehouse_id else None
    if warehouse_id and (warehouse is None or warehouse.archived_at is not None):
        raise NoSuchWarehouse(id=warehouse_id)
    wanted = _places(layout)
    taken = clashes(session, warehouse_id or 0, [place.code for place in wanted])
    return replace(_plan(layout, wanted), codes_taken=tuple(taken))


def build_layout(
    session: Session, *, warehouse_id: int, layout: Layout, by: int, at: datetime
) -> Plan:
    """Make every place of a layout with its walking paths, and a zone for each block; all or nothing."""
    in_use(session, warehouse_id)
    wanted = _places(layout)
    zones = _zones(session, warehouse_id, layout, by, at)
    zoned = [replace(place, zone_id=zones.get(place.block or 0)) for place in wanted]
    create_locations(session, warehouse_id=warehouse_id, places=zoned, by=by, at=at)
    _lay_paths(session, warehouse_id, list(rules.edges(layout)))
    return _plan(layout, wanted)


def create_locations(
    session: Session, *, warehouse_id: int, places: Sequence[Place], by: int, at: datetime
) -> list[int]:
    """Make many places that were checked one by one. Raises CodesTaken, naming what is in the way."""
    if taken := clashes(session, warehouse_id, [place.code for place in places]):
        more = len(taken) - NAMED_LIMIT
        raise CodesTaken(
            codes=", ".join(taken[:NAMED_LIMIT]) + (f" (+{more})" if more > 0 else ""), n=len(taken)
        )
    numbers = insert_all(session, warehouse_id, places, at)
    if places:
        made = LocationsCreated(warehouse_id, len(places), places[0].code, places[-1].code)
        announce(session, made, by=by, at=at)
    return numbers


def _places(layout: Layout) -> list[Place]:
    if found := list(rules.faults(layout)):
        raise Wrong(*found)
    return list(rules.places(layout))


def _plan(layout: Layout, wanted: Sequence[Place]) -> Plan:
    return Plan(len(wanted), wanted[0].code, wanted[-1].code, layout.width_mm, layout.depth_mm)


def _zones(
    session: Session, warehouse_id: int, layout: Layout, by: int, at: datetime
) -> Mapping[int, int]:
    known = select(Zone.code, Zone.id).where(
        Zone.warehouse_id == warehouse_id, Zone.archived_at.is_(None)
    )
    numbers = dict(session.execute(known).all())
    for block in rules.blocks(layout):
        code = layout.prefix + rules.letter(block)
        if code not in numbers:
            zone = create_zone(
                session, warehouse_id=warehouse_id, code=code, name=code, by=by, at=at
            )
            numbers[code] = zone.id
    return {block: numbers[layout.prefix + rules.letter(block)] for block in rules.blocks(layout)}


def _lay_paths(session: Session, warehouse_id: int, edges: Sequence[Edge]) -> None:
    laid = set(
        session.execute(
            select(
                PathEdge.from_x_mm, PathEdge.from_y_mm, PathEdge.to_x_mm, PathEdge.to_y_mm
            ).where(PathEdge.warehouse_id == warehouse_id)
        ).all()
    )
    rows = [
        {
            "warehouse_id": warehouse_id,
            "from_x_mm": edge.start.x,
            "from_y_mm": edge.start.y,
            "to_x_mm": edge.end.x,
            "to_y_mm": edge.end.y,
            "length_mm": edge.length_mm,
        }
        for edge in edges
        if (*edge.start, *edge.end) not in laid
    ]
    if rows:
        session.execute(insert(PathEdge), rows)
