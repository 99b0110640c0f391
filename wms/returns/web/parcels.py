"""Parcels that come back: all of them, and one with every unit; which order one is of, and calling one off."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, back, seen_only
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.orders import queries as orders
from wms.people.policy import EVERYBODY, allow
from wms.returns import actions, queries
from wms.returns.queries import State
from wms.returns.web.blueprint import CLERKS, pages, worded_fate, worded_grade, worded_state

ROWS = 50
WORDS_LONGEST = 120
OFFERED = 8
"""Most orders that are offered for a parcel whose order nobody knew."""

ONE = "returns/return.html"


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
        waits = queries.in_views(session)
    return render_template(
        "returns/returns.html",
        waits=waits,
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


def _counts(lines: list[queries.Line]) -> dict[str, int]:
    names = ("advised", "arrived", "restocked", "quarantined", "scrapped")
    return {name: sum(getattr(line, name) for line in lines) for name in names}


def _here_from(cursor: str | None) -> str:
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return (
        f"{url_for('returns.returns')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"
    )
