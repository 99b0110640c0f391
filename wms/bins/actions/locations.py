"""Making, describing and archiving places."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.actions.warehouses import in_use
from wms.bins.actions.writing import insert_all
from wms.bins.events import LocationArchived, LocationChanged, LocationCreated, LocationRestored
from wms.bins.lifecycle import LPN, LpnVerb
from wms.bins.places import FIXED, MOVABLE, Kind, Mixing, Place, Role, holds_sellable
from wms.bins.rules.places import faults
from wms.bins.tables import Location, Lpn, Zone
from wms.codes import actions as codes
from wms.codes import queries as known
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Refusal, Wrong
from wms.kernel.versions import same_version


class NoSuchLocation(NotFound):
    """There is no such place."""

    sentence = "bins.no_such_location"


class NotChangedByHand(Refusal):
    """The place is none that people describe: somebody's hands, a parcel, the outside."""

    sentence = "bins.not_changed_by_hand"


class SomethingStandsThere(Refusal):
    """A tote, carton, pallet or cart stands in the place."""

    sentence = "bins.something_stands_there"


class SoldOtherwise(Refusal):
    """What lies in the place would become sellable, or stop being so, without anybody moving it."""

    sentence = "bins.sold_otherwise"


def create_location(
    session: Session,
    *,
    warehouse_id: int,
    code: str,
    kind: Kind,
    zone_id: int | None = None,
    role: Role = Role.PLAIN,
    is_pick_face: bool = False,
    mixing: Mixing = Mixing.ANY,
    capacity_units: int | None = None,
    capacity_g: int | None = None,
    x_mm: int | None = None,
    y_mm: int | None = None,
    block: int | None = None,
    aisle: int | None = None,
    bay: int | None = None,
    side: str | None = None,
    level: int | None = None,
    by: int,
    at: datetime,
) -> Location:
    """Make one place of a warehouse and register its code. Totes and their like are made by `create_lpn`."""
    place = Place(
        code=code,
        kind=Kind(kind),
        zone_id=zone_id,
        role=Role(role),
        is_pick_face=is_pick_face,
        mixing=Mixing(mixing),
        capacity_units=capacity_units,
        capacity_g=capacity_g,
        x_mm=x_mm,
        y_mm=y_mm,
        block=block,
        aisle=aisle,
        bay=bay,
        side=side,
        level=level,
    )
    return add(session, warehouse_id=warehouse_id, place=place, by=by, at=at)


def add(session: Session, *, warehouse_id: int, place: Place, by: int, at: datetime) -> Location:
    """Make the place as it is described."""
    in_use(session, warehouse_id)
    if found := [*faults(place), *_misfits(session, warehouse_id, place)]:
        raise Wrong(*found)
    if taken := _fault_of_code(session, warehouse_id, place.code):
        raise Wrong(taken)
    [location_id] = insert_all(session, warehouse_id, [place], at)
    announce(
        session, LocationCreated(location_id, warehouse_id, place.code, place.kind), by=by, at=at
    )
    return session.get_one(Location, location_id)


def edit_location(
    session: Session,
    *,
    location_id: int,
    place: Place,
    version: int | None = None,
    by: int,
    at: datetime,
) -> Location:
    """Describe a place anew. Its kind stays, and so does whether its contents can be promised to customers."""
    location = described(session, location_id, version)
    place = replace(place, kind=Kind(location.kind))
    if found := [*faults(place), *_misfits(session, location.warehouse_id, place)]:
        raise Wrong(*found)
    if location.holds_sellable != holds_sellable(place.kind, place.role):
        raise SoldOtherwise(code=location.code)
    before = place_of(location)
    if place.code != before.code:
        _rename(session, location, place.code, at)
    changed = [name for name, value in vars(place).items() if value != getattr(before, name)]
    for name in changed:
        setattr(location, name, getattr(place, name))
    if changed:
        announce(session, LocationChanged(location_id, tuple(changed)), by=by, at=at)
    session.flush()
    return location


