"""Stock that became free goes to those who wait for it; a promise that was broken is made anew elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.orders.actions.allocating import allocate
from wms.orders.actions.gating import hold_fo
from wms.orders.actions.revoking import end_promises
from wms.orders.actions.works import move_state
from wms.orders.lifecycle import FoState, FoVerb
from wms.orders.tables import Channel, FoLine, FulfillmentOrder, LineAllocation, Order
from wms.stock.queries import AllocationState, availability
from wms.stock.tables import Allocation, ItemAvailability

AT_ONCE = 200
"""Most fulfillment orders that one arrival of goods is offered to; the schedule offers it again to the next ones."""


def free_backorders(
    session: Session, *, warehouse_id: int, item_id: int, by: int, at: datetime
) -> list[int]:
    """Promise an item that became free to those who wait, by priority and promised date; returns who got some."""
    waiting = _waiting(session, warehouse_id, item_id)
    chosen = list(_served(session, warehouse_id, waiting)) if waiting else []
    if not chosen:
        return []
    states = allocate(session, chosen, by=by, at=at)
    return [fo_id for fo_id, state in states.items() if state is FoState.ALLOCATED]


def free_all_backorders(session: Session, *, by: int, at: datetime) -> int:
    """Offer everything that lies free to those who wait for it: whatever news got lost, nobody waits for ever."""
    free = ItemAvailability.sellable - ItemAvailability.soft - ItemAvailability.hard
    wanted = session.execute(
        select(FulfillmentOrder.warehouse_id, FoLine.item_id)
        .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
        .join(
            ItemAvailability,
            (ItemAvailability.warehouse_id == FulfillmentOrder.warehouse_id)
            & (ItemAvailability.item_id == FoLine.item_id),
        )
        .where(FulfillmentOrder.state == FoState.BACKORDERED.value, free > 0)
        .distinct()
        .order_by(FulfillmentOrder.warehouse_id, FoLine.item_id)
        .limit(AT_ONCE)
    ).all()
    served = 0
    for warehouse_id, item_id in wanted:
        served += len(
            free_backorders(session, warehouse_id=warehouse_id, item_id=item_id, by=by, at=at)
        )
    return served


def mend(session: Session, *, allocation_id: int, by: int, at: datetime) -> FoState | None:
    """See to a promise that ended: where its fulfillment order still counts on it, promise all of it anew.

    What is on the floor already is left to the floor, which finds out at the bin. Nothing happens where the promise was
    given back by whoever had it, however often this is told.
    """
    fo_id = session.scalar(
        select(FoLine.fo_id)
        .join(LineAllocation, LineAllocation.fo_line_id == FoLine.id)
        .where(LineAllocation.allocation_id == allocation_id)
    )
    if fo_id is None:
        return None
    held = hold_fo(session, fo_id)
    if held.state is not FoState.ALLOCATED or not _is_broken(session, fo_id):
        return held.state
    move_state(session, fo_id, held.state, FoVerb.DEALLOCATE)
    end_promises(session, fo_id, by=by, at=at)
    return allocate(session, [fo_id], by=by, at=at)[fo_id]


def _is_broken(session: Session, fo_id: int) -> bool:
    counted = session.scalar(select(func.sum(FoLine.allocated)).where(FoLine.fo_id == fo_id))
    stands = session.scalar(
        select(func.coalesce(func.sum(Allocation.quantity - Allocation.consumed), 0))
        .join(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .join(FoLine, FoLine.id == LineAllocation.fo_line_id)
        .where(FoLine.fo_id == fo_id, Allocation.state == AllocationState.HARD)
    )
    return counted != stands


def _waiting(session: Session, warehouse_id: int, item_id: int) -> Sequence[tuple[int, bool]]:
    """Return who waits for an item, whose turn is next first, and whether each takes a part of what it wants."""
    wants = select(FoLine.id).where(FoLine.fo_id == FulfillmentOrder.id, FoLine.item_id == item_id)
    rows = session.execute(
        select(FulfillmentOrder.id, Channel.ships_partly)
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .join(Channel, Channel.id == Order.channel_id)
        .where(
            FulfillmentOrder.state == FoState.BACKORDERED.value,
            FulfillmentOrder.warehouse_id == warehouse_id,
            wants.exists(),
        )
        .order_by(
            FulfillmentOrder.priority.desc(),
            FulfillmentOrder.ship_by.is_(None),
            FulfillmentOrder.ship_by,
            FulfillmentOrder.id,
        )
        .limit(AT_ONCE)
    )
    return [(fo_id, ships_partly) for fo_id, ships_partly in rows]


def _served(
    session: Session, warehouse_id: int, waiting: Sequence[tuple[int, bool]]
) -> Iterator[int]:
    """Yield those for whom there is enough, as far as can be seen before anything is locked."""
    wants: dict[int, dict[int, int]] = {}
    for fo_id, item_id, units in session.execute(
        select(FoLine.fo_id, FoLine.item_id, FoLine.ordered).where(
            FoLine.fo_id.in_([fo_id for fo_id, _ in waiting])
        )
    ):
        items = wants.setdefault(fo_id, {})
        items[item_id] = items.get(item_id, 0) + units
    every_item = {item_id for items in wants.values() for item_id in items}
    there = availability(session, every_item, warehouse_id)
    free = {item_id: one.available_to_promise for item_id, one in there.items()}
    for fo_id, ships_partly in waiting:
        if _can_be_served(wants[fo_id], free, ships_partly=ships_partly):
            for item_id, units in wants[fo_id].items():
                free[item_id] = max(free[item_id] - units, 0)
            yield fo_id


def _can_be_served(
    wants: Mapping[int, int], free: Mapping[int, int], *, ships_partly: bool
) -> bool:
    if ships_partly:
        return any(free[item_id] > 0 for item_id in wants)
    return all(free[item_id] >= units for item_id, units in wants.items())
