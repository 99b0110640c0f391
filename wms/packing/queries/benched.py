"""A fulfillment order as it is packed, and what still waits for a packer in a tote."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.orders.gate import FoState
from wms.orders.queries import NoSuchFo
from wms.orders.tables import FoLine, FulfillmentOrder, Order, OrderLine
from wms.packing.queries.packages import packages_of_fo
from wms.packing.tables import PackAct, Package, PackageItem
from wms.picking.queries import InTote, live_binding, picked_into

MISSING = "missing"


@dataclass(frozen=True)
class BenchLine:
    """One line of a fulfillment order as a packer needs it."""

    fo_line_id: int
    item_id: int
    sku: str
    name: str
    picture: str | None
    weight_g: int | None
    personalisation: str
    picked: int
    packed: int
    missing: int


@dataclass(frozen=True)
class Benched:
    """A fulfillment order as it is packed: its lines, its boxes, and what the customer asked for."""

    fo_id: int
    number: str
    order_id: int
    order: str
    state: FoState
    ship_by: datetime | None
    carrier: str
    service: str
    note: str
    gift_note: str
    lines: tuple[BenchLine, ...]
    packages: tuple[Package, ...]
    """Void ones are left out; in the order of their parts."""


def bench_of(session: Session, fo_id: int) -> Benched:
    """Return a fulfillment order as a bench shows it; raises NoSuchFo."""
    found = session.execute(
        select(FulfillmentOrder, Order)
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .where(FulfillmentOrder.id == fo_id)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NoSuchFo(fo=fo_id)
    fo, order = found
    return Benched(
        fo_id=fo.id,
        number=fo.number,
        order_id=order.id,
        order=order.number,
        state=FoState(fo.state),
        ship_by=fo.ship_by,
        carrier=order.carrier,
        service=order.service,
        note=order.note,
        gift_note=order.gift_note,
        lines=_lines(session, fo_id),
        packages=tuple(packages_of_fo(session, fo_id)),
    )


def in_tote(session: Session, tote_id: int) -> tuple[InTote, ...]:
    """Return what still waits in a bound tote: picked into it, and neither packed nor missing; the earliest first."""
    picked = picked_into(session, tote_id)
    if not picked:
        return ()
    gone = _gone(session, tote_id, {one.fo_id for one in picked})
    ranks = _ranks(session, {one.fo_id for one in picked})
    left = (replace(one, quantity=one.quantity - gone[_thing(one)]) for one in picked)
    return tuple(
        sorted(
            (one for one in left if one.quantity > 0),
            key=lambda one: (ranks[one.fo_id], one.fo_line_id, one.lot_id, one.serial_id),
        )
    )


def undoable(session: Session, worker_id: int) -> bool:
    """Tell whether a packer did something that may be taken back."""
    query = select(PackAct.id).where(PackAct.worker_id == worker_id, PackAct.undone_at.is_(None))
    return session.scalar(query.limit(1)) is not None


def _lines(session: Session, fo_id: int) -> tuple[BenchLine, ...]:
    query = (
        select(
            FoLine.id,
            FoLine.item_id,
            Item.sku,
            Item.name,
            Item.picture,
            Item.weight_g,
            OrderLine.personalisation,
            FoLine.picked,
            FoLine.packed,
            FoLine.missing,
        )
        .join(Item, Item.id == FoLine.item_id)
        .join(OrderLine, OrderLine.id == FoLine.order_line_id)
        .where(FoLine.fo_id == fo_id)
        .order_by(FoLine.id)
    )
    rows: Any = session.execute(query)
    return tuple(BenchLine(*row) for row in rows)


_Key = tuple[int, int, int]
"""Line, lot, serial."""


def _thing(one: InTote) -> _Key:
    return one.fo_line_id, one.lot_id, one.serial_id


def _gone(session: Session, tote_id: int, fo_ids: Collection[int]) -> Counter[_Key]:
    """Return what went out of a tote since it was bound: into boxes, or missing."""
    packed = session.execute(
        select(
            PackageItem.fo_line_id,
            PackageItem.lot_id,
            PackageItem.serial_id,
            PackageItem.quantity,
        )
        .join(Package, Package.id == PackageItem.package_id)
        .where(PackageItem.tote_id == tote_id, Package.fo_id.in_(fo_ids))
    )
    gone: Counter[_Key] = Counter()
    for line_id, lot_id, serial_id, units in packed:
        gone[line_id, lot_id, serial_id] += units
    binding = live_binding(session, tote_id)
    assert binding is not None
    missing = session.scalars(
        select(PackAct.before).where(
            PackAct.tote_id == tote_id,
            PackAct.fo_id.in_(fo_ids),
            PackAct.verb == MISSING,
            PackAct.acted_at >= binding.bound_at,
        )
    )
    for before in missing:
        units = before["units"]
        gone[units["fo_line_id"], units["lot_id"], units["serial_id"]] += units["quantity"]
    return gone


def _ranks(session: Session, fo_ids: Collection[int]) -> dict[int, tuple[bool, float, int]]:
    """Return whose turn it is: the earliest promise, then the oldest."""
    rows = session.execute(
        select(FulfillmentOrder.id, FulfillmentOrder.ship_by).where(FulfillmentOrder.id.in_(fo_ids))
    )
    return {
        row.id: (row.ship_by is None, row.ship_by.timestamp() if row.ship_by else 0.0, row.id)
        for row in rows
    }
