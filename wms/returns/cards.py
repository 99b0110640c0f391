"""What is read at a returns bench beside the instruction: whose parcel it is, and what lies there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import FIXED, Kind, Role
from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.codes.queries import Kind as CodeKind
from wms.codes.queries import codes_of
from wms.floor.process import Worker
from wms.floor.turn import Thing
from wms.orders.queries import contacts
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.returns.dialogue import Bench, Parcel, Step, Where
from wms.returns.lifecycle import COMING, HERE
from wms.returns.meaning import bench_at
from wms.returns.showing import EXPECTED, Card
from wms.returns.tables import Return
from wms.stations.queries import bindings, station


def bench_of(session: Session, worker: Worker) -> Bench | None:
    """Return the bench that the person's device stands at; None where it stands at none."""
    if worker.device_id is None:
        return None
    for bound in bindings(session, device_ids=[worker.device_id]):
        its = station(session, bound.station_id)
        bench = bench_at(session, its.location_id, its.id) if its.location_id else None
        if bench is not None and its.archived_at is None:
            return bench
    return None


def card_of(session: Session, row: Return | None, parcel: Parcel | None, where: Where) -> Card:
    """Return what the screen of a step says beside the instruction."""
    if row is None or parcel is None:
        codes = _benches(session) if where.step is Step.BENCH else _parcels(session)
        return Card(codes=tuple(codes[:EXPECTED]))
    contact = contacts(session, [row.order_id]).get(row.order_id) if row.order_id else None
    item_id = where.hand.item_id if where.hand else parcel.lying.item_id if parcel.lying else None
    item = _item(session, item_id, parcel) if item_id else None
    return Card(contact.name if contact else "", row.reason, item)


def _item(session: Session, item_id: int, parcel: Parcel) -> Thing:
    item = session.get_one(Item, item_id)
    return Thing(item.name, item.sku, item.picture, (parcel.order or parcel.number,))


def _benches(session: Session) -> list[str]:
    query = select(Location.code).where(
        Location.archived_at.is_(None),
        (Location.kind == Kind.BENCH.value)
        | ((Location.role == Role.RETURNS.value) & Location.kind.in_([its.value for its in FIXED])),
    )
    is_other = Location.role != Role.RETURNS.value
    return list(session.scalars(query.order_by(is_other, Location.code).limit(EXPECTED)))


def _parcels(session: Session) -> list[str]:
    """Return codes of parcels that may lie here next: returns that are announced or begun, then what left last."""
    open_ = [state.value for state in (*HERE, *COMING)]
    told = session.scalars(
        select(Return.id)
        .where(Return.state.in_(open_), Return.worker_id.is_(None))
        .order_by(Return.id)
        .limit(EXPECTED)
    )
    codes = [
        code for one in told for code in codes_of(session, kind=CodeKind.RETURN, target_id=one)
    ]
    sent = session.scalars(
        select(Package.label_code)
        .where(Package.state == PackageState.HANDED_OVER.value)
        .order_by(Package.id.desc())
        .limit(EXPECTED)
    )
    return [*codes, *sent]
