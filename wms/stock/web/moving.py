"""Moving units by hand: from one place to another, or into another condition."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import Act, submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form, NotKept, back
from wms.kernel.refusal import Fault, Refusal
from wms.people.policy import LEADS, allow
from wms.stock import actions
from wms.stock.moves import Move, Promises, Reason, StockStatus
from wms.stock.pointing import pointing_at
from wms.stock.web import naming
from wms.stock.web.blueprint import pages, statuses

MOVE, CONDITION = "stock/new_move.html", "stock/condition.html"


FIELDS = {
    "item_id": "item",
    "source_id": "place",
    "location_id": "place",
    "lot_id": "lot",
    "serial_id": "serial",
    "difference": "quantity",
    "counted": "quantity",
}
"""By the ledger's names, the fields of a form."""


@pages.get("/moves/new")
@allow(*LEADS)
def new_move() -> str:
    """Show an empty form, or one that knows where the units are."""
    return render_template(
        MOVE, entered=request.args, refused={}, sentence=None, statuses=statuses()
    )


@pages.post("/moves/new")
@allow(*LEADS)
def create_move() -> AnyResponse:
    """Move units from one place to another."""
    form = Form(request.form)
    typed, quantity = typed_pile(form), units(form)
    to, note = form.text("to", longest=64), form.optional("note", longest=400)

    def do(session: Session, by: int, at: datetime) -> str:
        pile = naming.pile_of(session, typed)
        target_id = naming.place_of(session, to)
        if target_id is None:
            raise NotKept(Fault("to", "stock.unknown_place", {"id": to}))
        move = Move(
            pile.item_id,
            pile.location_id,
            target_id,
            quantity,
            Reason.MOVE,
            lot_id=pile.lot_id,
            serial_id=pile.serial_id,
            status_from=pile.status,
            note=note or "",
        )
        return url_for("stock.move", move_id=actions.move(session, move, by=by, at=at))

    return kept("stock.move", form, do, MOVE)


@pages.get("/stock/condition")
@allow(*LEADS)
def condition() -> str:
    """Show the form that sets units aside, or takes them back into sale."""
    return render_template(
        CONDITION, entered=request.args, refused={}, sentence=None, statuses=statuses()
    )


@pages.post("/stock/condition")
@allow(*LEADS)
def change_condition() -> AnyResponse:
    """Change the condition of units where they lie."""
    form = Form(request.form)
    typed, quantity = typed_pile(form), units(form)
    status_to = form.choice("status_to", tuple(StockStatus))
    note = form.text("note", longest=400)
    promises = Promises.BREAK if form.ticked("break_promises") else Promises.KEEP

    def do(session: Session, by: int, at: datetime) -> str:
        number = actions.change_status(
            session,
            pile=naming.pile_of(session, typed),
            quantity=quantity,
            status=StockStatus(status_to),
            note=note,
            promises=promises,
            by=by,
            at=at,
        )
        return url_for("stock.move", move_id=number)

    return kept("stock.change_status", form, do, CONDITION, target="status_to")


def typed_pile(form: Form) -> naming.Typed:
    """Return what the form says about the units: place, item and what tells them apart."""
    status = form.choice("status", tuple(StockStatus)) if form.raw("status") else ""
    return naming.Typed(
        place=form.text("place", longest=64),
        item=form.text("item", longest=255),
        lot=form.optional("lot", longest=64) or "",
        serial=form.optional("serial", longest=64) or "",
        status=StockStatus(status) if status in tuple(StockStatus) else StockStatus.AVAILABLE,
    )


def units(form: Form) -> int:
    """Return how many units the form says; nothing typed is told by `check`."""
    form.text("quantity")
    return form.whole("quantity", least=1, most=QUANTITY_LIMIT) or 0


def kept(
    name: str, form: Form, do: Act, template: str, *, target: str = "to", **context: Any
) -> AnyResponse:
    """Carry the form out, or show it again with what was typed and why it was not kept.

    `target` is the field that says where to, or what the units become.
    """

    def told(session: Session, by: int, at: datetime) -> Any:
        with pointing_at({**FIELDS, "target_id": target}):
            return do(session, by, at)

    try:
        form.check()
        return submit(name, told)
    except Refusal as refusal:
        return back(refusal, template, statuses=statuses(), **context)
