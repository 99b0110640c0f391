"""Where a carrier's parcels wait, and until when its truck can be caught."""

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wms.bins.actions.warehouses import in_use
from wms.bins.events import CutoffsSet, LaneClosed, LaneOpened
from wms.bins.places import Kind
from wms.bins.tables import CarrierCutoff, CarrierLane, Location
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.versions import same_version, touch

CARRIER_LIMIT = 40


class NoSuchLane(NotFound):
    """There is no such lane, or it is no longer used."""

    sentence = "bins.no_such_lane"


def open_lane(
    session: Session, *, warehouse_id: int, carrier: str, location_id: int, by: int, at: datetime
) -> CarrierLane:
    """Let a carrier's parcels wait in a lane of the building. A lane that was closed is opened again."""
    in_use(session, warehouse_id)
    found = _faults_of_place(session, warehouse_id, location_id)
    if not 0 < len(carrier) <= CARRIER_LIMIT:
        found.append(Fault("carrier", "bins.carrier_missing", {"limit": CARRIER_LIMIT}))
    lane = _of_carrier(session, warehouse_id, carrier)
    if lane is not None and lane.archived_at is None:
        found.append(Fault("carrier", "bins.carrier_has_lane", {"carrier": carrier}))
    if found:
        raise Wrong(*found)
    if lane is None:
        lane = CarrierLane(
            warehouse_id=warehouse_id, carrier=carrier, location_id=location_id, created_at=at
        )
        session.add(lane)
    lane.archived_at, lane.location_id = None, location_id
    session.flush()
    announce(session, LaneOpened(lane.id, carrier), by=by, at=at)
    return lane


def edit_lane(
    session: Session,
    *,
    lane_id: int,
    location_id: int,
    leaves: Mapping[int, time],
    version: int | None = None,
    by: int,
    at: datetime,
) -> CarrierLane:
    """Say where the parcels wait and until when the truck can be caught, by weekday (Monday is 0) and wall clock."""
    lane = _held(session, lane_id, version)
    if found := _faults_of_place(session, lane.warehouse_id, location_id):
        raise Wrong(*found)
    session.execute(delete(CarrierCutoff).where(CarrierCutoff.lane_id == lane_id))
    session.add_all(
        CarrierCutoff(lane_id=lane_id, weekday=weekday, leaves=wall)
        for weekday, wall in sorted(leaves.items())
    )
    lane.location_id = location_id
    touch(lane)
    announce(session, CutoffsSet(lane_id), by=by, at=at)
    session.flush()
    return lane


def close_lane(
    session: Session, *, lane_id: int, version: int | None = None, by: int, at: datetime
) -> CarrierLane:
    """Stop collecting parcels for a carrier. Its cut-offs are kept for the day it comes back."""
    lane = _held(session, lane_id, version)
    lane.archived_at = at
    announce(session, LaneClosed(lane_id), by=by, at=at)
    session.flush()
    return lane


def _held(session: Session, lane_id: int, version: int | None) -> CarrierLane:
    lane = session.get(CarrierLane, lane_id, with_for_update=True)
    if lane is None or lane.archived_at is not None:
        raise NoSuchLane(id=lane_id)
    same_version(lane, version)
    return lane


def _of_carrier(session: Session, warehouse_id: int, carrier: str) -> CarrierLane | None:
    query = select(CarrierLane).where(
        CarrierLane.warehouse_id == warehouse_id, CarrierLane.carrier == carrier
    )
    return session.scalar(query.with_for_update())


def _faults_of_place(session: Session, warehouse_id: int, location_id: int) -> list[Fault]:
    place = session.get(Location, location_id)
    fits = (
        place is not None
        and place.warehouse_id == warehouse_id
        and place.kind == Kind.LANE
        and place.archived_at is None
    )
    return [] if fits else [Fault("location_id", "bins.no_such_lane_place", {"id": location_id})]
