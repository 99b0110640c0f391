"""The runs that some orders make: asked of the rule, and measured on the floor. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.bins.places import Kind
from wms.bins.queries import Floor, Foothold, Spot
from wms.bins.tables import Location, Lpn
from wms.orders import queries as orders
from wms.orders.tables import FoLine
from wms.waves.plan import Plan, PlannedRun, PlannedShort, PlannedStop, RunKind
from wms.waves.rules import effort
from wms.waves.rules.grouping import PLAN, UNITS_A_TOTE
from wms.waves.tables import Wave

SLOTS = 6
"""Totes on a cart where the house has told us of none."""


@dataclass(frozen=True)
class LaidOut:
    """A plan, and the choice it comes from with what was weighed."""

    inputs: dict[str, Any]
    choice: Mapping[str, Any]
    plan: Plan


def lay_out(session: Session, warehouse_id: int, fo_ids: Sequence[int]) -> LaidOut:
    """Return the runs of these orders, the most urgent first. Nothing is kept."""
    stops = stops_of(session, fo_ids)
    inputs = _inputs(session, warehouse_id, fo_ids, stops)
    choice = PLAN.choose(inputs)
    walks = walks_of(session, warehouse_id, {stop.location_id for stop in stops})
    by_promise = {stop.allocation_id: stop for stop in stops}
    runs = tuple(_run(said, by_promise, walks) for said in choice["runs"])
    return LaidOut(inputs, choice, Plan(runs, _shorts(session, fo_ids)))


def stops_of(session: Session, fo_ids: Iterable[int]) -> list[PlannedStop]:
    """Return everything that is promised to these orders and not taken yet."""
    return [
        PlannedStop(
            promise.location_id,
            promise.item_id,
            promise.lot_id,
            promise.fo_id,
            promise.fo_line_id,
            promise.allocation_id,
            promise.quantity,
        )
        for promise in orders.promises_of(session, list(fo_ids))
    ]


def cart_slots(session: Session, warehouse_id: int) -> int:
    """Return how many totes the carts of a warehouse carry: what most carry, the fewer where they are even."""
    query = (
        select(Lpn.slots)
        .join(Location, Location.id == Lpn.location_id)
        .where(
            Location.warehouse_id == warehouse_id,
            Location.kind == Kind.CART,
            Location.archived_at.is_(None),
            Lpn.slots.is_not(None),
        )
        .group_by(Lpn.slots)
        .order_by(func.count().desc(), Lpn.slots)
    )
    return session.scalars(query).first() or SLOTS


@dataclass(frozen=True)
class Walks:
    """Measures walks that begin and end where carts stand."""

    on: Floor
    spots: Mapping[int, Spot]
    start: Spot | None
    _feet_known: dict[Spot, Foothold | None] = field(default_factory=dict)
    """Many walks pass the same bin."""

    def mm(self, places: Iterable[int]) -> int:
        """Return how far it is past these bins in this order; a bin that is on no plan adds nothing."""
        ways = (self.on.between(a, b) for a, b in pairwise(self._feet(places)))
        return sum(way or 0 for way in ways)

    def corners(self, places: Iterable[int]) -> list[tuple[float, float]]:
        """Return the points that this walk goes through."""
        legs = [bins.trail(self.on, a, b) for a, b in pairwise(self._feet(places))]
        return [corner for leg in legs for corner in leg]

    def _feet(self, places: Iterable[int]) -> list[Foothold]:
        spots = [self.spots[place] for place in places if place in self.spots]
        if self.start is not None and spots:
            spots = [self.start, *spots, self.start]
        return [foot for spot in spots if (foot := self._foot(spot))]

    def _foot(self, spot: Spot) -> Foothold | None:
        if spot not in self._feet_known:
            self._feet_known[spot] = self.on.step_on(spot)
        return self._feet_known[spot]


def walks_of(session: Session, warehouse_id: int, location_ids: Iterable[int]) -> Walks:
    """Return what measures walks past these bins."""
    home = start_of(session, warehouse_id)
    return Walks(
        bins.floor_of(session, warehouse_id),
        bins.spots_of(session, location_ids),
        Spot(home.x_mm, home.y_mm)
        if home and home.x_mm is not None and home.y_mm is not None
        else None,
    )


def start_of(session: Session, warehouse_id: int) -> Location | None:
    """Return where walks begin and end: the first packing bench on the plan, or what else goods go to."""
    for kind in (Kind.BENCH, Kind.STAGE, Kind.LANE, Kind.DOCK):
        asked = bins.locations_asked(warehouse_id=warehouse_id, kind=kind)
        query = asked.where(Location.x_mm.is_not(None), Location.y_mm.is_not(None))
        if found := session.scalars(query.order_by(Location.code)).first():
            return found
    return None


def plan_of(wave: Wave) -> Plan:
    """Return the plan that a wave has."""
    return Plan.from_plain(wave.plan)


def _inputs(
    session: Session, warehouse_id: int, fo_ids: Sequence[int], stops: Sequence[PlannedStop]
) -> dict[str, Any]:
    wanted: dict[int, list[list[int]]] = {fo_id: [] for fo_id in fo_ids}
    for stop in stops:
        wanted[stop.fo_id].append(
            [stop.allocation_id, stop.location_id, stop.item_id, stop.quantity]
        )
    columns = (
        Location.id,
        Location.code,
        Location.block,
        Location.aisle,
        Location.x_mm,
        Location.y_mm,
    )
    here = {stop.location_id for stop in stops}
    places = session.execute(select(*columns).where(Location.id.in_(here)).order_by(Location.id))
    return {
        "slots": cart_slots(session, warehouse_id),
        "units_a_tote": UNITS_A_TOTE,
        "orders": [[fo_id, promises] for fo_id, promises in wanted.items() if promises],
        "places": [list(place) for place in places],
    }


def _run(
    said: Mapping[str, Any], by_promise: Mapping[int, PlannedStop], walks: Walks
) -> PlannedRun:
    stops = tuple(by_promise[number] for number in said["stops"])
    places = tuple(dict.fromkeys(stop.location_id for stop in stops))
    mm, units = walks.mm(places), sum(stop.quantity for stop in stops)
    seconds = effort.seconds(
        mm=mm, totes=said["totes"], places=len(places), lines=len(stops), units=units
    )
    return PlannedRun(
        RunKind(said["kind"]),
        tuple(said["orders"]),
        stops,
        round(mm / 1_000),
        seconds,
        said["totes"],
    )


def _shorts(session: Session, fo_ids: Sequence[int]) -> tuple[PlannedShort, ...]:
    missing = FoLine.ordered - FoLine.allocated - FoLine.picked - FoLine.short
    query = select(FoLine.fo_id, FoLine.id, FoLine.item_id, missing)
    rows = session.execute(query.where(FoLine.fo_id.in_(fo_ids), missing > 0).order_by(FoLine.id))
    return tuple(PlannedShort(*row) for row in rows)
