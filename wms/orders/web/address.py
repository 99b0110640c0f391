"""Where an order goes."""

from datetime import datetime

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.orders import actions
from wms.orders.queries import NoSuchOrder
from wms.orders.rules.drafts import CONTACT_LIMITS
from wms.orders.web import typed
from wms.orders.web.blueprint import empty, order_page, pages, seen
from wms.people.policy import LEADS, allow

ADDRESS = "orders/address.html"


@pages.get("/orders/<int:order_id>/address")
@allow(*LEADS)
def edit_address(order_id: int) -> str:
    """Show who gets it and where, to be changed."""
    order, contact = seen(order_id)
    entered = {name: getattr(contact, name) for name in CONTACT_LIMITS}
    return render_template(ADDRESS, **{**empty(), "order": order, "entered": entered})


@pages.post("/orders/<int:order_id>/address")
@allow(*LEADS)
def keep_address(order_id: int) -> AnyResponse:
    """Send it somewhere else."""
    form = Form(request.form)
    contact = typed.contact(form)
    try:
        form.check()
        expected = expected_version()

        def do(session: Session, by: int, at: datetime) -> str:
            actions.change_address(
                session, order_id=order_id, contact=contact, expected=expected, by=by, at=at
            )
            return order_page(order_id)

        return submit("orders.change_address", do)
    except NoSuchOrder:
        raise
    except Refusal as refusal:
        order, _contact = seen(order_id)
        return back(refusal, ADDRESS, order=order)
