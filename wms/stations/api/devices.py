"""Devices, for machines; and the one door that is open to a machine without a token: enrolling."""

from datetime import datetime

from flask import Response, jsonify
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform, reply, told_once, versioned
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.services import services
from wms.people.door import KNOCKS, limiter, origin
from wms.people.policy import LEADS, Role, allow, public
from wms.stations import actions, queries
from wms.stations.api.answers import DevicePage, DeviceShown, EnrolledDevice, InvitedDevice
from wms.stations.api.shapes import (
    Code,
    DeviceChange,
    DevicePath,
    Devices,
    Invitation,
    NewDevice,
    Reason,
    api,
    device_shown,
)
from wms.stations.enrolling import fresh_code, let_in
from wms.stations.rules import ENROLLED, DeviceKind

READ, WRITE = "stations:read", "stations:write"


class OtherWay(Wrong):
    """Tablets and agents come by invitation, everything else by its address."""

    sentence = "kernel.not_kept"


@api.post("/stations/enrol", summary="Enrol this device", responses={201: EnrolledDevice})
@limiter.limit(KNOCKS)
@public()
def enrol(body: Code) -> Response:
    """A bench agent names its code and gets its token, once. An answer that was lost needs a new invitation."""
    known = let_in(services(), code=body.code, name=body.name, origin=origin())
    shown = {"device_id": known.device.device_id, "name": known.device.name, "token": known.token}
    response = jsonify(shown)
    response.status_code = 201
    response.headers["Location"] = f"/api/v1/devices/{known.device.device_id}"
    return response


@api.get("/devices", summary="List devices", responses={200: DevicePage})
@allow(*LEADS, Role.MACHINE, scope=READ)
def devices(query: Devices) -> Response:
    """By name, those that were revoked among them."""
    with services().database.read() as session:
        found = queries.devices(session, limit=query.limit, cursor=query.cursor, kind=query.kind)
    rows = [device_shown(device) for device in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.post("/devices", summary="Make a device", responses={201: DeviceShown})
@allow(Role.ADMIN, scope=WRITE)
def add_device(body: NewDevice) -> Response:
    """A printer, scale or scanner that is reached at an address."""
    if body.kind in ENROLLED:
        raise OtherWay(Fault("kind", "stations.invite_it"))

    def do(session: Session, by: int, at: datetime) -> Reply:
        device = actions.add_device(
            session, name=body.name, kind=body.kind, address=body.address, by=by, at=at
        )
        return created(device_shown(device), f"/api/v1/devices/{device.id}", device.version)

    return perform("stations.add_device", do)


@api.get("/devices/<int:device_id>", summary="One device", responses={200: DeviceShown})
@allow(*LEADS, Role.MACHINE, scope=READ)
def device(path: DevicePath) -> Response:
    """Where it is reached, and when it was last heard of."""
    with services().database.read() as session:
        found = queries.device(session, path.device_id)
    return reply(device_shown(found), found.version)


@api.patch("/devices/<int:device_id>", summary="Change a device", responses={200: DeviceShown})
@allow(Role.ADMIN, scope=WRITE)
def change_device(path: DevicePath, body: DeviceChange) -> Response:
    """Its name, or its address."""
    expected, sent = expected_version(), body.model_fields_set

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = queries.device(session, path.device_id)
        device = actions.change_device(
            session,
            device_id=path.device_id,
            name=body.name or before.name,
            address=body.address if "address" in sent else before.address,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(device_shown(device), device.version)

    return perform("stations.change_device", do)


@api.post(
    "/devices/<int:device_id>/revoke", summary="Revoke a device", responses={200: DeviceShown}
)
@allow(*LEADS, scope=WRITE)
def revoke_device(path: DevicePath, body: Reason) -> Response:
    """At once; whoever works on it is signed out."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        device = actions.revoke_device(
            session, device_id=path.device_id, reason=body.reason, by=by, at=at
        )
        return versioned(device_shown(device), device.version)

    return perform("stations.revoke_device", do)


@api.post("/devices/invitations", summary="Invite a device", responses={201: InvitedDevice})
@allow(Role.ADMIN, scope=WRITE)
def invite(body: Invitation) -> Response:
    """`code` is told in the first answer only, and is good for ten minutes and one device."""
    if body.kind not in ENROLLED:
        raise OtherWay(Fault("kind", "stations.give_address"))
    code = fresh_code(services())

    def do(session: Session, by: int, at: datetime) -> Reply:
        row = actions.invite(
            session,
            code=code,
            name=body.name,
            kind=DeviceKind(body.kind),
            station_id=body.station_id,
            by=by,
            at=at,
        )
        return Reply({"id": row.id, "name": row.device_name, "kind": row.kind, "code": None}, 201)

    return told_once(perform("stations.invite", do), "code", code)
