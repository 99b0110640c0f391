"""What orders still want of the house: their lines without what was cancelled or is being worked on, kits as parts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import KitPart
from wms.kernel.statements import Lookup
from wms.orders.actions.works import WorkLine
from wms.orders.lifecycle import FoState
from wms.orders.tables import Channel, FoLine, FulfillmentOrder, Order, OrderLine

_ORDERS = Lookup(
    Order.id,
    lambda wanted: (
        select(
            Order.id,
            Order.number,
            Order.priority,
            Order.carrier,
            Order.promised_on,
            Channel.ships_partly,
        )
        .join(Channel, Channel.id == Order.channel_id)
        .where(wanted)
    ),
)
_LINES = Lookup(
    OrderLine.order_id,
    lambda wanted: (
        select(
            OrderLine.order_id,
            OrderLine.id,
            OrderLine.item_id,
            OrderLine.quantity - OrderLine.cancelled,
        )
        .where(wanted)
        .order_by(OrderLine.order_id, OrderLine.line)
    ),
)
_COVERED = Lookup(
    FulfillmentOrder.order_id,
    lambda wanted: (
        select(
            FulfillmentOrder.order_id,
            FulfillmentOrder.part,
            FulfillmentOrder.state,
            FoLine.order_line_id,
            FoLine.item_id,
            FoLine.ordered,
        )
        .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
        .where(wanted)
    ),
)


_PARTS = Lookup(
    KitPart.kit_id,
    lambda wanted: (
        select(KitPart.kit_id, KitPart.part_id, KitPart.quantity)
        .where(wanted)
        .order_by(KitPart.kit_id, KitPart.part_id)
    ),
)


@dataclass(slots=True)
class Wanted:
    """What one order still wants."""

    order_id: int
    number: str
    priority: int
    carrier: str
    promised_on: str | None
    ships_partly: bool
    last_part: int = 0
    lines: list[WorkLine] = field(default_factory=list)


def wanted_of(session: Session, order_ids: Collection[int]) -> list[Wanted]:
    """Return what these orders still want, in the order of their numbers."""
    wanted = {row[0]: _wanted(row) for row in _ORDERS.all(session, order_ids)}
    lines = _LINES.all(session, order_ids)
    covered = _covered(session, order_ids, wanted)
    kits = _kits(session, {row[2] for row in lines})
    for order_id, line_id, item_id, units in lines:
        for part_id, each in kits.get(item_id, [(item_id, 1)]):
            left = units * each - covered.get((line_id, part_id), 0)
            if left > 0:
                wanted[order_id].lines.append(WorkLine(line_id, part_id, left))
    return [wanted[order_id] for order_id in sorted(wanted)]


def _kits(session: Session, item_ids: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    kits: dict[int, list[tuple[int, int]]] = {}
    for kit_id, part_id, each in _PARTS.all(session, item_ids):
        kits.setdefault(kit_id, []).append((part_id, each))
    return kits


def _wanted(row: tuple[Any, ...]) -> Wanted:
    order_id, number, priority, carrier, promised_on, ships_partly = row
    day = str(promised_on) if promised_on else None
    return Wanted(order_id, number, priority, carrier, day, bool(ships_partly))


def _covered(
    session: Session, order_ids: Collection[int], wanted: dict[int, Wanted]
) -> dict[tuple[int, int], int]:
    """Return by line and item what live parts cover, and note the last part of each order."""
    covered: dict[tuple[int, int], int] = {}
    for order_id, part, state, line_id, item_id, ordered in _parts(session, order_ids):
        one = wanted[order_id]
        one.last_part = max(one.last_part, part)
        if state != FoState.CANCELLED:
            covered[line_id, item_id] = covered.get((line_id, item_id), 0) + ordered
    return covered


def _parts(session: Session, order_ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
    yield from _COVERED.all(session, order_ids)
