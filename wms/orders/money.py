"""Amounts as people write them, and as they are kept: whole numbers of a currency's smallest coin."""

import re
from decimal import Decimal

AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?")
"""An amount as it is written, with a point."""

_WITHOUT_CENTS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_MILLS = "BHD IQD JOD KWD LYD OMR TND"

WITHOUT_CENTS = frozenset(_WITHOUT_CENTS.split())
MILLS = frozenset(_MILLS.split())
"""Currencies whose smallest coin is not a hundredth (ISO 4217)."""


def places(currency: str) -> int:
    """Return how many digits a currency writes behind the point."""
    if currency in WITHOUT_CENTS:
        return 0
    return 3 if currency in MILLS else 2


def written(minor: int, currency: str) -> str:
    """Return an amount as it is written, with a point: 1250 of EUR is 12.50."""
    return f"{Decimal(minor).scaleb(-places(currency)):.{places(currency)}f}"


def minor(text: str, currency: str) -> int | None:
    """Return an amount in smallest coins; None where it has more digits behind the point than the currency."""
    scaled = Decimal(text).scaleb(places(currency))
    return int(scaled) if scaled == scaled.to_integral_value() else None
