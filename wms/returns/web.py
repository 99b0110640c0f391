"""Returns, for people in the office: which there are, what came of each, announce one, call one off."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.codes.queries import shown as shown_code
from wms.kernel.edge import expected_version, submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form, NotKept, back, seen_only
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.kernel.words import say
from wms.orders import queries as orders
from wms.orders.tables import Order
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.returns import actions, queries
from wms.returns.actions import Advised
from wms.returns.grades import Disposition
from wms.returns.queries import State, Unit

pages = Blueprint("returns", __name__)

ROWS = 50

WORDS_LONGEST = 120

OFFERED = 8
"""Most orders that are offered for a parcel whose order nobody knew."""

NEW, ONE = "returns/new.html", "returns/return.html"

CLERKS = (*LEADS, Role.RETURNS)

QUARTERS = {
    State.ANNOUNCED: 0,
    State.LABEL_SENT: 0,
    State.IN_TRANSIT: 1,
    State.LOST: 1,
    State.ARRIVED: 2,
    State.INSPECTING: 3,
    State.GRADED: 3,
}
"""How far along a return is, of four."""


@pages.app_template_filter("return_state")
def worded_state(state: str) -> str:
    """Return where the goods of a return are, in words."""
    return say(f"returns.state_{state}")


@pages.app_template_filter("return_quarters")
def quarters(state: State) -> int:
    """Return how far along a return is, of four."""
    return QUARTERS.get(state, 4)


def worded_grade(unit: Unit) -> str:
    """Return in what condition units came back, in words."""
    if unit.is_wrong_item:
        return say("returns.grade_wrong")
    return say(f"returns.grade_{unit.grade.lower() or 'none'}")


def worded_fate(fate: str) -> str:
    """Return what became of units, in words."""
    return say(f"returns.fate_{Disposition(fate)}") if fate else ""


@pages.get("/returns")
@allow(*EVERYBODY)
def returns() -> str:
    """List returns, the newest first: those that are not over, unless it is asked for others."""
    said = request.args
    state = said.get("state", type=State) if said.get("state") else None
    number = seen_only(said.get("number", "")).strip()
    is_blind, is_all = "blind" in said, "all" in said
    asked = queries.ReturnsAsked(
        state=state,
        number=number or None,
        blind=True if is_blind else None,
        open_only=not (is_all or is_blind or state or number),
    )
    with services().database.read() as session:
        found = queries.returns(session, asked, limit=ROWS, cursor=said.get("cursor"))
        lines = queries.lines(session, [one.id for one in found.rows])
    return render_template(
        "returns/returns.html",
        rows=found.rows,
        counts={
            one.id: _counts([its for its in lines if its.return_id == one.id]) for one in found.rows
        },
        view="blind" if is_blind else "all" if is_all else "open",
        narrows=bool(state or number),
        states_of_returns=[(its.value, worded_state(its)) for its in State],
        next_url=_here_from(found.next_cursor) if found.next_cursor else None,
        first_url=_here_from(None) if said.get("cursor") else None,
    )


@pages.get("/returns/<int:return_id>")
@allow(*EVERYBODY)
def one(return_id: int) -> str:
    """Show one return: what was told, what came, and what became of each unit."""
    return render_template(ONE, entered={}, refused={}, **_one(return_id))


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


@pages.post("/returns/<int:return_id>/cancel")
@allow(*CLERKS)
def cancel(return_id: int) -> AnyResponse:
    """Call a return off that is not here yet."""
    version = expected_version()
    reason = request.form.get("reason", "").strip()[:400]

    def do(session: Session, by: int, at: datetime) -> str:
        actions.cancel(session, return_id=return_id, reason=reason, expected=version, by=by, at=at)
        return url_for("returns.one", return_id=return_id)

    try:
        return submit("returns.cancel", do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(return_id))


@pages.post("/returns/<int:return_id>/match")
@allow(*CLERKS)
def match(return_id: int) -> AnyResponse:
    """Say of which order a parcel is that nobody knew."""
    version = expected_version()
    form = Form(request.form)
    order_id = form.whole("order_id", least=1, most=2**53 - 1) or 0

    def do(session: Session, by: int, at: datetime) -> str:
        actions.match(
            session, return_id=return_id, order_id=order_id, expected=version, by=by, at=at
        )
        return url_for("returns.one", return_id=return_id)

    try:
        form.check()
        return submit("returns.match", do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(return_id))


def _one(return_id: int) -> dict[str, Any]:
    words = seen_only(request.args.get("order", "")).strip()[:WORDS_LONGEST]
    with services().database.read() as session:
        its = queries.one(session, return_id)
        could_be = queries.orders_like(session, words, limit=OFFERED) if its.is_blind else ()
        units = queries.units(session, return_id)
        contact = (
            orders.contacts(session, [its.order_id]).get(its.order_id) if its.order_id else None
        )
        return {
            "back": its,
            "customer": contact.name if contact else "",
            "lines": [one for one in queries.lines(session, [return_id]) if one.says_something],
            "words": words,
            "could_be": could_be,
            "units": [(unit, worded_grade(unit), worded_fate(unit.disposition)) for unit in units],
        }


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


def _counts(lines: list[queries.Line]) -> dict[str, int]:
    names = ("advised", "arrived", "restocked", "quarantined", "scrapped")
    return {name: sum(getattr(line, name) for line in lines) for name in names}


def _here_from(cursor: str | None) -> str:
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return (
        f"{url_for('returns.returns')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"
    )
