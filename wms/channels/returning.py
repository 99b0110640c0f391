"""What a channel took back and we had shipped is announced as a return: when it is told, or else when it is shipped."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.channels.tables import ChannelNotice
from wms.orders.events import FulfillmentShipped
from wms.orders.tables import FoLine, Order, OrderContact, OrderLine
from wms.returns import actions as returns
from wms.returns.actions import Advised
from wms.returns.queries import unannounced

REVERSAL = "reversal"

LATER_LIMIT = 500
"""Most notices of a channel since an order was placed that are looked through when it leaves the house."""


def announce_what_left(session: Session, fact: FulfillmentShipped, by: int, at: datetime) -> None:
    """Announce what the channel took back of an order before it left the house."""
    order = session.get_one(Order, fact.order_id)
    contact = session.get(OrderContact, order.id)
    if contact is None or not contact.name:
        return
    told = session.scalars(
        select(ChannelNotice)
        .where(
            ChannelNotice.channel_id == order.channel_id,
            ChannelNotice.kind == REVERSAL,
            ChannelNotice.told_at >= order.placed_at,
        )
        .order_by(ChannelNotice.id)
        .limit(LATER_LIMIT)
    ).all()
    for notice in told:
        if notice.told.get("customer") == contact.name:
            announce_reversal(session, notice, by=by, at=at)


def announce_reversal(
    session: Session, notice: ChannelNotice, *, by: int, at: datetime
) -> list[int]:
    """Announce what of a reversal left the house and nobody announced yet; returns the numbers of the returns."""
    session.flush()
    session.refresh(notice, with_for_update=True)
    lines: list[dict[str, Any]] = [dict(line) for line in notice.told["lines"]]
    wanted: dict[int, dict[int, int]] = {}
    for line in lines:
        for order_id, line_id, units in _shares(session, notice, line, wanted):
            its = wanted.setdefault(order_id, {})
            its[line_id] = its.get(line_id, 0) + units
            line["announced"] = line.get("announced", 0) + units
    if wanted:
        notice.told = {**notice.told, "lines": lines}
        session.flush()
    return [
        returns.announce(
            session,
            order_id=order_id,
            lines=[Advised(line_id, units) for line_id, units in its.items()],
            reason=notice.source_id,
            by=by,
            at=at,
        ).id
        for order_id, its in wanted.items()
    ]


def _shares(
    session: Session, notice: ChannelNotice, line: dict[str, Any], taken: dict[int, dict[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield order, line and units that may stand for what a line takes back: the customer's newest purchase first."""
    rest = line.get("to_return", 0) - line.get("announced", 0)
    for order_id, line_id in _bought(session, notice, line["item_id"]) if rest > 0 else ():
        left = unannounced(session, order_id).get(line_id, 0)
        units = min(rest, left - taken.get(order_id, {}).get(line_id, 0))
        if units > 0:
            rest -= units
            yield order_id, line_id, units
        if not rest:
            return


def _bought(session: Session, notice: ChannelNotice, item_id: int) -> Sequence[tuple[int, int]]:
    customer = notice.told.get("customer")
    if not customer:
        return []
    query = (
        select(Order.id, OrderLine.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(OrderContact, OrderContact.order_id == Order.id)
        .where(
            OrderContact.name == customer,
            Order.channel_id == notice.channel_id,
            Order.placed_at <= notice.told_at,
            OrderLine.item_id == item_id,
            OrderLine.id.in_(select(FoLine.order_line_id).where(FoLine.shipped > 0)),
        )
        .order_by(Order.placed_at.desc(), OrderLine.id)
    )
    return [(order_id, line_id) for order_id, line_id in session.execute(query)]
