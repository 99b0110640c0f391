"""Purchases at the carrier platform that none of our labels stands for: how they are asked about and written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wms.orders.money import written

PURCHASES = "label_purchases"
"""The outside call that lists what was bought with our key, one page each."""

REFUND = "label_refund"
"""The outside call that asks the money of a stray label back."""

REFUND_STATE = "label_refund_state"
"""The outside call that asks how such a refund stands."""

PRICE = "label_price"
"""The outside call that asks what a label cost which the house does not know."""

KINDS = (PURCHASES, REFUND, REFUND_STATE, PRICE)

CASE = "label_stray"
"""The kind of case that tells a person of a stray."""

CASE_ABOUT = "outbox_call"
"""What such a case is about: the one call that is ever made about the purchase. Its label may have several strays."""

LOOK_BACK = timedelta(days=7)
"""So far back purchases are looked through: a rate can be bought for seven days, then nothing new turns up for it."""

MARGIN = timedelta(minutes=10)
"""So much longer than the grace period a purchase is left alone: the platform's clock is not ours."""

MOST_PAGES = 200
"""More pages of a hundred purchases are not looked through at once."""


@dataclass(frozen=True)
class Seen:
    """A purchase that carries our mark, as the platform told of it."""

    transaction_id: str
    uid: str
    rate_id: str
    number: str
    has_moved: bool = False
    carrier: str = ""
    amount_minor: int | None = None
    currency: str = ""


def page_key(sweep: str, page: int) -> str:
    """Name the call for one page of a sweep."""
    return f"{PURCHASES}:{sweep}:{page}"


def key(kind: str, transaction_id: str) -> str:
    """Name the one call of its kind that is ever made about a purchase."""
    return f"{kind}:{transaction_id}"


def amount(told: Mapping[str, Any]) -> str:
    """Write what a purchase cost; nothing where that is not known."""
    currency = told.get("currency", "")
    return f"{written(told['amount_minor'], currency)} {currency}" if currency else ""
