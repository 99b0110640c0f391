"""What a scan can mean at a returns bench: a bench, a parcel by any code on it, or a thing out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import FIXED, Kind, Role
from wms.bins.tables import Location
from wms.catalog.queries import units_per_scan
from wms.catalog.tables import Item
from wms.codes.queries import Kind as CodeKind
from wms.codes.queries import Meaning, normal, shown
from wms.floor.turn import Heard
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing.tables import Package
from wms.returns.dialogue import Bench, Found, Said, Scanned, Step, Where
from wms.returns.lifecycle import LIFECYCLE
from wms.returns.queries import open_of, owing
from wms.returns.tables import Return
from wms.stations.queries import station
from wms.stations.tables import Station

PLACES = (CodeKind.LOCATION, CodeKind.LPN, CodeKind.SHIPMENT)
"""Kinds whose code leads to a place; a box that left the house is one, and its label leads there."""

SAME_NUMBER = 5
"""Most orders of one number that are looked at: shops number theirs each for itself."""


def said_of(session: Session, where: Where, heard: Heard, by: int) -> Said:
    """Return what was heard, in the words of the dialogue."""
    if heard.order is not None:
        return Said(order=heard.order, number=heard.quantity)
    said = Said(heard.code.strip(), shown(heard.code), normal(heard.code))
    meanings = heard.meanings
    goods = tuple(its for one in meanings if (its := _goods(session, one)))
    if where.step not in (Step.BENCH, Step.PARCEL, Step.ITEM):
        return replace(said, goods=goods)
    benches = tuple(bench for one in meanings if (bench := _bench(session, one)))
    parcels = tuple(dict.fromkeys(_parcels(session, said.code, meanings, by)))
    return replace(said, benches=benches, parcels=parcels, goods=goods)


def bench_at(session: Session, location_id: int, station_id: int | None = None) -> Bench | None:
    """Return a place as a bench; None where nobody may look at parcels there: goods could be sold from it."""
    place = session.get(Location, location_id)
    if place is None or place.archived_at is not None or place.kind not in FIXED:
        return None
    if place.kind != Kind.BENCH and place.role != Role.RETURNS:
        return None
    return Bench(place.id, place.code, station_id)


def _bench(session: Session, meaning: Meaning) -> Bench | None:
    if meaning.kind is CodeKind.LOCATION:
        known = session.scalars(
            select(Station.id)
            .where(Station.location_id == meaning.target_id, Station.archived_at.is_(None))
            .order_by(Station.id)
        ).first()
        return bench_at(session, meaning.target_id, known)
    if meaning.kind is CodeKind.STATION:
        its = station(session, meaning.target_id)
        return bench_at(session, its.location_id, its.id) if its.location_id else None
    return None


def _parcels(session: Session, code: str, meanings: Sequence[Meaning], by: int) -> Iterator[Found]:
    known = [its for one in meanings for its in _of_meaning(session, one, by)]
    yield from known or _of_text(session, code, by)


def _of_meaning(session: Session, meaning: Meaning, by: int) -> Iterator[Found]:
    if meaning.kind is CodeKind.RETURN:
        yield from _of_return(session, session.get_one(Return, meaning.target_id), by)
    elif meaning.kind is CodeKind.ORDER:
        yield _of_order(session, session.get_one(Order, meaning.target_id), by)
    elif meaning.kind in PLACES:
        packed = session.scalar(
            select(FulfillmentOrder.order_id)
            .join(Package, Package.fo_id == FulfillmentOrder.id)
            .where(Package.location_id == meaning.target_id)
        )
        if packed is not None:
            yield _of_order(session, session.get_one(Order, packed), by)


def _of_text(session: Session, code: str, by: int) -> list[Found]:
    """Return what a number leads to that people read off a slip and type: a return's, an order's, a label's."""
    wanted = normal(code)
    announced = session.scalar(select(Return).where(Return.number == wanted))
    if announced is not None:
        return [*_of_return(session, announced, by)]
    query = select(Order).where(Order.number.in_({code, wanted})).order_by(Order.id)
    orders = session.scalars(query.limit(SAME_NUMBER)).all()
    found = list(dict.fromkeys(_of_order(session, order, by) for order in orders))
    return [one for one in found if one.shipped] or found


def _of_return(session: Session, row: Return, by: int) -> Iterator[Found]:
    """Return an open return as it is; of one that is over, what is left of its order."""
    order = session.get_one(Order, row.order_id) if row.order_id else None
    if row.state not in LIFECYCLE.ends:
        yield Found(order.number if order else "", row.order_id, row.id)
    elif order is not None:
        yield _of_order(session, order, by)


def _of_order(session: Session, order: Order, by: int) -> Found:
    if order.merged_into_id is not None:
        return _of_order(session, session.get_one(Order, order.merged_into_id), by)
    owed = owing(session, order.id)
    return Found(
        order.number,
        order.id,
        open_of(session, order.id, worker_id=by),
        sum(one.shipped for one in owed),
        sum(one.left for one in owed),
    )


def _goods(session: Session, meaning: Meaning) -> Scanned | None:
    if meaning.kind is not CodeKind.ITEM:
        return None
    item = session.get_one(Item, meaning.target_id)
    return Scanned(
        item.id,
        item.sku,
        units_per_scan(session, meaning),
        meaning.lot or "",
        meaning.serial or "",
        item.tracks_lots,
        item.tracks_serials,
    )
