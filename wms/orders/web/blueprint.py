"""The pages of this slice, and what their forms share."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, url_for
from sqlalchemy.orm import Session

from wms.kernel.services import services
from wms.kernel.words import say
from wms.orders import queries
from wms.orders.drafts import Payment
from wms.orders.holds import HoldKind, Step
from wms.orders.tables import Order, OrderContact

pages = Blueprint("orders", __name__)

Choices = list[tuple[str, str]]
"""Values and their words."""

Change = Callable[[Session, int, datetime], Any]


def payments() -> Choices:
    """Return in words how money can stand."""
    return [(one.value, say(f"orders.payment_{one}")) for one in Payment]


def kinds() -> Choices:
    """Return in words why an order can stop."""
    return [(one.value, say(f"orders.hold_{one}")) for one in HoldKind]


def steps() -> Choices:
    """Return in words from where on an order can stop."""
    return [(one.value, say(f"orders.step_{one}")) for one in Step]


def order_page(order_id: int) -> str:
    """Return the address of an order's page; the desk has it, since it tells of every process."""
    return url_for("desk.order", order_id=order_id)


def seen(order_id: int) -> tuple[Order, OrderContact]:
    """Return an order and who gets it, as they are now; raises NoSuchOrder."""
    with services().database.read() as session:
        order = queries.order(session, order_id)
        return order, session.get_one(OrderContact, order_id)


def empty() -> Mapping[str, Any]:
    """Return what every form starts with: nothing typed, nothing refused."""
    return {"entered": {}, "refused": {}, "sentence": None}
