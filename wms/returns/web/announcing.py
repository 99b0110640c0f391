"""Announcing what comes back of an order."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.codes.queries import shown as shown_code
from wms.kernel.edge import submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form, NotKept, back, seen_only
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.orders import queries as orders
from wms.orders.tables import Order
from wms.people.policy import allow
from wms.returns import actions, queries
from wms.returns.actions import Advised
from wms.returns.web.blueprint import CLERKS, pages

NEW = "returns/new.html"


@pages.get("/returns/new")
@allow(*CLERKS)
def new() -> AnyResponse | str:
    """Ask for the order, or show what of it may come back."""
    number = seen_only(request.args.get("order", "")).strip()
    if not number:
        return render_template(NEW, entered={}, refused={}, sentence=None, order=None, rows=())
    try:
        with services().database.read() as session:
            context = _order(session, number)
    except Refusal as refusal:
        return back(refusal, NEW, {"order": number}, order=None, rows=())
    return render_template(NEW, entered={}, refused={}, sentence=None, **context)


@pages.post("/returns/new")
@allow(*CLERKS)
def announce() -> AnyResponse:
    """Announce what comes back of an order."""
    form = Form(request.form)
    number = form.text("order", longest=64)
    reason = form.optional("reason", longest=400)
    with services().database.read() as session:
        context = _order(session, number)
    asked = {
        line_id: form.whole(f"line_{line_id}", least=0, most=QUANTITY_LIMIT) or 0
        for line_id, *_ in context["rows"]
    }
    lines = [Advised(line_id, units) for line_id, units in asked.items() if units]

    def do(session: Session, by: int, at: datetime) -> str:
        row = actions.announce(
            session,
            order_id=context["order"].id,
            lines=lines,
            reason=reason or "",
            by=by,
            at=at,
        )
        return url_for("returns.one", return_id=row.id)

    try:
        form.check()
        return submit("returns.announce", do)
    except Refusal as refusal:
        return back(_by_field(refusal, lines), NEW, **context)


def _order(session: Session, number: str) -> dict[str, Any]:
    """Return an order by its number, with what of each line may be announced. Raises NotKept."""
    found = session.scalars(select(Order).where(Order.number == number).order_by(Order.id)).all()
    if not found:
        raise NotKept(Fault("order", "returns.unknown_order", {"order": shown_code(number)}))
    left = {one.id: queries.unannounced(session, one.id) for one in found}
    order = next((one for one in found if any(left[one.id].values())), None)
    if order is None:
        raise NotKept(Fault("order", "returns.nothing_left_house", {"order": shown_code(number)}))
    rows = [
        (line.id, item.sku, item.name, units)
        for line, item in orders.lines(session, [order.id])[order.id]
        if (units := left[order.id].get(line.id, 0))
    ]
    return {"order": order, "rows": rows}


def _by_field(refusal: Refusal, lines: list[Advised]) -> Refusal:
    """Return the same no, with its faults beside the fields of the form."""
    fields = {f"lines.{place}": f"line_{line.order_line_id}" for place, line in enumerate(lines)}
    refusal.faults = tuple(
        Fault(fields.get(fault.where.rpartition(".")[0], fault.where), fault.sentence, fault.values)
        for fault in refusal.faults
    )
    return refusal
