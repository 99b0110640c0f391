"""The pages of this slice, and what their forms and filters share."""

from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlencode

from flask import Blueprint, request, url_for

from wms.kernel.words import say
from wms.stock.moves import Reason, StockStatus

pages = Blueprint("stock", __name__)

ROWS = 50

DIGITS = 15
"""Longer numbers are none of ours."""

Choices = list[tuple[str, str]]
"""Values and their words."""


def reasons(offered: Iterable[Reason] = Reason) -> Choices:
    """Return reasons in words."""
    return [(reason.value, worded_reason(reason)) for reason in offered]


def statuses(offered: Iterable[StockStatus] = StockStatus) -> Choices:
    """Return conditions in words."""
    return [(status.value, worded_status(status)) for status in offered]


@pages.app_template_filter("stock_reason")
def worded_reason(reason: StrEnum | str) -> str:
    """Return a reason in words."""
    return say(f"stock.reason_{reason}")


@pages.app_template_filter("stock_status")
def worded_status(status: StrEnum | str) -> str:
    """Return a condition in words."""
    return say(f"stock.status_{status}")


def number(said: str) -> int:
    """Return a number from an address; raises ValueError for what can be none of ours."""
    if not (said.isascii() and said.isdigit() and len(said) <= DIGITS):
        raise ValueError(said)
    return int(said)


def here_from(cursor: str | None) -> str:
    """Return the address of this list with the same filters, from a cursor on."""
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    address = url_for(request.endpoint or "", **(request.view_args or {}))
    return f"{address}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"


def turning(next_cursor: str | None) -> dict[str, str | None]:
    """Return the addresses of the next and the first page of this list."""
    return {
        "next_url": here_from(next_cursor) if next_cursor else None,
        "first_url": here_from(None) if request.args.get("cursor") else None,
    }
