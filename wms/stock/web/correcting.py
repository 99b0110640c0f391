"""Making the book agree with the floor by hand, and ending the use of an empty place."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form
from wms.people.policy import LEADS, allow
from wms.stock import actions
from wms.stock.moves import Promises, Reason
from wms.stock.web import naming
from wms.stock.web.blueprint import Choices, pages, reasons, statuses
from wms.stock.web.moving import kept, typed_pile

ADJUST = "stock/adjust.html"

OFFERED = (Reason.COUNT, Reason.FOUND, Reason.LOST, Reason.SCRAP, Reason.ADJUST)
"""What may have happened; only a count says how many there are, the others how many more or fewer."""


@pages.get("/stock/adjust")
@allow(*LEADS)
def adjust() -> str:
    """Show an empty form, or one that knows which units are meant."""
    return render_template(
        ADJUST,
        entered=request.args,
        refused={},
        sentence=None,
        statuses=statuses(),
        reasons=_offered(),
    )


@pages.post("/stock/adjust")
@allow(*LEADS)
def create_adjustment() -> AnyResponse:
    """Book what the floor proved."""
    form = Form(request.form)
    typed = typed_pile(form)
    reason = form.choice("reason", OFFERED)
    form.text("quantity")
    least = -QUANTITY_LIMIT if reason == Reason.ADJUST else 0
    quantity = form.whole("quantity", least=least, most=QUANTITY_LIMIT) or 0
    note = form.optional("note", longest=400) or ""
    promises = Promises.BREAK if form.ticked("break_promises") else Promises.KEEP

    def do(session: Session, by: int, at: datetime) -> str:
        pile = naming.pile_of(session, typed)
        number = _book(Reason(reason), quantity)(
            session, pile=pile, note=note, promises=promises, by=by, at=at
        )
        if number is None:
            return url_for("desk.bin", location_id=pile.location_id)
        return url_for("stock.move", move_id=number)

    return kept("stock.adjust", form, do, ADJUST, reasons=_offered())


@pages.post("/bins/<int:location_id>/close")
@allow(*LEADS)
def close_place(location_id: int) -> AnyResponse:
    """Stop using an empty place."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.close_place(session, location_id=location_id, version=version, by=by, at=at)
        return url_for("bins.bins", archived=1)

    return submit("stock.close_place", do)


def _book(reason: Reason, quantity: int) -> Callable[..., int | None]:
    if reason is Reason.COUNT:
        return partial(actions.count, counted=quantity)
    difference = -quantity if reason in (Reason.LOST, Reason.SCRAP) else quantity
    return partial(actions.adjust, difference=difference, reason=reason)


def _offered() -> Choices:
    return reasons(OFFERED)
