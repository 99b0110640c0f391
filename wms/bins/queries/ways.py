"""How far it is to walk, and what stands on what."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import MOVABLE
from wms.bins.rules.places import NESTING_LIMIT
from wms.bins.rules.walking import Edge, Floor, Point, Spot, distances, floor
from wms.bins.tables import Location, PathEdge


def floor_of(session: Session, warehouse_id: int) -> Floor:
    """Return the walkable floor of a warehouse. Ask it once and keep it for many distances."""
    query = select(PathEdge).where(PathEdge.warehouse_id == warehouse_id).order_by(PathEdge.id)
    return floor([_edge(row) for row in session.scalars(query)])


def spots_of(session: Session, location_ids: Iterable[int]) -> Mapping[int, Spot]:
    """Return where places are on the plan of their warehouse; places without coordinates are left out."""
    query = select(Location.id, Location.x_mm, Location.y_mm, Location.aisle)
    rows = session.execute(query.where(Location.id.in_(set(location_ids))))
    return {
        number: Spot(x, y, aisle is not None)
        for number, x, y, aisle in rows
        if x is not None and y is not None
    }


def ways(
    session: Session, starts: Sequence[int], ends: Sequence[int]
) -> Mapping[tuple[int, int], int | None]:
    """Return the way from each place to each other in millimetres; None where there is none."""
    query = select(Location.id, Location.warehouse_id).where(Location.id.in_({*starts, *ends}))
    homes = dict(session.execute(query).all())
    spots = spots_of(session, homes)
    found: dict[tuple[int, int], int | None] = {
        (start, end): None for start in starts for end in ends
    }
    for warehouse_id in sorted(set(homes.values())):
        here = [
            number
            for number in dict.fromkeys(starts)
            if number in spots and homes[number] == warehouse_id
        ]
        there = [
            number
            for number in dict.fromkeys(ends)
            if number in spots and homes[number] == warehouse_id
        ]
        on = floor_of(session, warehouse_id)
        rows = distances(
            on, [spots[number] for number in here], [spots[number] for number in there]
        )
        for start, row in zip(here, rows, strict=True):
            found |= {(start, end): distance for end, distance in zip(there, row, strict=True)}
    return found


def standing_in(session: Session, location_id: int) -> list[int]:
    """Return the totes, cartons, pallets and carts from this one upwards, innermost first."""
    above: list[int] = []
    while len(above) <= NESTING_LIMIT:
        location = session.get(Location, location_id, populate_existing=True)
        if location is None or location.kind not in MOVABLE:
            break
        above.append(location.id)
        if location.parent_id is None:
            break
        location_id = location.parent_id
    return above


def layers_below(session: Session, location_id: int) -> int:
    """Return how many layers of totes and cartons stand on this one."""
    layer, count = [location_id], 0
    while layer and count <= NESTING_LIMIT:
        layer = list(session.scalars(select(Location.id).where(Location.parent_id.in_(layer))))
        count += bool(layer)
    return count


def _edge(row: PathEdge) -> Edge:
    return Edge(Point(row.from_x_mm, row.from_y_mm), Point(row.to_x_mm, row.to_y_mm), row.length_mm)
