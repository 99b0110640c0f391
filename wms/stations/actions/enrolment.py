"""Enrolment: an admin invites a device with a code of six digits; the device that names it gets a token of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound, Refusal, Wrong
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.secret import fingerprint
from wms.stations.actions.devices import name_is_free
from wms.stations.events import DeviceEnrolled
from wms.stations.queries import is_out
from wms.stations.rules import INVITATION_LASTS, PARTS, DeviceKind
from wms.stations.tables import Device, DeviceBinding, Enrolment, Station

AGENT_SCOPES = ("catalog:read", "stations:read", "stations:write", "stock:read", "stock:write")
"""What a bench agent may do: read what it shows, and report what was scanned and weighed."""


class CodeWrong(Wrong):
    """No invitation with this code is open: never given out, used, or older than ten minutes."""

    sentence = "stations.code_wrong"
    kept = False


class CodeInUse(Refusal):
    """Two invitations were given the same code in the same moment: one chance in a million."""

    sentence = "stations.code_in_use"
    kept = False


@dataclass(frozen=True)
class Enrolled:
    """A device that was let in."""

    device_id: int
    name: str
    kind: DeviceKind


def invite(
    session: Session,
    *,
    code: str,
    name: str,
    kind: DeviceKind,
    station_id: int | None,
    by: int,
    at: datetime,
) -> Enrolment:
    """Keep an invitation for one device. `code` comes from `secret.fresh_digits()`. Raises NameTaken, NotFound."""
    name_is_free(session, name, but=None)
    if station_id is not None and session.get(Station, station_id) is None:
        raise NotFound(thing="station", number=station_id)
    if is_out(session, code, at):
        raise CodeInUse
    row = session.scalar(select(Enrolment).where(Enrolment.code_hash == fingerprint(code)))
    if row is None:
        row = Enrolment(code_hash=fingerprint(code))
        session.add(row)
    # There are a million codes: one whose time is over is given out again.
    row.device_name, row.kind, row.station_id, row.invited_by = name, kind, station_id, by
    row.invited_at, row.ends_at, row.used_at, row.device_id = at, at + INVITATION_LASTS, None, None
    session.flush()
    return row


def enrol(
    session: Session, *, code: str, name: str | None, token: str, at: datetime
) -> Enrolled | None:
    """Let the device in that named the code, under its own name or the invitation's; None where the code is wrong.

    `token` is what the device shows from now on: a tablet as a cookie, an agent as a machine of its own over the API.
    """
    row = session.scalar(
        select(Enrolment)
        .where(
            Enrolment.code_hash == fingerprint(code),
            Enrolment.used_at.is_(None),
            Enrolment.ends_at > at,
        )
        .with_for_update()
    )
    if row is None:
        return None
    name, kind = name or row.device_name, DeviceKind(row.kind)
    name_is_free(session, name, but=None)
    device = Device(name=name, kind=kind, created_at=at, seen_at=at)
    session.add(device)
    session.flush()
    row.used_at, row.device_id = at, device.id
    if kind is DeviceKind.AGENT:
        _make_machine(session, device, token=token, by=row.invited_by, at=at)
    else:
        device.token_hash = fingerprint(token)
    if row.station_id is not None:
        part = PARTS[kind][0]
        session.add(
            DeviceBinding(station_id=row.station_id, device_id=device.id, role=part, bound_at=at)
        )
    fact = DeviceEnrolled(device_id=device.id, kind=kind, invited_by_user_id=row.invited_by)
    announce(session, fact, by=row.invited_by, at=at)
    session.flush()
    return Enrolled(device.id, name, kind)


def _make_machine(session: Session, device: Device, *, token: str, by: int, at: datetime) -> None:
    machine = people.add_user(
        session, name=device.name, roles=[Role.MACHINE], is_machine=True, by=by, at=at
    )
    people.issue_token(
        session,
        user_id=machine.id,
        name=device.name,
        token=token,
        scopes=AGENT_SCOPES,
        device_id=device.id,
        by=by,
        at=at,
    )
