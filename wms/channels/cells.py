"""What stands in the cells of order files: moments, money, countries, and text with an apostrophe before it. Pure."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale
from babel.numbers import get_currency_precision, list_currencies

from wms.kernel.sheets import Misread
from wms.kernel.sheets.columns import Figure, Read, text

NOTHING = Decimal(0)
MONEY_LIMIT = Decimal(1_000_000_000)
"""Above a thousand million of any currency, it is no price."""

YEARS = range(1990, 2200)

_MONEY = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,10})?")
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?\s*"
    r"(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_REGIONS = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


def moment(zone: tzinfo = UTC) -> Read:
    """Take a moment, as 2025-10-07 09:50:26 +0200 or as a workbook holds it; without an offset it is `zone`'s."""

    def read(cell: str) -> datetime:
        try:
            told = _from_figure(cell) if isinstance(cell, Figure) else _from_text(cell)
        except (ValueError, OverflowError):
            raise Misread("channels.moment") from None
        if told.year not in YEARS:
            raise Misread("channels.moment")
        return told if told.tzinfo else told.replace(tzinfo=zone)

    return read


def _from_figure(cell: Figure) -> datetime:
    begin = datetime.combine(cell.counts_from, datetime.min.time())
    return begin + timedelta(seconds=round(float(cell) * 86_400))


def _from_text(cell: str) -> datetime:
    parts = _MOMENT.fullmatch(cell)
    if parts is None:
        raise ValueError(cell)
    day, time, offset = parts.groups()
    offset = {"Z": "+00:00", "UTC": "+00:00", None: ""}.get(offset, offset)
    hour = (time or "00:00").zfill(5) if (time or "").count(":") < 2 else (time or "").zfill(8)  # noqa: PLR2004
    return datetime.fromisoformat(f"{day}T{hour}{offset}")


def money(least: Decimal = NOTHING) -> Read:
    """Take an amount as 12.50 or 12,50, without separators between thousands."""

    def read(cell: str) -> Decimal:
        if not _MONEY.fullmatch(cell):
            raise Misread("channels.money")
        amount = Decimal(cell.replace(",", "."))
        if not least <= amount <= MONEY_LIMIT:
            raise Misread("channels.money")
        return amount

    return read


def minor(amount: Decimal, currency: str) -> int:
    """Return an amount in the currency's smallest coin: 1250 for 12.50 euros, 12 for 12 yen."""
    return int((amount * _coins(currency)).to_integral_value(ROUND_HALF_UP)) if amount else 0


@cache
def _coins(currency: str) -> int:
    digits: int = get_currency_precision(currency) if currency else 2
    return int(10**digits)


def currency() -> Read:
    """Take a currency by its three letters (ISO 4217)."""

    def read(cell: str) -> str:
        said = cell.upper()
        if said not in _currencies():
            raise Misread("channels.currency")
        return said

    return read


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def country(also: tuple[tuple[str, str], ...] = ()) -> Read:
    """Take a country by its two letters (ISO 3166-1) or its name in English or German; `also` are names of a file."""
    names = dict(also)

    def read(cell: str) -> str:
        said = cell.casefold()
        code = names.get(said, _countries().get(said))
        if code is None:
            raise Misread("channels.country")
        return code

    return read


@cache
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("de", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _REGIONS:  # noqa: PLR2004
                names[name.casefold()] = code
                names[code.casefold()] = code
    return names | {"usa": "US", "uk": "GB", "great britain": "GB", "england": "GB"}


def bare(limit: int) -> Read:
    """Take text before which a program put an apostrophe, so that a spreadsheet keeps its leading zeros."""
    read_text = text(limit)

    def read(cell: str) -> str:
        said: str = read_text(cell.removeprefix("'").strip())
        return said

    return read
