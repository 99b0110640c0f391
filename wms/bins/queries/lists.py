"""Which places there are."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from wms.bins.places import MOVABLE, Kind, Outside, Role
from wms.bins.tables import CarrierLane, Location, Lpn, LpnMove, Warehouse, Zone
from wms.codes import queries as codes

UNLISTED = (Kind.OUTSIDE, Kind.PERSON, Kind.PACKAGE)
"""Kinds that are told only when asked for: the house makes them as it goes."""


def warehouses(session: Session) -> Sequence[Warehouse]:
    """Return the warehouses in use, in the order of their codes."""
    return session.scalars(warehouses_asked().order_by(Warehouse.code)).all()


def zones(session: Session, warehouse_id: int | None = None) -> Sequence[Zone]:
    """Return the zones in use, of one warehouse or of all."""
    return session.scalars(zones_asked(warehouse_id).order_by(Zone.warehouse_id, Zone.code)).all()


def counts(session: Session) -> Mapping[str, int]:
    """Return how many places in use there are of each kind, in the whole house."""
    query = select(Location.kind, func.count()).where(Location.archived_at.is_(None))
    return dict(session.execute(query.group_by(Location.kind)).all())


def outside(session: Session, warehouse_id: int, place: Outside) -> int:
    """Return the number of an outside place of a warehouse."""
    query = select(Location.id).where(
        Location.warehouse_id == warehouse_id, Location.code == place, Location.kind == Kind.OUTSIDE
    )
    return session.scalars(query).one()


def location_by_code(session: Session, warehouse_id: int, code: str) -> Location | None:
    """Return a place of a warehouse, archived or not, by the code it was made with."""
    query = select(Location).where(Location.warehouse_id == warehouse_id, Location.code == code)
    return session.scalar(query)


def place_scanned(session: Session, text: str) -> int | None:
    """Return the place that a scan or a typed code means, with or without the prefix of its label."""
    kinds = (codes.Kind.LOCATION, codes.Kind.LPN)
    found = [meaning for meaning in codes.resolve(session, text) if meaning.kind in kinds]
    return found[0].target_id if len(found) == 1 else None


def names(session: Session, location_ids: Collection[int]) -> Mapping[int, str]:
    """Return the codes of these places."""
    query = select(Location.id, Location.code).where(Location.id.in_(location_ids))
    return dict(session.execute(query).all())


def warehouse_names(session: Session, warehouse_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these warehouses."""
    query = select(Warehouse.id, Warehouse.name).where(Warehouse.id.in_(warehouse_ids))
    return dict(session.execute(query).all())


def zone_names(session: Session, zone_ids: Collection[int]) -> Mapping[int, str]:
    """Return the codes of these zones."""
    return dict(session.execute(select(Zone.id, Zone.code).where(Zone.id.in_(zone_ids))).all())


def lane_names(session: Session, lane_ids: Collection[int]) -> Mapping[int, str]:
    """Return the carriers of these lanes."""
    query = select(CarrierLane.id, CarrierLane.carrier).where(CarrierLane.id.in_(lane_ids))
    return dict(session.execute(query).all())


def warehouses_asked(*, archived: bool = False) -> Select[Warehouse]:
    """Return the question for warehouses."""
    return select(Warehouse).where(_is(Warehouse.archived_at, archived=archived))


def zones_asked(warehouse_id: int | None = None, *, archived: bool = False) -> Select[Zone]:
    """Return the question for zones."""
    query = select(Zone).where(_is(Zone.archived_at, archived=archived))
    return query.where(Zone.warehouse_id == warehouse_id) if warehouse_id else query


def locations_asked(
    *,
    warehouse_id: int | None = None,
    zone_id: int | None = None,
    kind: Kind | None = None,
    role: Role | None = None,
    is_pick_face: bool | None = None,
    q: str = "",
    archived: bool = False,
) -> Select[Location]:
    """Return the question for places; `q` is a part of their code."""
    wanted = {
        Location.warehouse_id: warehouse_id,
        Location.zone_id: zone_id,
        Location.kind: kind,
        Location.role: role,
        Location.is_pick_face: is_pick_face,
    }
    query = select(Location).where(_is(Location.archived_at, archived=archived))
    query = query.where(*(column == value for column, value in wanted.items() if value is not None))
    if kind is None:
        query = query.where(Location.kind.not_in(UNLISTED))
    return query.where(Location.code.icontains(q, autoescape=True)) if q else query


def lpns_asked(
    *,
    warehouse_id: int | None = None,
    kind: Kind | None = None,
    stands_in_id: int | None = None,
    archived: bool = False,
) -> Select[Location, Lpn]:
    """Return the question for totes, cartons, pallets and carts."""
    wanted = {
        Location.warehouse_id: warehouse_id,
        Location.kind: kind,
        Location.parent_id: stands_in_id,
    }
    query = select(Location, Lpn).join(Lpn, Lpn.location_id == Location.id)
    query = query.where(_is(Location.archived_at, archived=archived), Location.kind.in_(MOVABLE))
    return query.where(*(column == value for column, value in wanted.items() if value is not None))


def lpn_moves_asked(lpn_id: int) -> Select[LpnMove]:
    """Return the question for where a thing stood."""
    return select(LpnMove).where(LpnMove.location_id == lpn_id)


def lanes_asked(warehouse_id: int | None = None, *, archived: bool = False) -> Select[CarrierLane]:
    """Return the question for lanes."""
    query = select(CarrierLane).where(_is(CarrierLane.archived_at, archived=archived))
    return query.where(CarrierLane.warehouse_id == warehouse_id) if warehouse_id else query


def _is(column: InstrumentedAttribute[Any], *, archived: bool) -> ColumnElement[bool]:
    return column.is_not(None) if archived else column.is_(None)
