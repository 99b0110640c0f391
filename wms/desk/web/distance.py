"""How far an order, its parts, its boxes and its money are, in quarters and in a word; and by when it leaves."""

from datetime import datetime

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from wms.desk.queries import Listed
from wms.kernel.words import say
from wms.orders.money import written

FAR = {
    "received": 0,
    "accepted": 1,
    "in_fulfillment": 2,
    "partly_shipped": 3,
    "shipped": 4,
    "delivered": 4,
    "cancelled": 4,
    "closed": 4,
}
"""How many quarters of its way an order has gone."""

PART_FAR = {
    "open": 0,
    "backordered": 0,
    "allocated": 1,
    "released": 1,
    "picking": 2,
    "awaiting_stock": 2,
    "revoking": 2,
    "picked": 3,
    "packing": 3,
    "packed": 3,
    "shipped": 4,
    "cancelled": 4,
}


PACKAGE_FAR = {
    "open": 0,
    "closed": 1,
    "weighed": 1,
    "labelled": 2,
    "staged": 3,
    "handed_over": 4,
}
"""How many quarters of a box's way are done."""

PAID = {"unpaid": 0, "failed": 0, "authorized": 2, "paid": 4, "partly_refunded": 3}
"""How many quarters of the money are here; what went back is over."""


def how_far(one: Listed) -> tuple[int, str]:
    """Return how far an order is, in quarters and in a word: on the floor, what its first part is at."""
    parts = sorted((part for part in one.parts), key=lambda part: -PART_FAR.get(part, 0))
    if one.order.state in ("accepted", "in_fulfillment") and parts:
        return PART_FAR.get(parts[0], 1), say(f"desk.part_{parts[0]}")
    return FAR.get(one.order.state, 0), say(f"orders.state_{one.order.state}")


def money(payment: str) -> tuple[int, str]:
    """Return how the money stands, in quarters and in a word."""
    return PAID.get(payment, 4), say(f"orders.payment_{payment}")


def total(minor: int, currency: str) -> str:
    """Return an amount of money as it is written; nothing where none was told."""
    return f"{written(minor, currency)} {currency}" if currency else ""


def due(at: datetime | None, now: datetime) -> tuple[str, bool]:
    """Return by when something must stand ready, in few words, and whether that moment has passed."""
    if at is None:
        return "–", False
    if at < now:
        minutes = int((now - at).total_seconds() // 60)
        hours, rest = divmod(minutes, 60)
        days, hours_left = divmod(hours, 24)
        if days:
            return _("late %(days)s d %(hours)s h", days=days, hours=hours_left), True
        return _("late %(hours)s h %(minutes)s", hours=hours, minutes=rest), True
    if format_date(at) == format_date(now):
        return format_datetime(at, "HH:mm"), False
    return format_datetime(at, _("EEE d MMM, HH:mm")), False
