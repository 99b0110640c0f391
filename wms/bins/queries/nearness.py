"""How near places are to where picked goods go, cheap enough to be asked for every bin of every order.

Ways are kept in this process under what they follow from: the path's pieces, where goods go, and where the bin is. A
change of the layout makes another key, so that nothing has to be told to forget.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.queries.ways import floor_of
from wms.bins.rules.walking import Floor, Foothold, Spot
from wms.bins.tables import Location, PathEdge
from wms.kernel.prepared import Prepared

GOALS = (Kind.BENCH, Kind.STAGE, Kind.LANE, Kind.DOCK)
"""Where picked goods go: the packing benches; in a house without, the first of the others that stands on its plan."""

FLOORS_LIMIT = 64
"""So many floors are kept: some per warehouse, since each change of the layout makes another."""

WAYS_LIMIT = 200_000
"""So many ways are kept of one floor before they are forgotten."""

_PATH = Prepared(
    select(
        func.count(),
        func.max(PathEdge.id),
        func.sum(PathEdge.from_x_mm),
        func.sum(PathEdge.from_y_mm),
        func.sum(PathEdge.to_x_mm),
        func.sum(PathEdge.to_y_mm),
        func.sum(PathEdge.length_mm),
    ).where(PathEdge.warehouse_id == bindparam("warehouse_id"))
)

_GOALS = Prepared(
    select(Location.kind, Location.x_mm, Location.y_mm)
    .where(
        Location.warehouse_id == bindparam("warehouse_id"),
        or_(*(Location.kind == kind.value for kind in GOALS)),
        Location.archived_at.is_(None),
        Location.x_mm.is_not(None),
        Location.y_mm.is_not(None),
    )
    .order_by(Location.kind, Location.x_mm, Location.y_mm)
)


@dataclass
class Nearness:
    """The walk from any place of one floor to the nearest of the places that goods go to."""

    floor: Floor | None
    goals: list[Foothold]
    _known: dict[tuple[int, int, bool], int | None] = field(default_factory=dict)

    def way_mm(self, x: int | None, y: int | None, aisle: int | None) -> int | None:
        """Return the way in millimetres; None where the plan does not say where the place is, or no path leads."""
        if x is None or y is None or not self.goals:
            return None
        spot = (x, y, aisle is not None)
        if spot not in self._known:
            if len(self._known) >= WAYS_LIMIT:
                self._known.clear()
            self._known[spot] = self._walk(Spot(*spot))
        return self._known[spot]

    def _walk(self, spot: Spot) -> int | None:
        start = self.floor.step_on(spot) if self.floor else None
        if self.floor is None or start is None:
            return None
        ways = [self.floor.between(start, goal) for goal in self.goals]
        return min((way for way in ways if way is not None), default=None)


def nearness(session: Session, warehouse_id: int) -> Nearness:
    """Return how near places are to where goods go, in a warehouse as it stands now."""
    path = tuple(_PATH.first(session, {"warehouse_id": warehouse_id}) or ())
    goals = tuple(tuple(row) for row in _GOALS.all(session, {"warehouse_id": warehouse_id}))
    kept = _kept((str(session.get_bind().engine.url), warehouse_id, path, goals))
    if not kept:
        kept.append(_measured(session, warehouse_id, goals))
    return kept[0]


@lru_cache(FLOORS_LIMIT)
def _kept(_key: tuple[Any, ...]) -> list[Nearness]:
    """Return the place where the ways of this floor are kept; empty where nobody asked yet."""
    return []


def _measured(session: Session, warehouse_id: int, goals: tuple[tuple[Any, ...], ...]) -> Nearness:
    floor = floor_of(session, warehouse_id)
    kind = next((kind for kind in GOALS if any(row[0] == kind for row in goals)), None)
    steps = [floor.step_on(Spot(x, y)) for of, x, y in goals if of == kind]
    return Nearness(floor, [step for step in steps if step is not None])
