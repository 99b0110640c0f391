"""Places that stand still, for machines. Archiving asks for stock first: see the desk."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.bins import actions, queries
from wms.bins.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    PlaceCode,
    Search,
    Shown,
    api,
    told,
)
from wms.bins.places import Kind, Mixing, Role
from wms.bins.tables import Location
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Listing, Number
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow

FixedKind = Literal[Kind.BIN, Kind.DOCK, Kind.LANE, Kind.STAGE, Kind.BENCH]
Coordinate = Annotated[int, Field(ge=-10_000_000, le=10_000_000)]
Numbered = Annotated[int, Field(ge=1, le=9_999)]


class LocationPath(Body):
    """Which place."""

    location_id: Number


class Locations(Listing):
    """Which places to list, in the order of their codes."""

    warehouse_id: Number | None = None
    zone_id: Number | None = None
    kind: Kind | None = None
    role: Role | None = None
    is_pick_face: bool | None = None
    q: Search = Field(default="", description="Part of a code.")
    archived: bool = False


class LocationFacts(Body):
    """What may be said about a place."""

    zone_id: Number | None = None
    role: Role = Role.PLAIN
    is_pick_face: bool = False
    mixing: Mixing = Mixing.ANY
    capacity_units: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    capacity_g: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    x_mm: Coordinate | None = Field(default=None, description="On the floor plan; needs y_mm too.")
    y_mm: Coordinate | None = None
    block: Numbered | None = None
    aisle: Numbered | None = None
    bay: Numbered | None = None
    side: Literal["L", "R"] | None = None
    level: Numbered | None = None


class NewLocation(LocationFacts):
    """A place to make."""

    warehouse_id: Number
    code: PlaceCode
    kind: FixedKind


class LocationChange(LocationFacts):
    """What is to be otherwise; what is left out stays."""

    code: PlaceCode = ""


class LocationShown(Shown):
    """A place."""

    id: int
    warehouse_id: int
    zone_id: int | None
    code: str
    kind: Kind
    role: Role
    is_pick_face: bool
    holds_sellable: bool
    mixing: Mixing
    capacity_units: int | None
    capacity_g: int | None
    x_mm: int | None
    y_mm: int | None
    block: int | None
    aisle: int | None
    bay: int | None
    side: str | None
    level: int | None
    stands_in_id: int | None = Field(validation_alias="parent_id")
    created_at: datetime
    archived_at: datetime | None
    version: int


class LocationPage(Shown):
    """Some places."""

    data: list[LocationShown]
    next_cursor: str | None


@api.get("/locations", summary="List places", responses={200: LocationPage})
@allow(*READERS, scope=READ)
def locations(query: Locations) -> Response:
    """In the order of their codes. Outside places are told only when asked for by kind."""
    asked = queries.locations_asked(
        warehouse_id=query.warehouse_id,
        zone_id=query.zone_id,
        kind=query.kind,
        role=query.role,
        is_pick_face=query.is_pick_face,
        q=query.q,
        archived=query.archived,
    )
    with services().database.read() as session:
        order = [Location.code, Location.id]
        found = page(session, asked, by=order, limit=query.limit, cursor=query.cursor)
        shown = LocationPage(data=found.rows, next_cursor=found.next_cursor)
    return reply(told(shown))


@api.post("/locations", summary="Make a place", responses={201: LocationShown})
@allow(*WRITERS, scope=WRITE)
def create_location(body: NewLocation) -> Response:
    """It can be scanned from then on, by its bare code and behind `WXL`."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        made = actions.create_location(session, **body.model_dump(), by=by, at=at)
        return created(
            told(LocationShown.model_validate(made)), f"/api/v1/locations/{made.id}", made.version
        )

    return perform("bins.create_location", do)


@api.get("/locations/<int:location_id>", summary="One place", responses={200: LocationShown})
@allow(*READERS, scope=READ)
def location(path: LocationPath) -> Response:
    """Archived ones too."""
    with services().database.read() as session:
        found = session.get(Location, path.location_id)
        if found is None:
            raise actions.NoSuchLocation(id=path.location_id)
        return reply(told(LocationShown.model_validate(found)), found.version)


@api.patch("/locations/<int:location_id>", summary="Change a place", responses={200: LocationShown})
@allow(*WRITERS, scope=WRITE)
def edit_location(path: LocationPath, body: LocationChange) -> Response:
    """The version in If-Match must be the one it has. The kind of a place stays."""
    version, sent = expected_version(), body.model_dump(exclude_unset=True)

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = actions.described(session, path.location_id, version)
        place = replace(actions.place_of(before), **sent)
        made = actions.edit_location(
            session, location_id=path.location_id, place=place, version=version, by=by, at=at
        )
        return versioned(told(LocationShown.model_validate(made)), made.version)

    return perform("bins.edit_location", do)


@api.post(
    "/locations/<int:location_id>/restore",
    summary="Bring a place back",
    responses={200: LocationShown},
)
@allow(*WRITERS, scope=WRITE)
def restore_location(path: LocationPath) -> Response:
    """Under the code it had."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        made = actions.restore_location(
            session, location_id=path.location_id, version=version, by=by, at=at
        )
        return versioned(told(LocationShown.model_validate(made)), made.version)

    return perform("bins.restore_location", do)
