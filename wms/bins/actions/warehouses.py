"""Opening a warehouse and telling it its hours."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wms.bins.calendar import Shift, zone_names
from wms.bins.events import HoursSet, WarehouseArchived, WarehouseChanged, WarehouseOpened
from wms.bins.places import Kind, Outside
from wms.bins.rules.places import code_faults
from wms.bins.tables import Holiday, Location, Warehouse, WorkingHours
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Refusal, Wrong
from wms.kernel.versions import same_version, touch

CODE_LIMIT = 40
HOLIDAY_LIMIT = 400
"""More resting days than that are a slip: the list is kept by hand."""


class NoSuchWarehouse(NotFound):
    """There is no such warehouse, or it is no longer used."""

    sentence = "bins.no_such_warehouse"


class WarehouseInUse(Refusal):
    """The warehouse still has places that are used."""

    sentence = "bins.warehouse_in_use"


def open_warehouse(
    session: Session,
    *,
    code: str,
    name: str,
    time_zone: str,
    address: str = "",
    country: str = "",
    by: int,
    at: datetime,
) -> Warehouse:
    """Make a warehouse with its outside places. It is open around the clock until it is told its hours."""
    found = [*code_faults(code), *_faults(name, time_zone, country)]
    if session.scalar(select(Warehouse.id).where(Warehouse.code == code)) is not None:
        found.append(Fault("code", "bins.warehouse_code_taken", {"code": code}))
    if found:
        raise Wrong(*found)
    warehouse = Warehouse(
        code=code,
        name=name,
        time_zone=time_zone,
        address=address,
        country=country.upper(),
        created_at=at,
    )
    session.add(warehouse)
    session.flush()
    session.add_all(_outside(warehouse.id, place, at) for place in Outside)
    session.flush()
    announce(session, WarehouseOpened(warehouse.id, code), by=by, at=at)
    return warehouse


def edit_warehouse(
    session: Session,
    *,
    warehouse_id: int,
    name: str,
    time_zone: str,
    address: str,
    country: str,
    version: int | None = None,
    by: int,
    at: datetime,
) -> Warehouse:
    """Give a warehouse another name, clock or address. Its code stays: labels and files use it."""
    warehouse = held(session, warehouse_id, version)
    if found := _faults(name, time_zone, country):
        raise Wrong(*found)
    facts = {"name": name, "time_zone": time_zone, "address": address, "country": country.upper()}
    changed = tuple(fact for fact, value in facts.items() if getattr(warehouse, fact) != value)
    for fact in changed:
        setattr(warehouse, fact, facts[fact])
    if changed:
        announce(session, WarehouseChanged(warehouse_id, changed), by=by, at=at)
    session.flush()
    return warehouse


def set_hours(
    session: Session,
    *,
    warehouse_id: int,
    week: Mapping[int, Shift],
    holidays: Mapping[date, str],
    version: int | None = None,
    by: int,
    at: datetime,
) -> Warehouse:
    """Say when the house works: by weekday (Monday is 0), and the days on which it rests, each with its name."""
    warehouse = held(session, warehouse_id, version)
    if len(holidays) > HOLIDAY_LIMIT:
        raise Wrong(Fault("holidays", "bins.too_many_holidays", {"limit": HOLIDAY_LIMIT}))
    session.execute(delete(WorkingHours).where(WorkingHours.warehouse_id == warehouse_id))
    session.execute(delete(Holiday).where(Holiday.warehouse_id == warehouse_id))
    session.add_all(
        WorkingHours(
            warehouse_id=warehouse_id, weekday=weekday, opens=shift.opens, closes=shift.closes
        )
        for weekday, shift in sorted(week.items())
    )
    session.add_all(
        Holiday(warehouse_id=warehouse_id, day=day, name=name)
        for day, name in sorted(holidays.items())
    )
    touch(warehouse)
    announce(session, HoursSet(warehouse_id), by=by, at=at)
    session.flush()
    return warehouse


def archive_warehouse(
    session: Session, *, warehouse_id: int, version: int | None = None, by: int, at: datetime
) -> Warehouse:
    """Stop using a warehouse. Refused while it has bins, totes or other places in use."""
    warehouse = held(session, warehouse_id, version)
    used = select(func.count()).where(
        Location.warehouse_id == warehouse_id,
        Location.archived_at.is_(None),
        Location.kind != Kind.OUTSIDE,
    )
    if count := session.scalar(used):
        raise WarehouseInUse(n=count, code=warehouse.code)
    warehouse.archived_at = at
    announce(session, WarehouseArchived(warehouse_id), by=by, at=at)
    session.flush()
    return warehouse


def held(session: Session, warehouse_id: int, version: int | None = None) -> Warehouse:
    """Return a warehouse that is in use, under lock."""
    warehouse = session.get(Warehouse, warehouse_id, with_for_update=True)
    if warehouse is None or warehouse.archived_at is not None:
        raise NoSuchWarehouse(id=warehouse_id)
    same_version(warehouse, version)
    return warehouse


def in_use(session: Session, warehouse_id: int) -> Warehouse:
    """Return a warehouse that is in use and stays so until the end of this transaction."""
    warehouse = session.get(
        Warehouse, warehouse_id, with_for_update={"read": True, "key_share": True}
    )
    if warehouse is None or warehouse.archived_at is not None:
        raise NoSuchWarehouse(id=warehouse_id)
    return warehouse


def _faults(name: str, time_zone: str, country: str) -> list[Fault]:
    found = []
    if not name.strip():
        found.append(Fault("name", "bins.name_missing"))
    if time_zone not in zone_names():
        found.append(Fault("time_zone", "bins.unknown_time_zone", {"time_zone": time_zone}))
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):  # noqa: PLR2004
        found.append(Fault("country", "bins.unknown_country", {"country": country}))
    return found


def _outside(warehouse_id: int, place: Outside, at: datetime) -> Location:
    return Location(
        warehouse_id=warehouse_id,
        code=place,
        kind=Kind.OUTSIDE,
        holds_sellable=False,
        created_at=at,
    )
