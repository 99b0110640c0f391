"""Holds as others may ask for them: those of an order, and the queue of all that wait for a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wms.kernel.refusal import NotFound
from wms.orders.holds import HoldKind
from wms.orders.queries.orders import OPEN_HOLDS
from wms.orders.tables import Order, OrderHold


class NoSuchHold(NotFound):
    """There is no hold of that number."""

    sentence = "orders.no_such_hold"


@dataclass(frozen=True)
class Queued:
    """A hold that waits for somebody, with its order. `why` is a sentence id, `values` are what it speaks of."""

    hold_id: int
    order_id: int
    number: str
    kind: str
    blocks: str
    state: str
    why: str
    values: Mapping[str, Any]
    opened_at: datetime
    expires_at: datetime | None


def hold(session: Session, hold_id: int) -> OrderHold:
    """Return a hold; raises NoSuchHold."""
    found = session.get(OrderHold, hold_id)
    if found is None:
        raise NoSuchHold(hold=hold_id)
    return found


def holds(session: Session, order_ids: Collection[int]) -> dict[int, list[OrderHold]]:
    """Return, by order, everything that stops it or did, oldest first."""
    found: dict[int, list[OrderHold]] = {order_id: [] for order_id in order_ids}
    rows = session.scalars(
        select(OrderHold).where(OrderHold.order_id.in_(order_ids)).order_by(OrderHold.id)
    )
    for row in rows:
        found[row.order_id].append(row)
    return found


def review_asked(
    *, kind: HoldKind | None = None, is_escalated: bool | None = None
) -> Select[OrderHold, Order]:
    """Return the question for open holds with their orders, to be read a page at a time by `OrderHold.id`."""
    query = (
        select(OrderHold, Order)
        .join(Order, Order.id == OrderHold.order_id)
        .where(OrderHold.state.in_(OPEN_HOLDS))
    )
    if kind is not None:
        query = query.where(OrderHold.kind == kind)
    if is_escalated is not None:
        query = query.where((OrderHold.state == "escalated") == is_escalated)
    return query


def queued(row: OrderHold, order: Order) -> Queued:
    """Return a hold as the queue shows it."""
    why, values = reason(row, order)
    return Queued(
        hold_id=row.id,
        order_id=order.id,
        number=order.number,
        kind=row.kind,
        blocks=row.blocks,
        state=row.state,
        why=why,
        values=values,
        opened_at=row.created_at,
        expires_at=row.expires_at,
    )


def reason(row: OrderHold, order: Order) -> tuple[str, Mapping[str, Any]]:
    """Return why a hold was opened, as a sentence id and its values: somebody's own words, or what the house found."""
    if row.reason:
        return "orders.hold_said", {"reason": row.reason}
    if row.kind == HoldKind.PAYMENT:
        return f"orders.why_payment_{order.payment}", {}
    if row.kind == HoldKind.FRAUD:
        known = order.risk if order.risk in ("high", "medium") else ""
        return f"orders.why_risk_{known}".rstrip("_"), {}
    return f"orders.why_{row.kind}", {}


def review_counts(session: Session) -> Mapping[str, int]:
    """Return, by kind, how many open holds wait for somebody."""
    rows = session.execute(
        select(OrderHold.kind, func.count())
        .where(OrderHold.state.in_(OPEN_HOLDS))
        .group_by(OrderHold.kind)
    )
    return dict(rows.all())
