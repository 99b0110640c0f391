"""Reads rates from the platform's words."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from wms.orders import money
from wms.shipping.gateway.answers import Quote, Rate
from wms.shipping.gateway.carriers import house_name
from wms.shipping.gateway.complaints import read_messages
from wms.shipping.gateway.fields import mapping, mappings, text


def read_quote(told: Mapping[str, Any]) -> Quote:
    """Read all rates that can be bought; what has no number or price is left out."""
    rates = [_rate(one) for one in mappings(told, "rates")]
    return Quote(
        request_id=text(told, "object_id"),
        rates=tuple(rate for rate in rates if rate is not None),
        messages=read_messages(told),
    )


def minor(amount: str, currency: str) -> int | None:
    """Read an amount in its currency's smallest unit; None when it is no amount, or none that could be paid."""
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return None
    return money.minor(amount, currency) if value.is_finite() and value >= 0 else None


def _rate(told: Mapping[str, Any]) -> Rate | None:
    known, currency = text(told, "object_id"), text(told, "currency").upper()
    amount = minor(text(told, "amount"), currency)
    if not known or not currency or amount is None:
        return None
    service = mapping(told, "servicelevel")
    days = told.get("estimated_days")
    return Rate(
        id=known,
        carrier=house_name(text(told, "provider")),
        service=text(service, "name") or text(service, "token"),
        amount_minor=amount,
        currency=currency,
        days=days if isinstance(days, int) and not isinstance(days, bool) else None,
        token=text(service, "token"),
    )
