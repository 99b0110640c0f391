"""What people do with one label: void it, try again, settle a doubt, print it once more."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.people.policy import LEADS, Role, allow
from wms.shipping import actions
from wms.shipping.actions.labelling import REASON
from wms.shipping.web.blueprint import one_url, pages
from wms.shipping.web.lists import ONE, about

REASON_LIMIT = 200
NUMBER_LIMIT = 2**53 - 1


@pages.post("/shipments/<int:shipment_id>/void")
@allow(Role.PACKER, *LEADS)
def void(shipment_id: int) -> AnyResponse:
    """Give a label up; money that was paid for it is asked back."""
    form = Form(request.form)
    reason = form.text("reason", longest=REASON_LIMIT)
    return _done(shipment_id, form, "void", actions.void, reason=reason)


@pages.post("/shipments/<int:shipment_id>/try-again")
@allow(Role.PACKER, *LEADS)
def try_again(shipment_id: int) -> AnyResponse:
    """Wish for another label where this one is over."""
    form, version = Form(request.form), expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        made = actions.try_again(session, shipment_id=shipment_id, expected=version, by=by, at=at)
        return one_url(made.id)

    return _submitted(shipment_id, form, "shipping.try_again", do)


@pages.post("/shipments/<int:shipment_id>/look-now")
@allow(Role.PACKER, *LEADS)
def look_now(shipment_id: int) -> AnyResponse:
    """Ask the carrier at once what became of a purchase."""
    return _done(shipment_id, Form(request.form), "look_now", actions.look_now)


@pages.post("/shipments/<int:shipment_id>/not-bought")
@allow(*LEADS)
def was_not_bought(shipment_id: int) -> AnyResponse:
    """Settle a doubt: somebody made sure that nothing was bought."""
    return _done(shipment_id, Form(request.form), "was_not_bought", actions.was_not_bought)


@pages.post("/shipments/<int:shipment_id>/retry-void")
@allow(*LEADS)
def retry_void(shipment_id: int) -> AnyResponse:
    """Ask once more for the money of a label."""
    return _done(shipment_id, Form(request.form), "retry_void", actions.retry_void)


@pages.post("/shipments/<int:shipment_id>/write-off")
@allow(*LEADS)
def write_off(shipment_id: int) -> AnyResponse:
    """Let the money of a label go."""
    return _done(shipment_id, Form(request.form), "write_off", actions.write_off)


@pages.post("/shipments/<int:shipment_id>/left-anyway")
@allow(*LEADS)
def left_anyway(shipment_id: int) -> AnyResponse:
    """Note that a parcel left although the money of its label was asked back."""
    return _done(shipment_id, Form(request.form), "left_anyway", actions.left_anyway)


@pages.post("/shipments/<int:shipment_id>/print")
@allow(Role.PACKER, *LEADS)
def print_label(shipment_id: int) -> AnyResponse:
    """Print the label on the printer that was chosen; a second sheet says why it is needed."""
    form = Form(request.form)
    form.text("printer_id")
    reason = form.optional(REASON, longest=REASON_LIMIT) or ""
    printer_id = form.whole("printer_id", least=1, most=NUMBER_LIMIT) or 0

    def do(session: Session, by: int, at: datetime) -> str:
        actions.print_label(
            session, shipment_id=shipment_id, printer_id=printer_id, reason=reason, by=by, at=at
        )
        return one_url(shipment_id)

    return _submitted(shipment_id, form, "shipping.print_label", do)


def _done(
    shipment_id: int, form: Form, name: str, action: Callable[..., Any], **more: Any
) -> AnyResponse:
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        action(session, shipment_id=shipment_id, expected=version, **more, by=by, at=at)
        return one_url(shipment_id)

    return _submitted(shipment_id, form, f"shipping.{name}", do)


def _submitted(
    shipment_id: int, form: Form, name: str, do: Callable[[Session, int, datetime], str]
) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, ONE, **about(shipment_id))
