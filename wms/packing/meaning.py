"""What a scan can mean at a bench: totes and boxes, goods and how many, a label, a bench, or a button."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Kind as PlaceKind
from wms.bins.tables import Location
from wms.catalog import queries as catalog
from wms.catalog.tables import Item
from wms.codes.queries import Kind, Meaning
from wms.floor.process import Worker
from wms.floor.turn import Heard
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing import queries
from wms.packing.dialogue import Goods, Job, Parcel, Said, Spot
from wms.packing.lifecycle import LIVE, PackageState
from wms.packing.tables import Package
from wms.people.policy import LEADS
from wms.picking.queries import totes_of_fo
from wms.stations.actions import StationKind
from wms.stations.tables import Station

PLACES = (Kind.LOCATION, Kind.LPN)


def said_of(session: Session, worker: Worker, job: Job, heard: Heard) -> Said:
    """Return what was heard as the dialogue takes it."""
    code = heard.code.strip()
    is_scan = heard.order is None and bool(code)
    places = _places(session, heard)
    parcels = _parcels(session, places, code) if is_scan else ()
    is_strange = is_scan and not heard.meanings and not parcels
    return Said(
        code=code,
        spots=tuple(Spot(one.id, one.code, one.kind) for one in places if not _is_box(one)),
        goods=_goods(session, heard),
        parcels=parcels,
        stations=_stations(session, heard),
        orders=tuple(_order(session, one.target_id) for one in _of(heard, Kind.ORDER)),
        is_label=is_scan and _is_label(session, job, code),
        is_void_label=is_strange and queries.is_void_label(session, code),
        order=heard.order,
        quantity=heard.quantity,
        is_lead=not worker.roles.isdisjoint(role.value for role in LEADS),
    )


def _of(heard: Heard, *kinds: Kind) -> list[Meaning]:
    return [meaning for meaning in heard.meanings if meaning.kind in kinds]


def _places(session: Session, heard: Heard) -> list[Location]:
    found = (session.get(Location, one.target_id) for one in _of(heard, *PLACES, Kind.SHIPMENT))
    return [place for place in found if place is not None]


def _is_box(place: Location) -> bool:
    return place.kind == PlaceKind.PACKAGE


def _goods(session: Session, heard: Heard) -> tuple[Goods, ...]:
    goods = []
    for meaning in _of(heard, Kind.ITEM):
        item = session.get(Item, meaning.target_id)
        if item is not None:
            units = catalog.units_per_scan(session, meaning)
            goods.append(Goods(item.id, item.sku, units, meaning.lot, meaning.serial))
    return tuple(goods)


def _parcels(session: Session, places: list[Location], code: str) -> tuple[Parcel, ...]:
    numbers = [place.id for place in places if _is_box(place)]
    found = list(session.scalars(select(Package).where(Package.location_id.in_(numbers))))
    if not found and not places:
        other = queries.package_of_code(session, code)
        found = [other] if other else []
    return tuple(parcel_of(session, package) for package in found)


def parcel_of(session: Session, package: Package) -> Parcel:
    """Return a box as the dialogue knows it that a scan means."""
    number = session.scalar(
        select(Order.number)
        .join(FulfillmentOrder, FulfillmentOrder.order_id == Order.id)
        .where(FulfillmentOrder.id == package.fo_id)
    )
    label = package.label_code if package.state == PackageState.STAGED else ""
    is_live = package.state in LIVE
    state = PackageState(package.state)
    return Parcel(package.id, package.number, number or "", is_live, state, label)


def _stations(session: Session, heard: Heard) -> tuple[int, ...]:
    found = (session.get(Station, one.target_id) for one in _of(heard, Kind.STATION))
    return tuple(
        one.id
        for one in found
        if one is not None and one.archived_at is None and one.kind == StationKind.PACKING
    )


def _order(session: Session, order_id: int) -> tuple[str, str]:
    """Return an order's number, and the totes that its units lie in."""
    number = session.scalar(select(Order.number).where(Order.id == order_id)) or ""
    fos = session.scalars(select(FulfillmentOrder.id).where(FulfillmentOrder.order_id == order_id))
    totes = [one.tote_id for fo_id in fos.all() for one in totes_of_fo(session, fo_id)]
    names = session.scalars(
        select(Location.code).where(Location.id.in_(totes)).order_by(Location.code)
    )
    return number, ", ".join(names)


def _is_label(session: Session, job: Job, code: str) -> bool:
    if job.box is None or not job.box.label_code:
        return False
    return queries.is_label_of(queries.package(session, job.box.id), code)