def archive_location(
    session: Session, *, location_id: int, version: int | None = None, by: int, at: datetime
) -> Location:
    """Stop using a place. Whoever calls makes sure, in this transaction, that nothing lies there; bins cannot know."""
    location = described(session, location_id, version)
    standing = select(Location.code).where(
        Location.parent_id == location_id, Location.archived_at.is_(None)
    )
    if (code := session.scalar(standing.limit(1))) is not None:
        raise SomethingStandsThere(code=location.code, standing=code)
    if location.kind in MOVABLE:
        lpn = session.get_one(Lpn, location_id, with_for_update=True)
        transition(lpn, LPN, LpnVerb.RETIRE)
    location.archived_at = at
    announce(session, LocationArchived(location_id), by=by, at=at)
    session.flush()
    return location


def end_package(session: Session, *, location_id: int, at: datetime) -> None:
    """Stop using the place of a parcel that left, or is none any more. Whoever calls says so, and saw it empty."""
    location = session.get_one(Location, location_id, with_for_update={"key_share": True})
    if location.kind != Kind.PACKAGE:
        raise NotChangedByHand(code=location.code)
    location.archived_at, location.parent_id = at, None
    session.flush()


def begin_package(session: Session, *, location_id: int, parent_id: int | None) -> None:
    """Use the place of a parcel again that was none for a while. Whoever calls says so."""
    location = session.get_one(Location, location_id, with_for_update={"key_share": True})
    if location.kind != Kind.PACKAGE:
        raise NotChangedByHand(code=location.code)
    location.archived_at, location.parent_id = None, parent_id
    session.flush()


def restore_location(
    session: Session, *, location_id: int, version: int | None = None, by: int, at: datetime
) -> Location:
    """Use an archived place again, under the code it had."""
    location = session.get(Location, location_id, with_for_update=True)
    if location is None or location.archived_at is None:
        raise NoSuchLocation(id=location_id)
    if location.kind not in FIXED:
        raise NotChangedByHand(code=location.code)
    same_version(location, version)
    in_use(session, location.warehouse_id)
    location.archived_at = None
    announce(session, LocationRestored(location_id), by=by, at=at)
    session.flush()
    return location


def described(session: Session, location_id: int, version: int | None = None) -> Location:
    """Return a place in use that people may describe, under lock."""
    location = session.get(Location, location_id, with_for_update=True)
    if location is None or location.archived_at is not None:
        raise NoSuchLocation(id=location_id)
    if location.kind not in (*FIXED, *MOVABLE):
        raise NotChangedByHand(code=location.code)
    same_version(location, version)
    return location


def place_of(location: Location) -> Place:
    """Return a place's description, to change a part of it."""
    facts = {field.name: getattr(location, field.name) for field in fields(Place)}
    words = {
        "kind": Kind(location.kind),
        "role": Role(location.role),
        "mixing": Mixing(location.mixing),
    }
    return Place(**facts | words)


def _misfits(session: Session, warehouse_id: int, place: Place) -> Iterator[Fault]:
    if wrong := known.unfit(place.code, known.Kind.LOCATION):
        yield Fault("code", wrong.sentence, wrong.values)
    if place.zone_id is not None:
        zone = session.get(Zone, place.zone_id)
        if zone is None or zone.warehouse_id != warehouse_id or zone.archived_at is not None:
            yield Fault("zone_id", "bins.no_such_zone", {"id": place.zone_id})


def _fault_of_code(session: Session, warehouse_id: int, code: str) -> Fault | None:
    query = select(Location.archived_at).where(
        Location.warehouse_id == warehouse_id, Location.code == code
    )
    row = session.execute(query).first()
    if row is None:
        return None
    return Fault(
        "code", "bins.code_archived" if row.archived_at else "bins.code_taken", {"code": code}
    )


def _rename(session: Session, location: Location, code: str, at: datetime) -> None:
    if found := _fault_of_code(session, location.warehouse_id, code):
        raise Wrong(found)
    kind = known.Kind.LPN if location.kind in MOVABLE else known.Kind.LOCATION
    codes.withdraw(session, code=location.code)
    codes.register(session, code=code, kind=kind, target_id=location.id, at=at)
