"""Counts, for people in the office: which there are, what came of them, and what to do with those that do not agree."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins.queries import place_scanned
from wms.counting import actions, queries
from wms.counting.queries import Cause, State
from wms.kernel.edge import Act, expected_version, submit
from wms.kernel.forms import Form, NotKept, back
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.kernel.words import say
from wms.people.policy import LEADS, allow

pages = Blueprint("counting", __name__)

ROWS = 50

NEW, ONE = "counting/new.html", "counting/count.html"


@pages.app_template_filter("count_state")
def worded_state(state: str) -> str:
    """Return how far a count is, in words."""
    return say(f"counting.state_{state}")


@pages.app_template_filter("count_cause")
def worded_cause(cause: str) -> str:
    """Return why somebody counts, in words."""
    return say(f"counting.cause_{cause}")


@pages.get("/counts")
@allow(*LEADS)
def counts() -> str:
    """List counts, the newest first: those that are open, unless it is asked for others."""
    said = request.args
    state = said.get("state", type=State) if said.get("state") else None
    cause = said.get("cause", type=Cause) if said.get("cause") else None
    is_all = "all" in said
    asked = queries.CountsAsked(state=state, cause=cause, open_only=not is_all and state is None)
    with services().database.read() as session:
        found = queries.counts(session, asked, limit=ROWS, cursor=said.get("cursor"))
        to_look_at = queries.in_review(session)
    return render_template(
        "counting/counts.html",
        rows=found.rows,
        to_look_at=to_look_at,
        is_all=is_all,
        is_review=state is State.IN_REVIEW,
        narrows=bool(cause or state),
        causes=[(one.value, worded_cause(one)) for one in Cause],
        next_url=_here_from(found.next_cursor) if found.next_cursor else None,
        first_url=_here_from(None) if said.get("cursor") else None,
    )


@pages.get("/counts/<int:count_id>")
@allow(*LEADS)
def count(count_id: int) -> str:
    """Show one count: what was counted in each round, and what the book said."""
    return render_template(ONE, entered={}, refused={}, **_one(count_id))


@pages.get("/counts/new")
@allow(*LEADS)
def new() -> str:
    """Show an empty form, or one that knows the place."""
    return render_template(NEW, entered=request.args, refused={}, sentence=None)


@pages.post("/counts/new")
@allow(*LEADS)
def ask() -> AnyResponse:
    """Ask for a count of a place."""
    form = Form(request.form)
    place, reference = form.text("place", longest=64), form.optional("reference", longest=80)

    def do(session: Session, by: int, at: datetime) -> str:
        location_id = place_scanned(session, place)
        if location_id is None:
            raise NotKept(Fault("place", "stock.unknown_place", {"id": place}))
        number = actions.ask(
            session,
            location_id=location_id,
            cause=Cause.ASKED,
            reference=reference or "",
            by=by,
            at=at,
        )
        return url_for("counting.count", count_id=number)

    try:
        form.check()
        return submit("counting.ask", do)
    except Refusal as refusal:
        return back(refusal, NEW)


@pages.post("/counts/<int:count_id>/accept")
@allow(*LEADS)
def accept(count_id: int) -> AnyResponse:
    """Let a count stand, with a reason."""
    form, version = Form(request.form), expected_version()
    reason = form.text("reason", longest=400)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.accept(session, count_id=count_id, reason=reason, expected=version, by=by, at=at)
        return url_for("counting.count", count_id=count_id)

    return _acted("counting.accept", form, do, count_id)


@pages.post("/counts/<int:count_id>/recount")
@allow(*LEADS)
def recount(count_id: int) -> AnyResponse:
    """Let somebody else count again."""
    form, version = Form(request.form), expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.recount(session, count_id=count_id, expected=version, by=by, at=at)
        return url_for("counting.count", count_id=count_id)

    return _acted("counting.recount", form, do, count_id)


@pages.post("/counts/<int:count_id>/cancel")
@allow(*LEADS)
def cancel(count_id: int) -> AnyResponse:
    """Take a count back, with a reason."""
    form, version = Form(request.form), expected_version()
    reason = form.text("reason", longest=400)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.cancel(session, count_id=count_id, reason=reason, expected=version, by=by, at=at)
        return url_for("counting.count", count_id=count_id)

    return _acted("counting.cancel", form, do, count_id)


def _acted(name: str, form: Form, do: Act, count_id: int) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(count_id))


def _one(count_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        shown = queries.count(session, count_id)
        told = queries.handed_in(session, shown)
    rounds = sorted({line.round for line in told}, reverse=True)
    return {
        "count": shown,
        "rounds": [(number, [one for one in told if one.round == number]) for number in rounds],
    }


def _here_from(cursor: str | None) -> str:
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return (
        f"{url_for('counting.counts')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"
    )
