"""Several open orders of one customer become one: packed together, sent once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.kernel.versions import touch
from wms.orders.actions.locking import hold_orders, see_that_not_begun
from wms.orders.actions.planning import plan_anew, take_back
from wms.orders.actions.stopping import look_again, open_holds
from wms.orders.events import OrderChanged, OrderMerged
from wms.orders.holds import HoldKind
from wms.orders.lifecycle import ORDER, OrderVerb
from wms.orders.tables import Order, OrderContact, OrderLine

TWO = 2

MERGED_LIMIT = 20
"""Most orders that become one at once."""

SAME = ("street1", "street2", "city", "zip", "province", "country")
"""What of two addresses must be the same, whatever case it is written in."""


class NothingToMerge(Refusal):
    """It takes two orders."""

    sentence = "orders.nothing_to_merge"
    status = 422


class NotOneCustomer(Refusal):
    """The orders go to different people or places."""

    sentence = "orders.not_one_customer"


class NotOneKind(Refusal):
    """The orders differ in what cannot be two things at once: channel, currency, payment, or how far they are."""

    sentence = "orders.not_one_kind"


class MergeHeld(Refusal):
    """One of the orders is stopped: whoever merges it would lose why."""

    sentence = "orders.merge_held"


def merge(session: Session, *, order_ids: Collection[int], by: int, at: datetime) -> Order:
    """Let the oldest of these orders take over the lines of the others; returns it.

    Raises NothingToMerge, NoSuchOrder, OrderOver, OrderUnderWay, NotOneCustomer, NotOneKind and MergeHeld.
    """
    if not TWO <= len(set(order_ids)) <= MERGED_LIMIT:
        raise NothingToMerge(limit=MERGED_LIMIT)
    first, *others = hold_orders(session, order_ids)
    for order in (first, *others):
        see_that_not_begun(session, order)
        if open_holds(session, order.id):
            raise MergeHeld(number=order.number)
    _see_that_alike(session, first, others)
    has_wishes = _take_over(session, first, others)
    for order in others:
        take_back(session, order, by=by, at=at)
        transition(order, ORDER, OrderVerb.CANCEL)
        order.merged_into_id = first.id
        announce(session, OrderMerged(order.id, first.id), by=by, at=at)
    touch(first)
    session.flush()
    announce(session, OrderChanged(first.id, "lines"), by=by, at=at)
    if has_wishes:
        look_again(session, first, {HoldKind.PERSONALISATION}, by=by, at=at)
    plan_anew(session, first, by=by, at=at)
    session.refresh(first)
    return first


def _see_that_alike(session: Session, first: Order, others: Sequence[Order]) -> None:
    whose = session.get_one(OrderContact, first.id)
    for order in others:
        contact = session.get_one(OrderContact, order.id)
        if not _is_same(whose, contact):
            raise NotOneCustomer(number=first.number, other=order.number)
        if any(
            getattr(order, name) != getattr(first, name)
            for name in ("channel_id", "currency", "payment", "state", "service", "carrier")
        ):
            raise NotOneKind(number=first.number, other=order.number)


def _is_same(one: OrderContact, other: OrderContact) -> bool:
    def said(contact: OrderContact, names: Sequence[str]) -> list[str]:
        return [" ".join(getattr(contact, name).casefold().split()) for name in names]

    person = ("email",) if one.email and other.email else ("name", "company")
    return said(one, (*person, *SAME)) == said(other, (*person, *SAME))


def _take_over(session: Session, first: Order, others: Sequence[Order]) -> bool:
    """Write the others' lines down for the first; returns whether a personal wish came with them."""
    has_wishes = False
    last = session.scalar(select(func.max(OrderLine.line)).where(OrderLine.order_id == first.id))
    number = last or 0
    for order in others:
        theirs = session.scalars(
            select(OrderLine)
            .where(OrderLine.order_id == order.id, OrderLine.cancelled < OrderLine.quantity)
            .order_by(OrderLine.line)
            .execution_options(populate_existing=True)
        ).all()
        for line in theirs:
            number += 1
            session.add(
                OrderLine(
                    order_id=first.id,
                    line=number,
                    item_id=line.item_id,
                    quantity=line.quantity - line.cancelled,
                    price_minor=line.price_minor,
                    personalisation=line.personalisation,
                )
            )
            line.cancelled = line.quantity
            has_wishes |= bool(line.personalisation)
        first.total_minor += order.total_minor
        first.priority = max(first.priority, order.priority)
        first.promised_on = min(
            (day for day in (first.promised_on, order.promised_on) if day), default=None
        )
    return has_wishes
