"""Stations, for machines."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Listing
from wms.kernel.services import services
from wms.people.policy import LEADS, Role, allow
from wms.stations import actions, queries
from wms.stations.api.answers import StationPage, StationShown
from wms.stations.api.shapes import (
    Binding,
    NewStation,
    StationChange,
    StationPath,
    api,
    station_shown,
)
from wms.stations.rules import StationKind
from wms.stations.tables import Station

READ, WRITE = "stations:read", "stations:write"


@api.get("/stations", summary="List stations", responses={200: StationPage})
@allow(*LEADS, Role.MACHINE, scope=READ)
def stations(query: Listing) -> Response:
    """By name, with the devices that serve them."""
    with services().database.read() as session:
        found = queries.stations(session, limit=query.limit, cursor=query.cursor)
        bound = queries.bindings(session, station_ids=[station.id for station in found.rows])
    rows = [station_shown(station, bound) for station in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.post("/stations", summary="Make a station", responses={201: StationShown})
@allow(Role.ADMIN, scope=WRITE)
def add_station(body: NewStation) -> Response:
    """A bench, a dock, a desk."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        station = actions.add_station(
            session,
            name=body.name,
            kind=body.kind,
            location_id=body.location_id,
            by=by,
            at=at,
        )
        where = f"/api/v1/stations/{station.id}"
        return created(station_shown(station, []), where, station.version)

    return perform("stations.add_station", do)


@api.get("/stations/<int:station_id>", summary="One station", responses={200: StationShown})
@allow(*LEADS, Role.MACHINE, scope=READ)
def station(path: StationPath) -> Response:
    """What is done there, and with which devices."""
    with services().database.read() as session:
        found = queries.station(session, path.station_id)
        bound = queries.bindings(session, station_ids=[found.id])
    return reply(station_shown(found, bound), found.version)


@api.patch("/stations/<int:station_id>", summary="Change a station", responses={200: StationShown})
@allow(Role.ADMIN, scope=WRITE)
def change_station(path: StationPath, body: StationChange) -> Response:
    """Its name, what is done there, or where it stands."""
    expected, sent = expected_version(), body.model_fields_set

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = queries.station(session, path.station_id)
        station = actions.change_station(
            session,
            station_id=path.station_id,
            name=body.name or before.name,
            kind=body.kind or StationKind(before.kind),
            location_id=body.location_id if "location_id" in sent else before.location_id,
            expected=expected,
            by=by,
            at=at,
        )
        return _now(session, station)

    return perform("stations.change_station", do)


@api.post(
    "/stations/<int:station_id>/archive", summary="Let a station go", responses={200: StationShown}
)
@allow(Role.ADMIN, scope=WRITE)
def archive_station(path: StationPath) -> Response:
    """Its devices serve it no longer; what was done there stays known."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        station = actions.archive_station(session, station_id=path.station_id, by=by, at=at)
        return _now(session, station)

    return perform("stations.archive_station", do)


@api.post(
    "/stations/<int:station_id>/devices",
    summary="Let a device serve a station",
    responses={200: StationShown},
)
@allow(Role.ADMIN, scope=WRITE)
def bind(path: StationPath, body: Binding) -> Response:
    """As its screen, scanner, label or document printer, or scale."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.bind(
            session,
            station_id=path.station_id,
            device_id=body.device_id,
            part=body.part,
            by=by,
            at=at,
        )
        return _now(session, queries.station(session, path.station_id))

    return perform("stations.bind", do)


@api.post(
    "/stations/<int:station_id>/devices/remove",
    summary="Let a device serve no longer",
    responses={200: StationShown},
)
@allow(Role.ADMIN, scope=WRITE)
def unbind(path: StationPath, body: Binding) -> Response:
    """The device itself stays."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.unbind(
            session,
            station_id=path.station_id,
            device_id=body.device_id,
            part=body.part,
            by=by,
            at=at,
        )
        return _now(session, queries.station(session, path.station_id))

    return perform("stations.unbind", do)


def _now(session: Session, station: Station) -> Reply:
    bound = queries.bindings(session, station_ids=[station.id])
    return versioned(station_shown(station, bound), station.version)
