"""A made-up building: bins, docks and benches from the layout, totes and carts, lanes with their trucks, devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind, Role
from wms.bins.tables import Location, Warehouse
from wms.people.secret import ENROL_DIGITS
from wms.stations import actions as stations
from wms.stations.actions import DeviceKind, StationKind
from wms.trial.seed.tokens import token

LAYOUT = bins.Layout(
    blocks=2, aisles=6, bays=16, levels=5, cross_aisles=3, pick_levels=(1, 2, 3), docks=2, benches=3
)
"""1,920 bins: people reach the three lower levels, what is above them is reserve."""


@dataclass(frozen=True)
class Site:
    """Where the building stands."""

    time_zone: str
    country: str


AT_HOME = Site("America/New_York", "US")

TOTES, CARTS, SLOTS = 40, 4, 6

TRUCKS: Mapping[str, tuple[time, time | None]] = {
    "USPS": (time(16, 0), time(12, 0)),
    "UPS": (time(17, 30), None),
    "FedEx": (time(18, 0), None),
    "DHL": (time(17, 0), time(12, 30)),
}
"""By carrier, the last minute on a working day, and on Saturday."""

SET_ASIDE, BESIDE_MM = "Q-01", 2_000
"""The bin for what is not sold as it is, and how far it stands from the bench of what comes back."""

RETURNS_BENCH = "BENCH-3"

WORKING_DAYS = range(5)
SATURDAY = 5


@dataclass(frozen=True)
class Post:
    """A place to work or a device to work with, and its token where it carries one."""

    id: int
    name: str
    kind: str
    token: str | None = None


@dataclass(frozen=True)
class Building:
    """What was built. `places` are all places by their code."""

    warehouse: Warehouse
    places: Mapping[str, Location]
    lanes: Mapping[str, str]
    stations: tuple[Post, ...]
    tablets: tuple[Post, ...]


def build(session: Session, seed: int, site: Site = AT_HOME, *, by: int, at: datetime) -> Building:
    """Open the practice warehouse and put everything into it but goods."""
    warehouse = bins.open_warehouse(
        session,
        code="PRACTICE",
        name="Practice warehouse",
        time_zone=site.time_zone,
        country=site.country,
        by=by,
        at=at,
    )
    bins.set_hours(
        session, warehouse_id=warehouse.id, week=_week(), holidays=_holidays(at), by=by, at=at
    )
    bins.build_layout(session, warehouse_id=warehouse.id, layout=LAYOUT, by=by, at=at)
    _bring_totes(session, warehouse.id, by=by, at=at)
    lanes = _open_lanes(session, warehouse.id, by=by, at=at)
    _set_apart(session, warehouse.id, by=by, at=at)
    here = select(Location).where(Location.warehouse_id == warehouse.id).order_by(Location.id)
    places = {place.code: place for place in session.scalars(here)}
    dice = Random(f"devices {seed}")
    return Building(
        warehouse,
        places,
        lanes,
        _stations(session, dice, places, by=by, at=at),
        tuple(add_tablet(session, dice, name, by=by, at=at) for name in ("Tablet 1", "Tablet 2")),
    )


def _week() -> dict[int, bins.Shift]:
    days = {day: bins.Shift(time(6, 0), time(22, 0)) for day in WORKING_DAYS}
    return days | {SATURDAY: bins.Shift(time(8, 0), time(14, 0))}


def _holidays(at: datetime) -> dict[date, str]:
    return {date(at.year + ahead, 1, 1): "New Year's Day" for ahead in (0, 1)}


def _bring_totes(session: Session, warehouse_id: int, *, by: int, at: datetime) -> None:
    totes = [(f"T-{number:04d}", Kind.TOTE) for number in range(1, TOTES + 1)]
    carts = [(f"CART-{number}", Kind.CART) for number in range(1, CARTS + 1)]
    for code, kind in (*totes, *carts):
        slots = SLOTS if kind is Kind.CART else None
        bins.create_lpn(
            session, warehouse_id=warehouse_id, code=code, kind=kind, slots=slots, by=by, at=at
        )


def _open_lanes(session: Session, warehouse_id: int, *, by: int, at: datetime) -> dict[str, str]:
    lanes = {}
    for number, (carrier, (working_day, saturday)) in enumerate(TRUCKS.items()):
        code = f"LANE-{number + 1}"
        place = bins.create_location(
            session,
            warehouse_id=warehouse_id,
            code=code,
            kind=Kind.LANE,
            x_mm=3_000 + number * 4_000,
            y_mm=-4_000,
            by=by,
            at=at,
        )
        lane = bins.open_lane(
            session,
            warehouse_id=warehouse_id,
            carrier=carrier,
            location_id=place.id,
            by=by,
            at=at,
        )
        leaves = dict.fromkeys(WORKING_DAYS, working_day)
        leaves |= {SATURDAY: saturday} if saturday else {}
        bins.edit_lane(session, lane_id=lane.id, location_id=place.id, leaves=leaves, by=by, at=at)
        lanes[carrier] = code
    return lanes


def _set_apart(session: Session, warehouse_id: int, *, by: int, at: datetime) -> None:
    """Put up a bin for what is damaged, opened or not what it should be: it waits there for a lead."""
    bench = session.scalars(
        select(Location).where(
            Location.warehouse_id == warehouse_id, Location.code == RETURNS_BENCH
        )
    ).one()
    assert bench.x_mm is not None, "the layout says where its benches stand"
    bins.create_location(
        session,
        warehouse_id=warehouse_id,
        code=SET_ASIDE,
        kind=Kind.BIN,
        role=Role.QUARANTINE,
        x_mm=bench.x_mm + BESIDE_MM,
        y_mm=bench.y_mm,
        by=by,
        at=at,
    )


def _stations(
    session: Session, dice: Random, places: Mapping[str, Location], *, by: int, at: datetime
) -> tuple[Post, ...]:
    wanted = (
        ("Packing 1", StationKind.PACKING, "BENCH-1"),
        ("Packing 2", StationKind.PACKING, "BENCH-2"),
        ("Returns", StationKind.RETURNS, RETURNS_BENCH),
        ("Dock", StationKind.RECEIVING, "DOCK-1"),
    )
    posts = []
    for name, kind, code in wanted:
        place = places[code]
        station = stations.add_station(
            session, name=name, kind=kind, location_id=place.id, by=by, at=at
        )
        key = token(dice)
        _enrol(
            session,
            dice,
            name=f"Agent {name}",
            kind=DeviceKind.AGENT,
            key=key,
            station_id=station.id,
            by=by,
            at=at,
        )
        posts.append(Post(station.id, name, str(kind), key))
    return tuple(posts)


def add_tablet(session: Session, dice: Random, name: str, *, by: int, at: datetime) -> Post:
    """Let a tablet in."""
    key = token(dice)
    number = _enrol(session, dice, name=name, kind=DeviceKind.TABLET, key=key, by=by, at=at)
    return Post(number, name, str(DeviceKind.TABLET), key)


def _enrol(
    session: Session,
    dice: Random,
    *,
    name: str,
    kind: DeviceKind,
    key: str,
    station_id: int | None = None,
    by: int,
    at: datetime,
) -> int:
    code = f"{dice.randrange(10**ENROL_DIGITS):0{ENROL_DIGITS}d}"
    stations.invite(session, code=code, name=name, kind=kind, station_id=station_id, by=by, at=at)
    device = stations.enrol(session, code=code, name=None, token=key, at=at)
    assert device is not None, "the invitation was made in this very transaction"
    return device.device_id
