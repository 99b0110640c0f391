"""Zones, for machines."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.bins import actions, queries
from wms.bins.api.blueprint import READ, READERS, WRITE, WRITERS, ShortCode, Shown, api, told
from wms.bins.tables import Zone
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Listing, Number, ShortWords
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow


class ZonePath(Body):
    """Which zone."""

    zone_id: Number


class Zones(Listing):
    """Which zones to list."""

    warehouse_id: Number | None = None
    archived: bool = False


class NewZone(Body):
    """A part of a warehouse to name."""

    warehouse_id: Number
    code: ShortCode
    name: ShortWords


class ZoneChange(Body):
    """Its new name."""

    name: ShortWords


class ZoneShown(Shown):
    """A zone."""

    id: int
    warehouse_id: int
    code: str
    name: str
    created_at: datetime
    archived_at: datetime | None
    version: int


class ZonePage(Shown):
    """Some zones."""

    data: list[ZoneShown]
    next_cursor: str | None


@api.get("/zones", summary="List zones", responses={200: ZonePage})
@allow(*READERS, scope=READ)
def zones(query: Zones) -> Response:
    """In the order in which they were made."""
    asked = queries.zones_asked(query.warehouse_id, archived=query.archived)
    with services().database.read() as session:
        found = page(session, asked, by=[Zone.id], limit=query.limit, cursor=query.cursor)
        shown = ZonePage(data=found.rows, next_cursor=found.next_cursor)
    return reply(told(shown))


@api.post("/zones", summary="Name a part of a warehouse", responses={201: ZoneShown})
@allow(*WRITERS, scope=WRITE)
def create_zone(body: NewZone) -> Response:
    """Its code stays; its name can change."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        zone = actions.create_zone(session, **body.model_dump(), by=by, at=at)
        return created(
            told(ZoneShown.model_validate(zone)), f"/api/v1/zones/{zone.id}", zone.version
        )

    return perform("bins.create_zone", do)


@api.get("/zones/<int:zone_id>", summary="One zone", responses={200: ZoneShown})
@allow(*READERS, scope=READ)
def zone(path: ZonePath) -> Response:
    """Archived ones too."""
    with services().database.read() as session:
        found = session.get(Zone, path.zone_id)
        if found is None:
            raise actions.NoSuchZone(id=path.zone_id)
        return reply(told(ZoneShown.model_validate(found)), found.version)


@api.patch("/zones/<int:zone_id>", summary="Rename a zone", responses={200: ZoneShown})
@allow(*WRITERS, scope=WRITE)
def edit_zone(path: ZonePath, body: ZoneChange) -> Response:
    """The version in If-Match must be the one it has."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        zone = actions.edit_zone(
            session, zone_id=path.zone_id, name=body.name, version=version, by=by, at=at
        )
        return versioned(told(ZoneShown.model_validate(zone)), zone.version)

    return perform("bins.edit_zone", do)


@api.post("/zones/<int:zone_id>/archive", summary="Archive a zone", responses={200: ZoneShown})
@allow(*WRITERS, scope=WRITE)
def archive_zone(path: ZonePath) -> Response:
    """Refused while places in use belong to it."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        zone = actions.archive_zone(session, zone_id=path.zone_id, version=version, by=by, at=at)
        return versioned(told(ZoneShown.model_validate(zone)), zone.version)

    return perform("bins.archive_zone", do)
