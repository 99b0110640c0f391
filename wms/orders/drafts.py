"""What a channel tells us of an order, before it is one of ours. Plain values, shared with whoever reads files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wms.orders.lifecycle import Payment

__all__ = ["Contact", "Draft", "DraftLine", "Payment"]


@dataclass(frozen=True, slots=True)
class Contact:
    """Who gets it and where. The country is two capitals (ISO 3166-1)."""

    name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    street1: str = ""
    street2: str = ""
    city: str = ""
    zip: str = ""
    province: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """So many units of one item, at a price in minor units of the order's currency."""

    item_id: int
    quantity: int
    price_minor: int = 0
    personalisation: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One order as its channel tells it. The same `source_id` of the same channel is the same order, told again."""

    channel_id: int
    source_id: str
    number: str
    placed_at: datetime
    lines: tuple[DraftLine, ...]
    contact: Contact
    payment: str = Payment.PAID
    currency: str = ""
    total_minor: int = 0
    service: str = ""
    carrier: str = ""
    risk: str = ""
    """What the channel says of fraud: low, medium, high, or nothing."""
    note: str = ""
    gift_note: str = ""
    promised_on: date | None = None
    priority: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)
    """What the channel told us, word for word."""
