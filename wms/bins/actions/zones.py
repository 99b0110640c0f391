"""Naming the parts of a warehouse."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.actions.warehouses import in_use
from wms.bins.events import ZoneArchived, ZoneCreated, ZoneRenamed
from wms.bins.rules.places import code_faults
from wms.bins.tables import Location, Zone
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Refusal, Wrong
from wms.kernel.versions import same_version


class NoSuchZone(NotFound):
    """There is no such zone, or it is no longer used."""

    sentence = "bins.no_such_zone"


class ZoneInUse(Refusal):
    """There are still places in the zone."""

    sentence = "bins.zone_in_use"


def create_zone(
    session: Session, *, warehouse_id: int, code: str, name: str, by: int, at: datetime
) -> Zone:
    """Give a part of a warehouse a code and a name."""
    in_use(session, warehouse_id)
    found = [*code_faults(code), *_faults_of_name(name)]
    if session.scalar(select(Zone.id).where(Zone.warehouse_id == warehouse_id, Zone.code == code)):
        found.append(Fault("code", "bins.zone_code_taken", {"code": code}))
    if found:
        raise Wrong(*found)
    zone = Zone(warehouse_id=warehouse_id, code=code, name=name, created_at=at)
    session.add(zone)
    session.flush()
    announce(session, ZoneCreated(zone.id, warehouse_id, code), by=by, at=at)
    return zone


def edit_zone(
    session: Session, *, zone_id: int, name: str, version: int | None = None, by: int, at: datetime
) -> Zone:
    """Give a zone another name. Its code stays: files and filters use it."""
    zone = _held(session, zone_id, version)
    if found := _faults_of_name(name):
        raise Wrong(*found)
    zone.name = name
    announce(session, ZoneRenamed(zone_id, name), by=by, at=at)
    session.flush()
    return zone


def archive_zone(
    session: Session, *, zone_id: int, version: int | None = None, by: int, at: datetime
) -> Zone:
    """Stop using a zone. Refused while places in use belong to it."""
    zone = _held(session, zone_id, version)
    used = select(func.count()).where(Location.zone_id == zone_id, Location.archived_at.is_(None))
    if count := session.scalar(used):
        raise ZoneInUse(n=count, code=zone.code)
    zone.archived_at = at
    announce(session, ZoneArchived(zone_id), by=by, at=at)
    session.flush()
    return zone


def _held(session: Session, zone_id: int, version: int | None) -> Zone:
    zone = session.get(Zone, zone_id, with_for_update=True)
    if zone is None or zone.archived_at is not None:
        raise NoSuchZone(id=zone_id)
    same_version(zone, version)
    return zone


def _faults_of_name(name: str) -> list[Fault]:
    return [] if name.strip() else [Fault("name", "bins.name_missing")]
