"""What the carrier platform answered about a stray: its money is back, is on its way, or is not given back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases.queries import subjects_told_of
from wms.kernel import calls
from wms.kernel.outbox import announce
from wms.kernel.tables import OutboxCall
from wms.shipping.actions.stray_cases import (
    FOREIGN_PRICED,
    KEPT,
    UNANSWERED,
    WAITS,
    money_is_back,
    retell,
)
from wms.shipping.events import StrayLabelKept, StrayLabelRefunded
from wms.shipping.gateway import RefundState
from wms.shipping.strays import CASE, PRICE, REFUND, REFUND_STATE, key

AT_ONCE = 200
"""Most refunds that one look asks about."""


def conclude(session: Session, row: OutboxCall, *, by: int, at: datetime) -> None:
    """Note what the platform answered about a stray: its refund, how that stands, or what it cost."""
    answer: Mapping[str, Any] = row.answer or {}
    told = row.payload
    if row.kind in (REFUND, REFUND_STATE):
        about = told.get("call_id", row.id)
        _refund_stands(session, about, told, answer, by=by, at=at)
    elif row.kind == PRICE and "shipment_id" not in told and answer.get("currency"):
        retell(session, row.id, FOREIGN_PRICED, {**told, **answer}, by=by, at=at)


def is_unanswered(session: Session, row: OutboxCall, *, by: int, at: datetime) -> None:
    """Note that the platform did not answer when money was asked back: the next look asks again."""
    if row.kind == REFUND:
        retell(session, row.id, UNANSWERED, row.payload, by=by, at=at)


def ask_how_refunds_stand(session: Session, *, at: datetime) -> None:
    """Ask about the money of strays that their carriers have not agreed to yet, once a day."""
    waiting = subjects_told_of(session, kind=CASE, sentence=WAITS, limit=AT_ONCE)
    asked = select(OutboxCall).where(OutboxCall.id.in_(waiting)).order_by(OutboxCall.id)
    for row in session.scalars(asked).all():
        known = f"{key(REFUND_STATE, row.payload['transaction_id'])}:{at:%Y-%m-%d}"
        told = {**row.payload, "call_id": row.id}
        calls.ask(session, REFUND_STATE, key=known, payload=told, at=at)


def _refund_stands(
    session: Session,
    call_id: int,
    told: Mapping[str, Any],
    answer: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    about = (told["shipment_id"], told["package_id"], told["carrier"], told["number"])
    match answer.get("state"):
        case RefundState.REFUNDED:
            announce(session, StrayLabelRefunded(*about), by=by, at=at)
            money_is_back(session, call_id, by=by, at=at)
        case RefundState.REJECTED:
            announce(session, StrayLabelKept(*about, answer.get("said", "")), by=by, at=at)
            retell(session, call_id, KEPT, told, by=by, at=at)
        case _:
            retell(session, call_id, WAITS, told, by=by, at=at)
