"""Orders from a file: dropped, looked at, taken in."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from wms.channels.grouping import Row
from wms.channels.imports import ORDERS
from wms.kernel.import_page import ImportPage
from wms.people.policy import LEADS, allow

pages = Blueprint("channels", __name__)

Say = Callable[[int, str], str]

_WORDS: Mapping[str, Say] = {
    "created": lambda n, count: ngettext(
        "%(count)s new order", "%(count)s new orders", n, count=count
    ),
    "unchanged": lambda n, count: ngettext(
        "%(count)s order known", "%(count)s orders known", n, count=count
    ),
    "lines": lambda n, count: ngettext("%(count)s line", "%(count)s lines", n, count=count),
    "units": lambda n, count: ngettext("%(count)s unit", "%(count)s units", n, count=count),
    "cancelled": lambda n, count: ngettext(
        "%(count)s known order cancelled", "%(count)s known orders cancelled", n, count=count
    ),
    "cancelled_before": lambda n, count: ngettext(
        "%(count)s cancelled in the shop before",
        "%(count)s cancelled in the shop before",
        n,
        count=count,
    ),
    "sent_before": lambda n, count: ngettext(
        "%(count)s sent already", "%(count)s sent already", n, count=count
    ),
    "refunded_before": lambda n, count: ngettext(
        "%(count)s refunded already", "%(count)s refunded already", n, count=count
    ),
    "nothing_to_send": lambda n, count: ngettext(
        "%(count)s without anything to send", "%(count)s without anything to send", n, count=count
    ),
    "lines_left_out": lambda n, count: ngettext(
        "%(count)s line left out that is no stock",
        "%(count)s lines left out that are no stock",
        n,
        count=count,
    ),
    "reversals": lambda n, count: ngettext(
        "%(count)s invoice that takes back", "%(count)s invoices that take back", n, count=count
    ),
    "units_cancelled": lambda n, count: ngettext(
        "%(count)s unit cancelled", "%(count)s units cancelled", n, count=count
    ),
    "units_to_return": lambda n, count: ngettext(
        "%(count)s unit to come back", "%(count)s units to come back", n, count=count
    ),
    "corrections": lambda n, count: ngettext(
        "%(count)s correction of stock", "%(count)s corrections of stock", n, count=count
    ),
    "units_struck": lambda n, count: ngettext(
        "%(count)s unit struck off", "%(count)s units struck off", n, count=count
    ),
    "units_not_there": lambda n, count: ngettext(
        "%(count)s unit not there to strike off",
        "%(count)s units not there to strike off",
        n,
        count=count,
    ),
    "notices_known": lambda n, count: ngettext(
        "%(count)s correction or reversal known",
        "%(count)s corrections or reversals known",
        n,
        count=count,
    ),
    "addresses_made_up": lambda n, count: ngettext(
        "%(count)s address made up, for the file has none",
        "%(count)s addresses made up, for the file has none",
        n,
        count=count,
    ),
}


def in_words(counts: Mapping[str, Any]) -> str:
    """Say what a file of orders did, or would do."""
    said = [
        _WORDS[name](count, format_decimal(count))
        for name, count in counts.items()
        if count and name in _WORDS
    ]
    return ", ".join(said) or _("nothing to do")


PAGE: ImportPage[Row] = ImportPage(
    ORDERS,
    "channels/import.html",
    "channels.look_at_orders",
    "desk.orders",
    words=in_words,
)


@pages.get("/orders/import")
@allow(*LEADS)
def import_orders() -> Response:
    """Ask for a file of orders."""
    return PAGE.ask()


@pages.post("/orders/import")
@allow(*LEADS)
def drop_orders() -> AnyResponse:
    """Keep the file, and go to look at it."""
    return PAGE.receive()


@pages.get("/orders/import/<name>")
@allow(*LEADS)
def look_at_orders(name: str) -> Response:
    """Show what taking the file would do."""
    return PAGE.look(name)


@pages.post("/orders/import/<name>")
@allow(*LEADS)
def take_orders(name: str) -> AnyResponse:
    """Take the file, all of it or nothing."""
    return PAGE.take(name)
