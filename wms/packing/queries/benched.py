"""A fulfillment order as it is packed, and what still waits for a packer in a tote."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.prepared import Prepared
from wms.kernel.statements import Lookup
from wms.orders.gate import FoState
from wms.orders.queries import NoSuchFo
from wms.orders.tables import FoLine, FulfillmentOrder, Order, OrderLine
from wms.packing.queries.packages import packages_of_fo
from wms.packing.tables import PackAct, Package, PackageItem
from wms.picking.queries import InTote, picked_into
from wms.picking.tables import ToteBinding

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
    found = session.execute(_HEADER, {"fo_id": fo_id}).first()
    if found is None:
        raise NoSuchFo(fo=fo_id)
    number, order_id, order, state, ship_by, carrier, service, note, gift_note = found
    return Benched(
        fo_id=fo_id,
        number=number,
        order_id=order_id,
        order=order,
        state=FoState(state),
        ship_by=ship_by,
        carrier=carrier,
        service=service,
        note=note,
        gift_note=gift_note,
        lines=_lines(session, fo_id),
        packages=tuple(packages_of_fo(session, fo_id)),
    )


def in_tote(session: Session, tote_id: int) -> tuple[InTote, ...]:
    """Return what still waits in a bound tote: picked into it, and neither packed nor missing; the earliest first."""
    picked = picked_into(session, tote_id)
    gone = _gone(session, tote_id, {one.fo_id for one in picked})
    left = (replace(one, quantity=one.quantity - gone[_thing(one)]) for one in picked)
    return tuple(one for one in left if one.quantity > 0)


_HEADER = (
    select(
        FulfillmentOrder.number,
        Order.id,
        Order.number,
        FulfillmentOrder.state,
        FulfillmentOrder.ship_by,
        Order.carrier,
        Order.service,
        Order.note,
        Order.gift_note,
    )
    .join(Order, Order.id == FulfillmentOrder.order_id)
    .where(FulfillmentOrder.id == bindparam("fo_id"))
)
_LINES = Prepared(
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
    .where(FoLine.fo_id == bindparam("fo_id"))
    .order_by(FoLine.id)
)


def _lines(session: Session, fo_id: int) -> tuple[BenchLine, ...]:
    session.flush()  # the statement runs straight on the driver
    return tuple(BenchLine(*row) for row in _LINES.all(session, {"fo_id": fo_id}))


_Key = tuple[int, int, int]
"""Line, lot, serial."""


def _thing(one: InTote) -> _Key:
    return one.fo_line_id, one.lot_id, one.serial_id


_PACKED = Lookup(
    Package.fo_id,
    lambda wanted: (
        select(
            PackageItem.fo_line_id,
            PackageItem.lot_id,
            PackageItem.serial_id,
            PackageItem.quantity,
        )
        .join(Package, Package.id == PackageItem.package_id)
        .where(wanted, PackageItem.tote_id == bindparam("tote_id"))
    ),
)
_UNITS = PackAct.before["units"]
_LOST = Lookup(
    PackAct.fo_id,
    lambda wanted: (
        select(
            *(
                _UNITS[name].as_integer()
                for name in ("fo_line_id", "lot_id", "serial_id", "quantity")
            )
        )
        .join(ToteBinding, ToteBinding.tote_id == PackAct.tote_id)
        .where(
            wanted,
            PackAct.tote_id == bindparam("tote_id"),
            PackAct.verb == MISSING,
            PackAct.undone_at.is_(None),
            ToteBinding.ended_at.is_(None),
            PackAct.acted_at >= ToteBinding.bound_at,
        )
    ),
)


def _gone(session: Session, tote_id: int, fo_ids: Collection[int]) -> Counter[_Key]:
    """Return what went out of a tote since it was bound: into boxes, or missing."""
    gone: Counter[_Key] = Counter()
    for way in (_PACKED, _LOST):
        for line_id, lot_id, serial_id, units in way.all(session, fo_ids, tote_id=tote_id):
            gone[line_id, lot_id, serial_id] += units
    return gone
