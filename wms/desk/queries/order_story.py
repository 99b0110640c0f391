"""One order as a whole: what was bought, what is picked for it and from where, what stops it, and all that happened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.tables import Decision, StoredEvent
from wms.orders import queries as orders
from wms.orders.queries import Queued
from wms.orders.tables import (
    Channel,
    FoLine,
    FulfillmentOrder,
    LineAllocation,
    Order,
    OrderContact,
    OrderHold,
    OrderLine,
)
from wms.packing.tables import Package, PackageItem
from wms.picking.tables import PickRun, PickTask, ToteBinding
from wms.returns.tables import Return
from wms.shipping.tables import Shipment
from wms.stock.tables import Allocation, StockBalance
from wms.waves.tables import Wave, WaveMember

EVENTS = 300
"""Most facts that one page tells; the audit page has the others."""

DECISIONS = 200

LIVE_OR_USED = ("hard", "consumed")
"""Promises that still stand, or that were kept."""


@dataclass(frozen=True)
class Source:
    """Where units of a line are taken from, or were."""

    allocation_id: int
    location_id: int
    location: str
    balance_id: int
    quantity: int
    taken: int


@dataclass(frozen=True)
class Picked:
    """What one line of a part is: an item, or a part of a kit; how far it is, from which bins, into which totes."""

    line: FoLine
    item: Item
    fo: FulfillmentOrder
    sources: Sequence[Source]
    totes: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Bought:
    """One line that was bought, and what is picked for it: nothing while the order is not accepted."""

    line: OrderLine
    item: Item
    picked: Sequence[Picked]


@dataclass(frozen=True)
class Trip:
    """A run that takes something for this order."""

    run: PickRun
    stops: int
    done: int


@dataclass(frozen=True)
class Parcel:
    """A box of this order, what it holds, and its label: the one that counts, or the last there was."""

    package: Package
    units: int
    shipment: Shipment | None


@dataclass(frozen=True)
class Story:
    """All of an order."""

    order: Order
    channel: Channel
    contact: OrderContact | None
    lines: Sequence[Bought]
    fos: Sequence[FulfillmentOrder]
    holds: Sequence[tuple[OrderHold, Queued]]
    waves: Sequence[Wave]
    trips: Sequence[Trip]
    parcels: Sequence[Parcel]
    returns: Sequence[Return]
    facts: Sequence[StoredEvent]
    decisions: Sequence[Decision]


def story(session: Session, order_id: int) -> Story:
    """Return all of an order; raises NoSuchOrder."""
    order = orders.order(session, order_id)
    fos = session.scalars(
        select(FulfillmentOrder)
        .where(FulfillmentOrder.order_id == order_id)
        .order_by(FulfillmentOrder.part)
    ).all()
    fo_ids = [one.id for one in fos]
    runs = session.scalars(
        select(PickRun)
        .where(PickRun.id.in_(select(PickTask.run_id).where(PickTask.fo_id.in_(fo_ids))))
        .order_by(PickRun.id)
    ).all()
    members = select(WaveMember.wave_id).where(WaveMember.fo_id.in_(fo_ids))
    waves = session.scalars(select(Wave).where(Wave.id.in_(members)).order_by(Wave.id)).all()
    holds = orders.holds(session, [order_id])[order_id]
    parcels = _parcels(session, fo_ids)
    returns = session.scalars(
        select(Return).where(Return.order_id == order_id).order_by(Return.id)
    ).all()
    about = {
        "order": [order_id],
        "fo": fo_ids,
        "run": [one.id for one in runs],
        "package": [one.package.id for one in parcels],
        "shipment": _shipment_ids(session, parcels),
        "return": [one.id for one in returns],
    }
    return Story(
        order=order,
        channel=session.get_one(Channel, order.channel_id),
        contact=orders.contacts(session, [order_id]).get(order_id),
        lines=_lines(session, order_id, fos),
        fos=fos,
        holds=[(one, orders.queued(one, order)) for one in holds],
        waves=waves,
        trips=_trips(session, runs, fo_ids),
        parcels=parcels,
        returns=returns,
        facts=_facts(session, about),
        decisions=_decisions(session, about, fos, [one.id for one in waves]),
    )


def _lines(session: Session, order_id: int, fos: Sequence[FulfillmentOrder]) -> list[Bought]:
    by_id = {one.id: one for one in fos}
    sources = _sources(session, list(by_id))
    totes = _totes(session, list(by_id))
    rows = session.execute(
        select(FoLine, Item)
        .join(Item, Item.id == FoLine.item_id)
        .where(FoLine.fo_id.in_(by_id))
        .order_by(FoLine.fo_id, FoLine.id)
    ).all()
    picked: dict[int, list[Picked]] = {}
    for line, item in rows:
        one = Picked(
            line, item, by_id[line.fo_id], sources.get(line.id, ()), totes.get(line.fo_id, ())
        )
        picked.setdefault(line.order_line_id, []).append(one)
    bought = orders.lines(session, [order_id])[order_id]
    return [Bought(line, item, picked.get(line.id, ())) for line, item in bought]


def _sources(session: Session, fo_ids: Collection[int]) -> dict[int, list[Source]]:
    query = (
        select(
            FoLine.id,
            Allocation.id,
            Location.id,
            Location.code,
            StockBalance.id,
            Allocation.quantity,
            Allocation.consumed,
            Allocation.state,
        )
        .join(LineAllocation, LineAllocation.fo_line_id == FoLine.id)
        .join(Allocation, Allocation.id == LineAllocation.allocation_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(FoLine.fo_id.in_(fo_ids))
        .order_by(Allocation.id)
    )
    found: dict[int, list[Source]] = {}
    for row in session.execute(query):
        line_id, allocation_id, place_id, code, balance_id, quantity, taken, state = row
        if state in LIVE_OR_USED or taken:
            one = Source(allocation_id, place_id, code, balance_id, quantity, taken)
            found.setdefault(line_id, []).append(one)
    return found


def _totes(session: Session, fo_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(ToteBinding.fo_id, Location.id, Location.code)
        .join(Location, Location.id == ToteBinding.tote_id)
        .where(ToteBinding.fo_id.in_(fo_ids), ToteBinding.ended_at.is_(None))
        .order_by(ToteBinding.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for fo_id, tote_id, code in session.execute(query):
        found.setdefault(fo_id or 0, []).append((tote_id, code))
    return found


def _trips(session: Session, runs: Sequence[PickRun], fo_ids: Collection[int]) -> list[Trip]:
    tasks = session.execute(
        select(PickTask.run_id, PickTask.ended_at).where(PickTask.fo_id.in_(fo_ids))
    ).all()
    return [
        Trip(
            run,
            sum(run_id == run.id for run_id, _ in tasks),
            sum(run_id == run.id and ended_at is not None for run_id, ended_at in tasks),
        )
        for run in runs
    ]


def _parcels(session: Session, fo_ids: Collection[int]) -> list[Parcel]:
    units = (
        select(func.coalesce(func.sum(PackageItem.quantity), 0))
        .where(PackageItem.package_id == Package.id)
        .scalar_subquery()
    )
    query = select(Package, units).where(Package.fo_id.in_(fo_ids), Package.state != "void")
    rows = session.execute(query.order_by(Package.id)).all()
    numbers = [package.id for package, _ in rows]
    labels = session.scalars(
        select(Shipment)
        .where(Shipment.package_id.in_(numbers), Shipment.is_return.is_(False))
        .order_by(Shipment.id)
    )
    last = {one.package_id: one for one in labels}
    return [Parcel(package, count, last.get(package.id)) for package, count in rows]


def _shipment_ids(session: Session, parcels: Sequence[Parcel]) -> Sequence[int]:
    numbers = [one.package.id for one in parcels]
    return session.scalars(select(Shipment.id).where(Shipment.package_id.in_(numbers))).all()


def _facts(session: Session, about: Mapping[str, Collection[int]]) -> Sequence[StoredEvent]:
    """Return what happened to the order, its parts, their runs and their boxes, newest first."""
    told = or_(*(_about(subject, ids) for subject, ids in about.items()))
    query = select(StoredEvent).where(told).order_by(StoredEvent.id.desc()).limit(EVENTS)
    return session.scalars(query).all()


def _decisions(
    session: Session,
    about: Mapping[str, Collection[int]],
    fos: Sequence[FulfillmentOrder],
    wave_ids: Collection[int],
) -> list[Decision]:
    """Return every choice that was made for an order, in the order in which they were made."""
    numbers = {one.number for one in fos}
    fo_ids = [one.id for one in fos]
    promised = select(LineAllocation.allocation_id).join(
        FoLine, FoLine.id == LineAllocation.fo_line_id
    )
    items = select(FoLine.item_id).where(FoLine.fo_id.in_(fo_ids))
    chosen = or_(
        *(_decided(subject, ids) for subject, ids in about.items()),
        _decided("wave", wave_ids),
        and_(
            Decision.subject == "allocation",
            Decision.subject_id.in_(promised.where(FoLine.fo_id.in_(fo_ids))),
        ),
        and_(Decision.subject == "item", Decision.subject_id.in_(items)),
    )
    query = select(Decision).where(chosen).order_by(Decision.id.desc()).limit(DECISIONS)
    found = [one for one in session.scalars(query) if _is_for(one, numbers)]
    return found[::-1]


def _is_for(decision: Decision, numbers: Collection[str]) -> bool:
    """Tell whether a choice about an item was made for one of these parts: nothing of it could be promised."""
    return decision.subject != "item" or decision.inputs.get("reference") in numbers


def _about(subject: str, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(StoredEvent.subject == subject, StoredEvent.subject_id.in_(ids))


def _decided(subject: str, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(Decision.subject == subject, Decision.subject_id.in_(ids))
