"""Orders, contacts, lines and holds as they are kept: many at once, straight on the driver."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from wms.codes.tables import HOUSE_OWNER
from wms.kernel.prepared import Prepared
from wms.kernel.statements import Numbered
from wms.orders.drafts import Contact, Draft
from wms.orders.lifecycle import HOLD
from wms.orders.rules.drafts import CONTACT_LIMITS
from wms.orders.tables import Order, OrderContact, OrderHold, OrderLine, OrderSource

FIRST_VERSION = 1

_ORDERS = Numbered(Order)
_HOLDS = Numbered(OrderHold)
_CONTACTS = Prepared(
    insert(OrderContact), [column.key for column in OrderContact.__table__.columns]
)
_SOURCES = Prepared(insert(OrderSource), ["order_id", "payload"])
_LINES = Prepared(
    insert(OrderLine),
    [column.key for column in OrderLine.__table__.columns if column.key != "id"],
)


@dataclass(frozen=True, slots=True)
class NewHold:
    """A reason to stop that nobody wrote down yet. What the house itself finds needs no words: the kind says it."""

    order_id: int
    kind: str
    blocks: str
    reason: str = ""
    expires_at: datetime | None = None


def keep_orders(
    session: Session, drafts: Sequence[tuple[Draft, str]], *, at: datetime
) -> list[int]:
    """Write orders down, each in the state that was decided for it; returns their numbers."""
    if not drafts:
        return []
    numbers = _ORDERS.add(session, [_order(draft, state, at) for draft, state in drafts])
    told = [(number, draft) for number, (draft, _) in zip(numbers, drafts, strict=True)]
    _CONTACTS.run_many(session, [_contact(number, draft.contact, at) for number, draft in told])
    _LINES.run_many(session, [row for number, draft in told for row in _lines(number, draft)])
    sources = [
        {"order_id": number, "payload": dict(draft.payload)}
        for number, draft in told
        if draft.payload
    ]
    if sources:
        _SOURCES.run_many(session, sources)
    return numbers


def keep_holds(session: Session, holds: Sequence[NewHold], *, by: int, at: datetime) -> list[int]:
    """Write holds down; returns their numbers."""
    return _HOLDS.add(session, [_hold(hold, by, at) for hold in holds]) if holds else []


def _order(draft: Draft, state: str, at: datetime) -> dict[str, Any]:
    return {
        "version": FIRST_VERSION,
        "owner_id": HOUSE_OWNER,
        "channel_id": draft.channel_id,
        "source_id": draft.source_id,
        "number": draft.number,
        "state": state,
        "payment": str(draft.payment),
        "priority": draft.priority,
        "currency": draft.currency,
        "total_minor": draft.total_minor,
        "service": draft.service,
        "carrier": draft.carrier,
        "risk": draft.risk.lower(),
        "note": draft.note,
        "gift_note": draft.gift_note,
        "placed_at": draft.placed_at,
        "promised_on": draft.promised_on,
        "ship_by": None,
        "cancel_requested_at": None,
        "merged_into_id": None,
        "created_at": at,
    }


def _contact(order_id: int, contact: Contact, at: datetime) -> dict[str, Any]:
    said = {name: getattr(contact, name) for name in CONTACT_LIMITS}
    return {**said, "order_id": order_id, "version": FIRST_VERSION, "created_at": at}


def _lines(order_id: int, draft: Draft) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "line": number,
            "item_id": line.item_id,
            "quantity": line.quantity,
            "cancelled": 0,
            "price_minor": line.price_minor,
            "personalisation": line.personalisation,
        }
        for number, line in enumerate(draft.lines, start=1)
    ]


def _hold(hold: NewHold, by: int, at: datetime) -> dict[str, Any]:
    return {
        "version": FIRST_VERSION,
        "order_id": hold.order_id,
        "kind": hold.kind,
        "blocks": hold.blocks,
        "state": HOLD.start.value,
        "reason": hold.reason,
        "opened_by": by,
        "created_at": at,
        "expires_at": hold.expires_at,
        "closed_by": None,
        "closed_at": None,
        "outcome": "",
    }
