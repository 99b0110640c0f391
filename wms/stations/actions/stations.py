"""Stations: places where somebody works with devices, and which devices serve them."""

from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from wms.codes import actions as codes
from wms.codes.queries import Kind
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.versions import same_version, touch
from wms.stations.actions.devices import NameTaken, locked
from wms.stations.events import (
    DeviceBound,
    DeviceUnbound,
    StationAdded,
    StationArchived,
    StationChanged,
)
from wms.stations.rules import PARTS, DeviceKind, Part, StationKind
from wms.stations.tables import DeviceBinding, Station

CODE = "WXP"
"""How the code at a bench begins: scanning it says where somebody works."""


class WrongPart(Wrong):
    """A scale prints nothing."""

    sentence = "kernel.not_kept"


def add_station(
    session: Session,
    *,
    name: str,
    kind: StationKind,
    location_id: int | None,
    by: int,
    at: datetime,
) -> Station:
    """Make a station. Raises NameTaken."""
    _name_is_free(session, name, but=None)
    station = Station(name=name, kind=kind, location_id=location_id, created_at=at)
    session.add(station)
    session.flush()
    _let_be_scanned(session, station, at)
    announce(session, StationAdded(station_id=station.id, kind=kind), by=by, at=at)
    return station


def change_station(
    session: Session,
    *,
    station_id: int,
    name: str,
    kind: StationKind,
    location_id: int | None,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Station:
    """Rename a station, or say what else is done there. Raises NotFound, Stale, NameTaken."""
    station = _held(session, station_id)
    same_version(station, expected)
    _name_is_free(session, name, but=station_id)
    before = (station.name, station.kind, station.location_id)
    station.name, station.kind, station.location_id = name, kind, location_id
    _let_be_scanned(session, station, at)
    after = (name, str(kind), location_id)
    fields = zip(("name", "kind", "location"), before, after, strict=True)
    changed = [field for field, old, new in fields if old != new]
    if changed:
        announce(session, StationChanged(station_id=station_id, fields=changed), by=by, at=at)
    session.flush()
    return station


def archive_station(session: Session, *, station_id: int, by: int, at: datetime) -> Station:
    """Let a station go; its devices serve it no longer. What was done there stays known."""
    station = _held(session, station_id)
    if station.archived_at is None:
        station.archived_at = at
        session.execute(delete(DeviceBinding).where(DeviceBinding.station_id == station_id))
        codes.withdraw(session, code=f"{CODE}{station_id}")
        announce(session, StationArchived(station_id=station_id), by=by, at=at)
        session.flush()
    return station


def bind(
    session: Session, *, station_id: int, device_id: int, part: Part, by: int, at: datetime
) -> DeviceBinding:
    """Let a device serve a station. Raises NotFound, WrongPart; saying it twice changes nothing."""
    station, device = _held(session, station_id), locked(session, device_id)
    if part not in PARTS[DeviceKind(device.kind)]:
        raise WrongPart(Fault("part", "stations.wrong_part", {"device": device.name}))
    _let_be_scanned(session, station, at)
    binding = session.scalar(_binding(station_id, device_id, part))
    if binding is None:
        binding = DeviceBinding(station_id=station_id, device_id=device_id, role=part, bound_at=at)
        session.add(binding)
        touch(station)
        session.flush()
        fact = DeviceBound(station_id=station_id, device_id=device_id, part=part)
        announce(session, fact, by=by, at=at)
    return binding


def unbind(
    session: Session, *, station_id: int, device_id: int, part: Part, by: int, at: datetime
) -> None:
    """Let a device serve a station no longer."""
    station = _held(session, station_id)
    binding = session.scalar(_binding(station_id, device_id, part))
    if binding is not None:
        session.delete(binding)
        touch(station)
        session.flush()
        fact = DeviceUnbound(station_id=station_id, device_id=device_id, part=part)
        announce(session, fact, by=by, at=at)


def _let_be_scanned(session: Session, station: Station, at: datetime) -> None:
    """Register the station's code; a station from before there were codes gets its own now."""
    if station.archived_at is None:
        code = f"{CODE}{station.id}"
        codes.register(session, code=code, kind=Kind.STATION, target_id=station.id, at=at)


def _held(session: Session, station_id: int) -> Station:
    station = session.get(Station, station_id, with_for_update=True)
    if station is None:
        raise NotFound(thing="station", number=station_id)
    return station


def _binding(station_id: int, device_id: int, part: Part) -> Select[DeviceBinding]:
    return select(DeviceBinding).where(
        DeviceBinding.station_id == station_id,
        DeviceBinding.device_id == device_id,
        DeviceBinding.role == part,
    )


def _name_is_free(session: Session, name: str, but: int | None) -> None:
    holder = session.scalar(select(Station.id).where(Station.name == name))
    if holder not in (None, but):
        raise NameTaken(Fault("name", "stations.name_taken", {"name": name}))
