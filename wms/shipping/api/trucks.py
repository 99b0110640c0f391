"""Trucks for machines: which were loaded, with what, and that one left."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, perform, reply, versioned
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.shipping import actions, queries
from wms.shipping.api.blueprint import READ, WRITE, api
from wms.shipping.api.shapes import (
    ManifestPage,
    ManifestPath,
    Manifests,
    ManifestWhole,
    truck,
    truck_whole,
)
from wms.shipping.queries.manifests import Truck
from wms.shipping.tables import Manifest


@api.get("/manifests", summary="List trucks", responses={200: ManifestPage})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def manifests(query: Manifests) -> Response:
    """Newest first."""
    asked = queries.manifests_asked(lane_id=query.lane_id, is_open=query.is_open)
    with services().database.read() as session:
        found = page(
            session,
            asked,
            by=[Manifest.id],
            limit=query.limit,
            cursor=query.cursor,
            newest_first=True,
        )
        rows = [truck(Truck(*row)) for row in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/manifests/<int:manifest_id>", summary="One truck", responses={200: ManifestWhole})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def manifest(path: ManifestPath) -> Response:
    """Which parcels it took."""
    with services().database.read() as session:
        one = queries.manifest(session, path.manifest_id)
        told = truck_whole(one, list(queries.aboard(session, path.manifest_id)))
    return reply(told, one.row.version)


@api.post(
    "/manifests/<int:manifest_id>/leave",
    summary="The truck left",
    responses={200: ManifestWhole},
)
@allow(Role.PACKER, Role.RECEIVER, *LEADS, Role.MACHINE, scope=WRITE)
def leave(path: ManifestPath) -> Response:
    """What is scanned after this goes with the next truck."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.truck_left(session, manifest_id=path.manifest_id, by=by, at=at)
        session.flush()
        one = queries.manifest(session, path.manifest_id)
        told = truck_whole(one, list(queries.aboard(session, path.manifest_id)))
        return versioned(told, one.row.version)

    return perform("shipping.leave", do)
