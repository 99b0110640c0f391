"""Invoices that take back: units of an order that nobody works on yet are cancelled, the rest is to come back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.channels.counts import Tally
from wms.channels.filed import FiledLine, FiledReversal
from wms.channels.knowing import Knowing
from wms.orders import actions as orders
from wms.orders.actions.locking import CLOSED, OrderOver, OrderUnderWay
from wms.orders.tables import Order, OrderContact, OrderLine


def take_back(
    session: Session,
    told: FiledReversal,
    channel_id: int,
    knowing: Knowing,
    tally: Tally,
    *,
    by: int,
    at: datetime,
) -> list[dict[str, Any]]:
    """Cancel what can be, the customer's newest order first; returns what came of each line."""
    outcome = []
    for line in told.lines:
        item = knowing.item(line.sku)
        assert item is not None, "every line was looked at before anything is written"
        bought = _bought(session, told, channel_id, item.id)
        cancelled = _cancel(session, bought, line, by=by, at=at)
        tally.units_cancelled += cancelled
        tally.units_to_return += line.quantity - cancelled
        came = {"cancelled": cancelled, "to_return": line.quantity - cancelled}
        outcome.append({"sku": line.sku, "item_id": item.id, **came})
    return outcome


def _bought(
    session: Session, told: FiledReversal, channel_id: int, item_id: int
) -> Sequence[tuple[int, int]]:
    """Return the lines that the customer bought before, newest first, with the units that are still wanted."""
    query = (
        select(OrderLine.id, OrderLine.quantity - OrderLine.cancelled)
        .join(Order, Order.id == OrderLine.order_id)
        .join(OrderContact, OrderContact.order_id == Order.id)
        .where(
            OrderContact.name == told.customer,
            Order.channel_id == channel_id,
            Order.placed_at <= told.told_at,
            Order.state.not_in([state.value for state in CLOSED]),
            OrderLine.item_id == item_id,
            OrderLine.cancelled < OrderLine.quantity,
        )
        .order_by(Order.placed_at.desc(), OrderLine.id)
    )
    return [(line_id, left) for line_id, left in session.execute(query)]


def _cancel(
    session: Session, bought: Sequence[tuple[int, int]], line: FiledLine, *, by: int, at: datetime
) -> int:
    done = 0
    for line_id, left in bought:
        quantity = min(left, line.quantity - done)
        if not quantity:
            break
        try:
            orders.cancel_line(session, line_id=line_id, quantity=quantity, by=by, at=at)
        except (OrderUnderWay, OrderOver):
            continue  # said before anything was changed: the floor has it in hand, so it comes back as a return
        done += quantity
    return done
