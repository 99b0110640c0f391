"""Opening and ending holds of an order that is held in hand, whoever asked for it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.decisions import decide
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.orders.actions import rows
from wms.orders.drafts import Contact
from wms.orders.events import HoldClosed, HoldOpened
from wms.orders.holds import HoldKind
from wms.orders.lifecycle import HOLD, HoldVerb
from wms.orders.queries.orders import OPEN_HOLDS
from wms.orders.rules import checks
from wms.orders.rules.drafts import CONTACT_LIMITS
from wms.orders.tables import Order, OrderContact, OrderHold, OrderLine


def open_hold(session: Session, new: rows.NewHold, *, by: int, at: datetime) -> int:
    """Write a hold down and say so; returns its number."""
    session.flush()
    [hold_id] = rows.keep_holds(session, [new], by=by, at=at)
    announce(session, HoldOpened(new.order_id, hold_id, new.kind, new.blocks), by=by, at=at)
    return hold_id


def close_hold(
    session: Session, row: OrderHold, verb: HoldVerb, outcome: str, *, by: int, at: datetime
) -> None:
    """End a hold and say so. Raises NotNow where it is over."""
    after = transition(row, HOLD, verb)
    row.outcome, row.closed_by, row.closed_at = outcome, by, at
    session.flush()
    fact = HoldClosed(row.order_id, row.id, row.kind, row.blocks, after.value)
    announce(session, fact, by=by, at=at)


def open_holds(session: Session, order_id: int) -> list[OrderHold]:
    """Return what stops the order at this moment."""
    return list(
        session.scalars(
            select(OrderHold)
            .where(OrderHold.order_id == order_id, OrderHold.state.in_(OPEN_HOLDS))
            .order_by(OrderHold.id)
            .execution_options(populate_existing=True)
        )
    )


def look_again(
    session: Session, order: Order, kinds: Collection[HoldKind], *, by: int, at: datetime
) -> None:
    """Let the rule look at the order as it is now, and open and end the house's own holds of these kinds by it.

    Called only when something of that kind changed: what somebody lifted stays lifted until then.
    """
    session.flush()
    contact = session.get_one(OrderContact, order.id)
    personalised = session.scalars(
        select(OrderLine.id).where(
            OrderLine.order_id == order.id,
            OrderLine.personalisation != "",
            OrderLine.quantity > OrderLine.cancelled,
        )
    ).all()
    inputs = checks.inputs_of(
        contact_of(contact),
        payment=order.payment,
        risk=order.risk,
        personalised=len(personalised),
    )
    choice = decide(
        session, checks.CHECK, inputs, subject="order", subject_id=order.id, by=by, at=at
    )
    named = {kind: blocks for kind, blocks in choice["holds"] if kind in kinds}
    standing = [row for row in open_holds(session, order.id) if row.kind in kinds]
    for row in standing:
        if not row.reason and named.get(row.kind) != row.blocks:
            close_hold(session, row, HoldVerb.LIFT, "", by=by, at=at)
    still = {(row.kind, row.blocks) for row in open_holds(session, order.id)}
    for kind, blocks in named.items():
        if (kind, blocks) not in still:
            open_hold(session, rows.NewHold(order.id, kind, blocks), by=by, at=at)


def contact_of(row: OrderContact) -> Contact:
    """Return an order's contact as the rules take it."""
    return Contact(**{name: getattr(row, name) for name in CONTACT_LIMITS})
