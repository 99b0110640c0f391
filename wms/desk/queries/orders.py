"""Orders as the desk lists them: views to come back to, a search that takes scans, what needs a person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from wms.codes.queries import Kind, resolve
from wms.desk.queries.stages import Place
from wms.kernel.paging import page
from wms.orders import queries as orders
from wms.orders.holds import HoldKind, Step, stoppers
from wms.orders.queries import OrdersAsked, Queued
from wms.orders.tables import (
    FoLine,
    FulfillmentOrder,
    Order,
    OrderContact,
    OrderHold,
    OrderLine,
)
from wms.picking.tables import ToteBinding

FO_OVER = ("shipped", "cancelled")

WAITS = ("backordered", "awaiting_stock")
"""States of a part that waits for goods."""

OPEN_HOLD = ("active", "escalated")

REVIEWED = (
    HoldKind.FRAUD,
    HoldKind.ADDRESS,
    HoldKind.PERSONALISATION,
    HoldKind.COMPLIANCE,
    HoldKind.CUSTOMER_CHANGE,
)
"""Holds that only somebody who looks can end; money comes, or does not, by itself."""

NEW_FOR = timedelta(hours=24)


class View(StrEnum):
    """The lists that are looked at every day."""

    OPEN = ""
    NEW = "new"
    REVIEW = "review"
    READY = "ready"
    LATE = "late"
    HELD = "held"
    SHORT = "short"
    ALL = "all"


@dataclass(frozen=True)
class Listed:
    """One order as a row of the list."""

    order: Order
    channel: str
    contact: OrderContact | None
    lines: int
    parts: Sequence[str]
    """States of its fulfillment orders, those that are over left out."""
    short: int
    """Units that nobody has for it at the moment."""
    hold: Queued | None
    is_late: bool


@dataclass(frozen=True)
class Orders:
    """Some orders, the cursor to those after them, and how many there are in each view."""

    rows: Sequence[Listed]
    next_cursor: str | None
    counts: Mapping[View, int]
    total: int


def orders_listed(
    session: Session, shown: View | Place, q: str, at: datetime, *, limit: int, cursor: str | None
) -> Orders:
    """Return the orders of a view, or at a place of the board, that fit the words.

    The late ones come the latest first, others the newest first.
    """
    question = select(Order).where(shown.has(at)) if isinstance(shown, Place) else _view(shown, at)
    if q:
        question = question.where(_said(session, q))
    by: list[InstrumentedAttribute[Any]] = [Order.id]
    if shown is View.LATE:
        by.insert(0, Order.ship_by)
    newest_first = shown is not View.LATE
    found = page(session, question, by=by, limit=limit, cursor=cursor, newest_first=newest_first)
    return Orders(
        rows=_listed(session, found.rows, at),
        next_cursor=found.next_cursor,
        counts={one: _count(session, _view(one, at)) for one in View if one is not View.ALL},
        total=_count(session, question),
    )


def _view(view: View, at: datetime) -> Select[Order]:
    query = select(Order)
    return (
        query
        if view is View.ALL
        else query.where(Order.state.in_(orders.OPEN_ORDERS), *_are(view, at))
    )


def _are(view: View, at: datetime) -> Sequence[ColumnElement[bool]]:
    """Return what an open order must be for a view."""
    stopped = _held(OrderHold.blocks.in_([str(one) for one in stoppers(Step.RELEASE)]))
    waits = or_(FulfillmentOrder.state.in_(WAITS), _is_short())
    conditions: Mapping[View, Sequence[ColumnElement[bool]]] = {
        View.NEW: [Order.created_at >= at - NEW_FOR],
        View.REVIEW: [_held(OrderHold.kind.in_(REVIEWED))],
        View.READY: [_has_part(FulfillmentOrder.state == "allocated"), ~stopped],
        View.LATE: [Order.ship_by < at],
        View.HELD: [_held()],
        View.SHORT: [_has_part(waits)],
    }
    return conditions.get(view, ())


def _said(session: Session, q: str) -> ColumnElement[bool]:
    """Ask for orders by number, customer, e-mail or SKU; a scan may also be of an item or of a tote."""
    said: list[ColumnElement[bool]] = [
        Order.id.in_(orders.orders_asked(OrdersAsked(q=q)).with_only_columns(Order.id))
    ]
    for meaning in resolve(session, q):
        if meaning.kind is Kind.ITEM:
            said.append(
                exists().where(
                    OrderLine.order_id == Order.id, OrderLine.item_id == meaning.target_id
                )
            )
        elif meaning.kind is Kind.LPN:
            bound = FulfillmentOrder.id.in_(
                select(ToteBinding.fo_id).where(
                    ToteBinding.tote_id == meaning.target_id, ToteBinding.ended_at.is_(None)
                )
            )
            said.append(_has_part(bound, over=True))
    return or_(*said)


def _has_part(condition: ColumnElement[bool], *, over: bool = False) -> ColumnElement[bool]:
    part = exists().where(FulfillmentOrder.order_id == Order.id, condition)
    return part if over else part.where(FulfillmentOrder.state.not_in(FO_OVER))


def _is_short() -> ColumnElement[bool]:
    return exists().where(FoLine.fo_id == FulfillmentOrder.id, FoLine.short > 0)


def _held(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        OrderHold.order_id == Order.id, OrderHold.state.in_(OPEN_HOLD), *conditions
    )


def _listed(session: Session, found: Sequence[Order], at: datetime) -> list[Listed]:
    ids = [one.id for one in found]
    channels = orders.channel_names(session, {one.channel_id for one in found})
    contacts = orders.contacts(session, ids)
    lines = _line_counts(session, ids)
    parts = _parts(session, ids)
    short = _short(session, ids)
    holds = _first_holds(session, found)
    return [
        Listed(
            order=one,
            channel=channels.get(one.channel_id, ""),
            contact=contacts.get(one.id),
            lines=lines.get(one.id, 0),
            parts=parts.get(one.id, ()),
            short=short.get(one.id, 0),
            hold=holds.get(one.id),
            is_late=one.state in orders.OPEN_ORDERS
            and one.ship_by is not None
            and one.ship_by < at,
        )
        for one in found
    ]


def _line_counts(session: Session, ids: Collection[int]) -> dict[int, int]:
    query = (
        select(OrderLine.order_id, func.count())
        .where(OrderLine.order_id.in_(ids), OrderLine.cancelled < OrderLine.quantity)
        .group_by(OrderLine.order_id)
    )
    return dict(session.execute(query).all())


def _parts(session: Session, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    query = (
        select(FulfillmentOrder.order_id, FulfillmentOrder.state)
        .where(FulfillmentOrder.order_id.in_(ids), FulfillmentOrder.state.not_in(FO_OVER))
        .order_by(FulfillmentOrder.order_id, FulfillmentOrder.part)
    )
    found: dict[int, tuple[str, ...]] = {}
    for order_id, state in session.execute(query):
        found[order_id] = (*found.get(order_id, ()), state)
    return found


def _short(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Count by order the units of parts that wait, and those that the floor could not have and nobody resolved yet."""
    waiting = FulfillmentOrder.state.in_(WAITS)
    query = (
        select(
            FulfillmentOrder.order_id,
            func.sum(FoLine.ordered - FoLine.allocated - FoLine.picked),
        )
        .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
        .where(FulfillmentOrder.order_id.in_(ids), waiting)
        .group_by(FulfillmentOrder.order_id)
    )
    return {order_id: int(units or 0) for order_id, units in session.execute(query)}


def _first_holds(session: Session, found: Sequence[Order]) -> dict[int, Queued]:
    """Return by order the hold that stops it earliest."""
    steps = [str(step) for step in Step]
    by_id = {one.id: one for one in found}
    first: dict[int, Queued] = {}
    for order_id, rows in orders.holds(session, list(by_id)).items():
        open_ = [row for row in rows if row.state in OPEN_HOLD]
        if open_:
            row = min(open_, key=lambda one: steps.index(one.blocks))
            first[order_id] = orders.queued(row, by_id[order_id])
    return first


def _count(session: Session, question: Select[Order]) -> int:
    return session.scalar(select(func.count()).select_from(question.subquery())) or 0
