"""Devices: tablets and agents that carry a token, scanners, printers and scales that are reached at an address."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.versions import same_version
from wms.people import actions as people
from wms.stations.events import (
    DeviceAdded,
    DeviceChanged,
    DeviceRevoked,
    HelpCalled,
    ScannerChecked,
)
from wms.stations.rules import DeviceKind
from wms.stations.tables import Device

ADDRESS = re.compile(r"[a-z][a-z0-9.]*\+[a-z][a-z0-9]*://\S+")
"""Kind or codec, transport and place, as in `zebra+tcp://10.0.0.7:9100`."""


class NameTaken(Wrong):
    """Two devices, or two stations, under one name could not be told apart."""

    sentence = "kernel.not_kept"


class UnreadableAddress(Wrong):
    """The address is not written as addresses of devices are."""

    sentence = "kernel.not_kept"


def add_device(
    session: Session, *, name: str, kind: DeviceKind, address: str | None, by: int, at: datetime
) -> Device:
    """Make a device that is reached at an address. Raises NameTaken, UnreadableAddress."""
    name_is_free(session, name, but=None)
    _readable(address)
    device = Device(name=name, kind=kind, address=address, created_at=at)
    session.add(device)
    session.flush()
    announce(session, DeviceAdded(device_id=device.id, kind=kind), by=by, at=at)
    return device


def change_device(
    session: Session,
    *,
    device_id: int,
    name: str,
    address: str | None,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Device:
    """Rename a device, or say where else it is reached. Raises NotFound, Stale, NameTaken, UnreadableAddress."""
    device = locked(session, device_id)
    same_version(device, expected)
    name_is_free(session, name, but=device_id)
    if address != device.address:
        _readable(address)
    changed = [
        field
        for field, old, new in (
            ("name", device.name, name),
            ("address", device.address, address),
        )
        if old != new
    ]
    device.name, device.address = name, address
    if changed:
        announce(session, DeviceChanged(device_id=device_id, fields=changed), by=by, at=at)
    session.flush()
    return device


def revoke_device(
    session: Session, *, device_id: int, reason: str, by: int, at: datetime
) -> Device:
    """Let a device open nothing any more: its token is void, and whoever works on it is signed out at once."""
    device = locked(session, device_id)
    if device.revoked_at is None:
        device.revoked_at = at
        people.end_sessions(session, device_id=device_id, because="device_revoked", by=by, at=at)
        people.revoke_device_tokens(session, device_id=device_id, by=by, at=at)
        announce(session, DeviceRevoked(device_id=device_id, reason=reason), by=by, at=at)
        session.flush()
    return device


def keep_scanner(
    session: Session, *, device_id: int, found: Mapping[str, str | int], by: int, at: datetime
) -> Device:
    """Keep what the scanner check found out about this device's scanner: suffix, gap, layout, case."""
    device = locked(session, device_id)
    device.scanner = json.dumps(dict(found), sort_keys=True)
    fact = ScannerChecked(
        device_id=device_id,
        suffix=str(found["suffix"]),
        layout=str(found["layout"]),
        case=str(found["case"]),
    )
    announce(session, fact, by=by, at=at)
    session.flush()
    return device


def call_help(session: Session, *, device_id: int, by: int, at: datetime) -> None:
    """Say that somebody at this device wants a person to come."""
    announce(session, HelpCalled(device_id=locked(session, device_id).id), by=by, at=at)


def locked(session: Session, device_id: int) -> Device:
    """Return a device, held until this transaction ends. Raises NotFound."""
    device = session.get(Device, device_id, with_for_update=True)
    if device is None:
        raise NotFound(thing="device", number=device_id)
    return device


def name_is_free(session: Session, name: str, but: int | None) -> None:
    """Raise NameTaken where another device is called so."""
    holder = session.scalar(select(Device.id).where(Device.name == name))
    if holder not in (None, but):
        raise NameTaken(Fault("name", "stations.name_taken", {"name": name}))


def _readable(address: str | None) -> None:
    if address is not None and not ADDRESS.fullmatch(address):
        raise UnreadableAddress(Fault("address", "stations.unreadable_address"))
