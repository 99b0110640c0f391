"""Orders from a file: dropped, looked at, taken in."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from wms.channels.grouping import Row
from wms.channels.imports import ORDERS
from wms.kernel.import_page import ImportPage
from wms.people.policy import LEADS, allow

pages = Blueprint("channels", __name__)

_WORDS: Mapping[str, Callable[[int], str]] = {
    "created": lambda n: ngettext("%(num)s new order", "%(num)s new orders", n),
    "unchanged": lambda n: ngettext("%(num)s order known", "%(num)s orders known", n),
    "lines": lambda n: ngettext("%(num)s line", "%(num)s lines", n),
    "units": lambda n: ngettext("%(num)s unit", "%(num)s units", n),
    "cancelled": lambda n: ngettext(
        "%(num)s known order cancelled", "%(num)s known orders cancelled", n
    ),
    "cancelled_before": lambda n: ngettext(
        "%(num)s cancelled in the shop before", "%(num)s cancelled in the shop before", n
    ),
    "sent_before": lambda n: ngettext("%(num)s sent already", "%(num)s sent already", n),
    "refunded_before": lambda n: ngettext(
        "%(num)s refunded already", "%(num)s refunded already", n
    ),
    "nothing_to_send": lambda n: ngettext(
        "%(num)s without anything to send", "%(num)s without anything to send", n
    ),
    "lines_left_out": lambda n: ngettext(
        "%(num)s line left out that is no stock", "%(num)s lines left out that are no stock", n
    ),
    "reversals": lambda n: ngettext(
        "%(num)s invoice that takes back", "%(num)s invoices that take back", n
    ),
    "units_cancelled": lambda n: ngettext("%(num)s unit cancelled", "%(num)s units cancelled", n),
    "units_to_return": lambda n: ngettext(
        "%(num)s unit to come back", "%(num)s units to come back", n
    ),
    "corrections": lambda n: ngettext(
        "%(num)s correction of stock", "%(num)s corrections of stock", n
    ),
    "units_struck": lambda n: ngettext("%(num)s unit struck off", "%(num)s units struck off", n),
    "units_not_there": lambda n: ngettext(
        "%(num)s unit not there to strike off", "%(num)s units not there to strike off", n
    ),
    "notices_known": lambda n: ngettext(
        "%(num)s correction or reversal known", "%(num)s corrections or reversals known", n
    ),
    "addresses_made_up": lambda n: ngettext(
        "%(num)s address made up, for the file has none",
        "%(num)s addresses made up, for the file has none",
        n,
    ),
}


def in_words(counts: Mapping[str, Any]) -> str:
    """Say what a file of orders did, or would do."""
    said = [_WORDS[name](count) for name, count in counts.items() if count and name in _WORDS]
    return ", ".join(said) or _("nothing to do")


PAGE: ImportPage[Row] = ImportPage(
    ORDERS,
    "channels/import.html",
    "channels.look_at_orders",
    "channels.import_orders",
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
