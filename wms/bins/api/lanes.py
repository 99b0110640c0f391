"""Where a carrier's parcels wait, and until when its truck can be caught, for machines."""

from datetime import datetime, time

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.bins import actions, queries
from wms.bins.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    Moment,
    ShortCode,
    Shown,
    WallTime,
    Weekday,
    api,
    told,
)
from wms.bins.tables import CarrierLane
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Listing, Number
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow


class LanePath(Body):
    """Which lane."""

    lane_id: Number


class Cutoff(Body):
    """When the truck leaves on one day of the week."""

    weekday: Weekday
    leaves: WallTime


class Lanes(Listing):
    """Which lanes to list."""

    warehouse_id: Number | None = None
    archived: bool = False


class NewLane(Body):
    """A carrier's parcels wait in this lane."""

    warehouse_id: Number
    carrier: ShortCode
    location_id: Number = Field(description="A location of the kind lane.")
    cutoffs: list[Cutoff] = Field(default=[], max_length=7)


class LaneChange(Body):
    """What is to be otherwise; cut-offs replace all that were there."""

    location_id: Number = 0
    cutoffs: list[Cutoff] = Field(default=[], max_length=7)


class LaneShown(Shown):
    """A lane with its cut-offs."""

    id: int
    warehouse_id: int
    location_id: int
    carrier: str
    cutoffs: list[Cutoff]
    created_at: datetime
    archived_at: datetime | None
    version: int


class LanePage(Shown):
    """Some lanes."""

    data: list[LaneShown]
    next_cursor: str | None


class TruckShown(Shown):
    """When the next truck leaves; null: none within a year."""

    at: datetime
    leaves_at: datetime | None


@api.get("/carrier_lanes", summary="List lanes", responses={200: LanePage})
@allow(*READERS, scope=READ)
def lanes(query: Lanes) -> Response:
    """In the order in which they were opened."""
    asked = queries.lanes_asked(query.warehouse_id, archived=query.archived)
    with services().database.read() as session:
        found = page(session, asked, by=[CarrierLane.id], limit=query.limit, cursor=query.cursor)
        rows = [shown(session, lane) for lane in found.rows]
    return reply(told(LanePage(data=rows, next_cursor=found.next_cursor)))


@api.post("/carrier_lanes", summary="Open a lane", responses={201: LaneShown})
@allow(*WRITERS, scope=WRITE)
def open_lane(body: NewLane) -> Response:
    """A carrier has one lane in a warehouse; one that was closed is opened again."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        lane = actions.open_lane(
            session,
            warehouse_id=body.warehouse_id,
            carrier=body.carrier,
            location_id=body.location_id,
            by=by,
            at=at,
        )
        if body.cutoffs:
            actions.edit_lane(
                session,
                lane_id=lane.id,
                location_id=lane.location_id,
                leaves=_leaves(body.cutoffs),
                by=by,
                at=at,
            )
        return created(told(shown(session, lane)), f"/api/v1/carrier_lanes/{lane.id}", lane.version)

    return perform("bins.open_lane", do)


@api.get("/carrier_lanes/<int:lane_id>", summary="One lane", responses={200: LaneShown})
@allow(*READERS, scope=READ)
def lane(path: LanePath) -> Response:
    """With its cut-offs."""
    with services().database.read() as session:
        found = _known(session, path.lane_id)
        return reply(told(shown(session, found)), found.version)


@api.patch("/carrier_lanes/<int:lane_id>", summary="Change a lane", responses={200: LaneShown})
@allow(*WRITERS, scope=WRITE)
def edit_lane(path: LanePath, body: LaneChange) -> Response:
    """The version in If-Match must be the one it has. Cut-offs replace all that were there."""
    version, sent = expected_version(), body.model_fields_set

    def do(session: Session, by: int, at: datetime) -> Reply:
        lane = _known(session, path.lane_id)
        cutoffs = body.cutoffs if "cutoffs" in sent else shown(session, lane).cutoffs
        location_id = body.location_id if "location_id" in sent else lane.location_id
        actions.edit_lane(
            session,
            lane_id=lane.id,
            location_id=location_id,
            leaves=_leaves(cutoffs),
            version=version,
            by=by,
            at=at,
        )
        return versioned(told(shown(session, lane)), lane.version)

    return perform("bins.edit_lane", do)


@api.post("/carrier_lanes/<int:lane_id>/close", summary="Close a lane", responses={200: LaneShown})
@allow(*WRITERS, scope=WRITE)
def close_lane(path: LanePath) -> Response:
    """Its cut-offs are kept for the day it opens again."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        lane = actions.close_lane(session, lane_id=path.lane_id, version=version, by=by, at=at)
        return versioned(told(shown(session, lane)), lane.version)

    return perform("bins.close_lane", do)


@api.get(
    "/carrier_lanes/<int:lane_id>/next_truck", summary="The next truck", responses={200: TruckShown}
)
@allow(*READERS, scope=READ)
def next_truck(path: LanePath, query: Moment) -> Response:
    """By the warehouse's own clock, its holidays left out."""
    at = query.at or services().clock.now()
    with services().database.read() as session:
        leaves_at = queries.next_truck(session, _known(session, path.lane_id), at)
    return reply(told(TruckShown(at=at, leaves_at=leaves_at)))


def shown(session: Session, lane: CarrierLane) -> LaneShown:
    """Return a lane as machines see it."""
    facts = {name: getattr(lane, name) for name in LaneShown.model_fields if hasattr(lane, name)}
    leaves = queries.cutoffs_of(session, lane.id)
    cutoffs = [Cutoff(weekday=weekday, leaves=wall) for weekday, wall in leaves.items()]
    return LaneShown(**facts, cutoffs=cutoffs)


def _known(session: Session, lane_id: int) -> CarrierLane:
    found = session.get(CarrierLane, lane_id)
    if found is None:
        raise actions.NoSuchLane(id=lane_id)
    return found


def _leaves(cutoffs: list[Cutoff]) -> dict[int, time]:
    return {cutoff.weekday: cutoff.leaves for cutoff in cutoffs}
