"""Holds: opened for a reason, lifted by somebody who answers for it, ended by time, or the order is cancelled."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.orders.actions import rows
from wms.orders.actions.ending import end
from wms.orders.actions.going_on import go_on
from wms.orders.actions.locking import hold_order, see_that_open
from wms.orders.actions.stopping import close_hold, open_hold
from wms.orders.events import HoldEscalated
from wms.orders.holds import HoldKind, Step
from wms.orders.lifecycle import HOLD, HoldState, HoldVerb
from wms.orders.queries.holds import NoSuchHold
from wms.orders.rules.drafts import REASON_LIMIT, YEARS, text_faults
from wms.orders.tables import Order, OrderHold

EXPIRED_AT_ONCE = 200
"""Most holds that one run of the schedule ends; the rest wait for the next."""


class WrongHold(Wrong):
    """What was said about a hold cannot be kept; each fault names its field."""

    sentence = "orders.wrong_hold"


def hold(
    session: Session,
    *,
    order_id: int,
    kind: HoldKind,
    blocks: Step,
    reason: str,
    expires_at: datetime | None = None,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> int:
    """Stop an order from a step on; returns the hold's number. Raises NoSuchOrder, OrderOver and WrongHold."""
    faults = list(_reason_faults("reason", reason))
    if expires_at is not None and expires_at <= at:
        faults.append(Fault("expires_at", "orders.hold_ends_in_the_past"))
    elif expires_at is not None and expires_at.year not in YEARS:
        faults.append(
            Fault("expires_at", "orders.no_such_year", {"from": YEARS[0], "to": YEARS[-1]})
        )
    if faults:
        raise WrongHold(*faults, n=len(faults))
    order = hold_order(session, order_id, expected)
    see_that_open(order)
    return open_hold(
        session, rows.NewHold(order.id, kind, blocks, reason.strip(), expires_at), by=by, at=at
    )


def lift(session: Session, *, hold_id: int, outcome: str, by: int, at: datetime) -> OrderHold:
    """Let the order go on as far as this hold is concerned. Raises NoSuchHold, WrongHold and NotNow."""
    _see_that_said(outcome)
    order, row = _held(session, hold_id)
    close_hold(session, row, HoldVerb.LIFT, outcome.strip(), by=by, at=at)
    go_on(session, order, by=by, at=at)
    return row


def overturn(session: Session, *, hold_id: int, outcome: str, by: int, at: datetime) -> OrderHold:
    """Decide that the order is not carried out: the hold is over, and the order is cancelled. Raises as `lift`."""
    _see_that_said(outcome)
    order, row = _held(session, hold_id)
    close_hold(session, row, HoldVerb.OVERTURN, outcome.strip(), by=by, at=at)
    end(session, order, reason=outcome.strip(), by=by, at=at)
    return row


def escalate(session: Session, *, hold_id: int, by: int, at: datetime) -> OrderHold:
    """Say that somebody else must decide. Raises NoSuchHold and NotNow."""
    _, row = _held(session, hold_id)
    transition(row, HOLD, HoldVerb.ESCALATE)
    session.flush()
    announce(session, HoldEscalated(row.order_id, row.id), by=by, at=at)
    return row


def expire_holds(session: Session, *, by: int, at: datetime) -> int:
    """End holds whose time is over and let their orders go on; returns how many."""
    due = session.execute(
        select(OrderHold.order_id, OrderHold.id)
        .where(OrderHold.state == HoldState.ACTIVE, OrderHold.expires_at <= at)
        .order_by(OrderHold.order_id, OrderHold.id)
        .limit(EXPIRED_AT_ONCE)
    ).all()
    ended = 0
    for _, hold_id in due:
        order, row = _held(session, hold_id)
        if row.state == HoldState.ACTIVE:
            close_hold(session, row, HoldVerb.EXPIRE, "", by=by, at=at)
            go_on(session, order, by=by, at=at)
            ended += 1
    return ended


def _held(session: Session, hold_id: int) -> tuple[Order, OrderHold]:
    order_id = session.scalar(select(OrderHold.order_id).where(OrderHold.id == hold_id))
    if order_id is None:
        raise NoSuchHold(hold=hold_id)
    order = hold_order(session, order_id)
    return order, session.get_one(OrderHold, hold_id, populate_existing=True)


def _see_that_said(outcome: str) -> None:
    if faults := tuple(_reason_faults("outcome", outcome)):
        raise WrongHold(*faults, n=len(faults))


def _reason_faults(name: str, text: str) -> Iterable[Fault]:
    if not text.strip():
        yield Fault(name, "orders.reason_missing")
    yield from text_faults(name, text.strip(), REASON_LIMIT)
