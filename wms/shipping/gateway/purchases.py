"""Reads what became of a purchase from the platform's words, which may lack anything: money may be spent all the same.

The SDK's own reading raises on a missing `created_by`, on a word it does not know and on an odd date, when the label
is already bought. So nothing here raises.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wms.shipping.gateway.answers import (
    Bought,
    NoAnswer,
    Price,
    Purchase,
    Queued,
    RefundState,
    Refused,
    Sold,
)
from wms.shipping.gateway.asking import MARK
from wms.shipping.gateway.carriers import house_name
from wms.shipping.gateway.complaints import read_messages
from wms.shipping.gateway.fields import mapping, mappings, text
from wms.shipping.gateway.quotes import minor

REFUNDS = {
    "REFUNDED": RefundState.REFUNDED,
    "REFUNDPENDING": RefundState.PENDING,
    "REFUNDREJECTED": RefundState.REJECTED,
}

LIES = frozenset({"", "UNKNOWN", "PRE_TRANSIT"})
"""What is said of a parcel that its carrier has not seen. A word nobody knows may mean that it has."""


def read_purchase(told: Mapping[str, Any]) -> Purchase | None:
    """Read one purchase; None where its own number is missing: then it cannot be told from any other."""
    known = text(told, "object_id")
    if not known:
        return None
    return Purchase(
        rate_id=_rate_id(told),
        uid=_uid(told),
        outcome=_outcome(known, told),
        created_at=_moment(text(told, "object_created")),
        has_moved=text(told, "tracking_status").upper() not in LIES,
        price=read_price(mapping(told, "rate")),
    )


def read_purchases(listed: Mapping[str, Any]) -> list[Purchase]:
    """Read a list of purchases. Raises NoAnswer unless all of it can be read."""
    results = listed.get("results", "absent")
    if results is None:
        return []
    read = [read_purchase(one) for one in mappings(listed, "results")]
    purchases = [one for one in read if one is not None]
    if not isinstance(results, list) or len(purchases) < len(results):
        raise NoAnswer("the list of purchases cannot be read")
    return purchases


def read_page(listed: Mapping[str, Any]) -> Sold:
    """Read a page of purchases as far as it can be read. Raises NoAnswer where there is no list at all."""
    results = listed.get("results")
    if not isinstance(results, list):
        raise NoAnswer("the list of purchases cannot be read")
    read = [read_purchase(one) for one in mappings(listed, "results")]
    purchases = tuple(one for one in read if one is not None)
    return Sold(purchases, len(results) - len(purchases), is_last=not text(listed, "next"))


def read_price(rate: Mapping[str, Any]) -> Price | None:
    """Read what a rate costs, and whose it is; None where it does not say."""
    currency = text(rate, "currency").upper()
    amount = minor(text(rate, "amount"), currency)
    if not currency or amount is None:
        return None
    return Price(house_name(text(rate, "provider")), amount, currency)


def _rate_id(told: Mapping[str, Any]) -> str:
    """Read for which rate it was: told as its number, or as the whole rate."""
    return text(told, "rate") or text(mapping(told, "rate"), "object_id")


def _uid(told: Mapping[str, Any]) -> str:
    metadata = text(told, "metadata")
    return metadata.removeprefix(MARK) if metadata.startswith(MARK) else ""


def _moment(written: str) -> datetime | None:
    """Read a moment; one without a zone is the platform's own, which is UTC."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def _outcome(known: str, told: Mapping[str, Any]) -> Bought | Queued | Refused:
    """Tell what became of it. A word nobody knows counts as bought when there is a label, else as not done yet."""
    status, number = text(told, "status").upper(), text(told, "tracking_number")
    label = text(told, "label_url")
    if status == "ERROR":
        return Refused(read_messages(told), known)
    if status in REFUNDS or (number and label):
        tracking = text(told, "tracking_url_provider")
        return Bought(known, number, tracking, label, REFUNDS.get(status))
    return Queued(known)
