"""What stops an order and what frees it, its end, and its money."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.orders import actions, queries
from wms.orders.holds import HoldKind, Step
from wms.orders.lifecycle import PaymentVerb
from wms.orders.queries import NoSuchOrder
from wms.orders.rules.drafts import REASON_LIMIT
from wms.orders.tables import OrderHold
from wms.orders.web.blueprint import empty, kinds, order_page, pages, seen, steps
from wms.people.policy import LEADS, allow

HOLD = "orders/hold.html"

HOURS_LIMIT = 24 * 90
"""Longest time after which a hold ends by itself."""


@pages.post("/orders/<int:order_id>/cancel")
@allow(*LEADS)
def cancel(order_id: int) -> AnyResponse:
    """Stop an order for good."""
    form = Form(request.form)
    reason = form.text("reason", longest=REASON_LIMIT)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.cancel(session, order_id=order_id, reason=reason, by=by, at=at)
        return order_page(order_id)

    return submit("orders.cancel", do)


@pages.post("/fulfillment-orders/<int:fo_id>/ship-partial")
@allow(*LEADS)
def ship_partial(fo_id: int) -> AnyResponse:
    """Let what is picked go on without the units it waits for."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.ship_partial(session, fo_id, by=by, at=at)
        return order_page(queries.fo(session, fo_id).order_id)

    return submit("orders.ship_partial", do)


@pages.get("/orders/<int:order_id>/hold")
@allow(*LEADS)
def new_hold(order_id: int) -> str:
    """Ask why the order shall stop, and from where on."""
    order, _contact = seen(order_id)
    entered = {"kind": HoldKind.MANUAL, "blocks": Step.RELEASE}
    context = {"order": order, "kinds": kinds(), "steps": steps(), "entered": entered}
    return render_template(HOLD, **{**empty(), **context})


@pages.post("/orders/<int:order_id>/hold")
@allow(*LEADS)
def hold(order_id: int) -> AnyResponse:
    """Stop an order; what the form leaves out is: by hand, before it is released, until somebody lifts it."""
    form = Form({"kind": HoldKind.MANUAL, "blocks": Step.RELEASE, **request.form.to_dict()})
    kind = form.choice("kind", tuple(HoldKind))
    blocks = form.choice("blocks", tuple(Step))
    reason = form.text("reason", longest=REASON_LIMIT)
    hours = form.whole("hours", least=1, most=HOURS_LIMIT)
    try:
        form.check()

        def do(session: Session, by: int, at: datetime) -> str:
            actions.hold(
                session,
                order_id=order_id,
                kind=HoldKind(kind),
                blocks=Step(blocks),
                reason=reason,
                expires_at=at + timedelta(hours=hours) if hours else None,
                by=by,
                at=at,
            )
            return order_page(order_id)

        return submit("orders.hold", do)
    except NoSuchOrder:
        raise
    except Refusal as refusal:
        order, _contact = seen(order_id)
        return back(refusal, HOLD, order=order, kinds=kinds(), steps=steps())


@pages.post("/holds/<int:hold_id>/lift")
@allow(*LEADS)
def lift_hold(hold_id: int) -> AnyResponse:
    """Let the order go on as far as this hold is concerned."""
    return _ended(
        "orders.lift",
        lambda session, reason, by, at: actions.lift(
            session, hold_id=hold_id, outcome=reason, by=by, at=at
        ),
    )


@pages.post("/holds/<int:hold_id>/overturn")
@allow(*LEADS)
def overturn_hold(hold_id: int) -> AnyResponse:
    """Give the order up."""
    return _ended(
        "orders.overturn",
        lambda session, reason, by, at: actions.overturn(
            session, hold_id=hold_id, outcome=reason, by=by, at=at
        ),
    )


@pages.post("/holds/<int:hold_id>/escalate")
@allow(*LEADS)
def escalate_hold(hold_id: int) -> AnyResponse:
    """Let somebody else decide."""

    def do(session: Session, by: int, at: datetime) -> str:
        row = actions.escalate(session, hold_id=hold_id, by=by, at=at)
        return order_page(row.order_id)

    return submit("orders.escalate", do)


@pages.post("/orders/<int:order_id>/payment")
@allow(*LEADS)
def pay(order_id: int) -> AnyResponse:
    """Say what became of the money."""
    form = Form(request.form)
    verb = form.choice("verb", tuple(PaymentVerb))
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.pay(session, order_id=order_id, verb=PaymentVerb(verb), by=by, at=at)
        return order_page(order_id)

    return submit("orders.pay", do)


def _ended(name: str, end: Callable[[Session, str, int, datetime], OrderHold]) -> AnyResponse:
    form = Form(request.form)
    reason = form.text("reason", longest=REASON_LIMIT)
    form.check()
    return submit(
        name,
        lambda session, by, at: order_page(end(session, reason, by, at).order_id),
    )
