"""Orders of one customer that shall go out together."""

from datetime import datetime
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import submit
from wms.kernel.forms import DIGITS, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.queries import NoSuchOrder
from wms.orders.web.blueprint import empty, order_page, pages
from wms.people.policy import LEADS, allow

MERGE = "orders/merge.html"


@pages.get("/orders/<int:order_id>/merge")
@allow(*LEADS)
def choose_orders(order_id: int) -> str:
    """Show the customer's other open orders, to choose from."""
    return render_template(MERGE, **{**empty(), **_there(order_id)})


@pages.post("/orders/<int:order_id>/merge")
@allow(*LEADS)
def merge(order_id: int) -> AnyResponse:
    """Let the oldest of the chosen orders take over the lines of the others."""
    chosen = [
        int(said)
        for said in request.form.getlist("other")
        if said.isascii() and said.isdigit() and len(said) <= DIGITS
    ]
    try:

        def do(session: Session, by: int, at: datetime) -> str:
            stays = actions.merge(session, order_ids=[order_id, *chosen], by=by, at=at)
            return order_page(stays.id)

        return submit("orders.merge", do)
    except NoSuchOrder:
        raise
    except Refusal as refusal:
        return back(refusal, MERGE, chosen=chosen, **_there(order_id))


def _there(order_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        order = queries.order(session, order_id)
        others = queries.siblings(session, order)
        return {
            "order": order,
            "others": others,
            "lines": queries.lines(session, [one.id for one in others]),
        }
