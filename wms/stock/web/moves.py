"""The ledger to read: moves by what, where, who, why and when; one move with its undo."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins.tables import Warehouse
from wms.kernel.edge import submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow
from wms.people.tables import User
from wms.stock import actions, queries
from wms.stock.moves import Reason
from wms.stock.web import naming
from wms.stock.web.blueprint import ROWS, number, pages, reasons, turning

PEOPLE_LIMIT = 500
"""Most names in the filter; a house with more people filters by other things."""

YEARS = range(1900, 2200)
"""Days beyond them are slips, and at the ends of the calendar no clock can be set forward or back."""

TOGETHER = 12
"""How many moves of the same act a move's page shows; the list shows them all."""

NOTHING = queries.MoveAsked(item_id=0)
"""What an unknown code leads to: no move, rather than all of them."""


@pages.get("/moves")
@allow(*EVERYBODY)
def moves() -> str:
    """List moves, the newest first, filtered."""
    with services().database.read() as session:
        asked, unknown = _asked(session)
        found = queries.moves(session, asked, limit=ROWS, cursor=request.args.get("cursor"))
        people = session.execute(
            select(User.id, User.name).order_by(User.name, User.id).limit(PEOPLE_LIMIT)
        )
        return render_template(
            "stock/moves.html",
            rows=found.rows,
            unknown=unknown,
            narrows=asked != queries.MoveAsked(),
            people=[tuple(row) for row in people],
            reasons=reasons(),
            **turning(found.next_cursor),
        )


@pages.get("/moves/<int:move_id>")
@allow(*EVERYBODY)
def move(move_id: int) -> str:
    """Show one move, what else its act moved, and the way to take it back."""
    return render_template("stock/move.html", entered={}, refused={}, **_shown(move_id))


@pages.post("/moves/<int:move_id>/reverse")
@allow(*LEADS)
def reverse(move_id: int) -> AnyResponse:
    """Take a move back, with the reason that somebody gave."""
    form = Form(request.form)
    note = form.text("reason", longest=200)

    def do(session: Session, by: int, at: datetime) -> str:
        [undo] = actions.reverse(session, [move_id], note=note, by=by, at=at)
        return url_for("stock.move", move_id=undo)

    try:
        form.check()
        return submit("stock.reverse", do)
    except Refusal as refusal:
        return back(refusal, "stock/move.html", **_shown(move_id))


def _shown(move_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        shown = queries.move(session, move_id)
        act = queries.MoveAsked(command_uid=shown.command_uid)
        together = queries.moves(session, act, limit=TOGETHER)
    others = [one for one in together.rows if one.id != move_id]
    return {"move": shown, "others": others, "has_more": together.next_cursor is not None}


def _asked(session: Session) -> tuple[queries.MoveAsked, str]:
    """Return what the filter bar asks for, and the code in it that nobody knows, if any."""
    said = request.args
    item, bin_ = said.get("item", "").strip(), said.get("bin", "").strip()
    item_id = naming.item_of(session, item) if item else None
    location_id = naming.any_place_of(session, bin_) if bin_ else None
    if (item and item_id is None) or (bin_ and location_id is None):
        return NOTHING, item if item and item_id is None else bin_
    since, until = _days(session)
    asked = queries.MoveAsked(
        item_id=item_id,
        location_id=location_id,
        actor_id=said.get("person", type=number),
        reason=said.get("reason", type=Reason) if said.get("reason") else None,
        command_uid=said.get("act", type=UUID),
        reference=said.get("reference", "").strip()[:80] or None,
        since=since,
        until=until,
    )
    return asked, ""


def _day(said: str) -> date:
    day = date.fromisoformat(said)
    if day.year not in YEARS:
        raise ValueError(said)
    return day


def _days(session: Session) -> tuple[datetime | None, datetime | None]:
    """Return from when until when is asked: whole days by the warehouse's clock, by UTC where there are several."""
    zones = session.scalars(select(Warehouse.time_zone).distinct()).all()
    zone = ZoneInfo(zones[0] if len(zones) == 1 else "UTC")
    since, until = (request.args.get(name, type=_day) for name in ("since", "until"))
    last = timedelta(days=1) - timedelta(microseconds=1)
    return (
        datetime.combine(since, time(), zone) if since else None,
        datetime.combine(until, time(), zone) + last if until else None,
    )
