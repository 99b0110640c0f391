"""Moves to do, for people in the office: which there are, who does them, ask for one, take one back."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins.queries import names as place_names
from wms.bins.queries import place_scanned
from wms.catalog.tables import Lot, Serial
from wms.codes.queries import Kind as CodeKind
from wms.codes.queries import resolve
from wms.kernel.edge import expected_version, submit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form, NotKept, back
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.kernel.words import say
from wms.moving import actions, queries
from wms.moving.queries import Kind, State, Why
from wms.moving.web.blueprint import pages, worded_kind, worded_state
from wms.people.policy import EVERYBODY, LEADS, allow
from wms.stock.moves import NONE

ROWS = 50

NEW, ONE = "moving/new.html", "moving/task.html"

BY_HAND = (Kind.RELOCATE, Kind.PUT_BACK, Kind.REPLENISH, Kind.PUTAWAY)
"""Kinds that people ask for."""


def worded_reason(reason: str) -> str:
    """Return why a place was taken or passed over, in words."""
    return say(f"moving.room_{reason}")


@pages.get("/moves-to-do")
@allow(*EVERYBODY)
def tasks() -> str:
    """List moves, the newest first: those to do, unless it is asked for others."""
    said = request.args
    state = said.get("state", type=State) if said.get("state") else None
    kind = said.get("kind", type=Kind) if said.get("kind") else None
    is_all = "all" in said
    asked = queries.TasksAsked(state=state, kind=kind, open_only=not is_all and state is None)
    with services().database.read() as session:
        found = queries.tasks(session, asked, limit=ROWS, cursor=said.get("cursor"))
    return render_template(
        "moving/tasks.html",
        rows=found.rows,
        is_all=is_all,
        narrows=bool(state or kind),
        states_of_moves=[(one.value, worded_state(one)) for one in State],
        kinds=[(one.value, worded_kind(one)) for one in Kind],
        next_url=_here_from(found.next_cursor) if found.next_cursor else None,
        first_url=_here_from(None) if said.get("cursor") else None,
    )


@pages.get("/moves-to-do/<int:move_task_id>")
@allow(*EVERYBODY)
def task(move_task_id: int) -> str:
    """Show one move: what goes where, who does it, and why there."""
    return render_template(ONE, entered={}, refused={}, **_one(move_task_id))


@pages.get("/moves-to-do/new")
@allow(*LEADS)
def new() -> str:
    """Show an empty form, or one that knows where the units are."""
    return render_template(NEW, entered=request.args, refused={}, sentence=None, kinds=_kinds())


@pages.post("/moves-to-do/new")
@allow(*LEADS)
def ask() -> AnyResponse:
    """Ask for a move."""
    form = Form(request.form)
    place, item = form.text("place", longest=64), form.text("item", longest=255)
    lot, serial = form.optional("lot", longest=64), form.optional("serial", longest=64)
    to, reference = form.optional("to", longest=64), form.optional("reference", longest=80)
    kind = form.choice("kind", tuple(BY_HAND))
    form.text("quantity")
    units = form.whole("quantity", least=1, most=QUANTITY_LIMIT) or 0

    def do(session: Session, by: int, at: datetime) -> str:
        source_id, item_id = _place(session, "place", place), _item(session, item)
        number = actions.ask(
            session,
            kind=kind,
            source_id=source_id,
            item_id=item_id,
            lot_id=_part(session, Lot, "lot", item_id, lot),
            serial_id=_part(session, Serial, "serial", item_id, serial),
            quantity=units,
            target_id=_place(session, "to", to) if to else None,
            why=Why.ASKED,
            reference=reference or "",
            by=by,
            at=at,
        )
        return url_for("moving.task", move_task_id=number)

    try:
        form.check()
        return submit("moving.ask", do)
    except Refusal as refusal:
        return back(_by_field(refusal), NEW, kinds=_kinds())


@pages.post("/moves-to-do/<int:move_task_id>/cancel")
@allow(*LEADS)
def cancel(move_task_id: int) -> AnyResponse:
    """Take a move back."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.cancel(session, move_task_id=move_task_id, expected=version, by=by, at=at)
        return url_for("moving.task", move_task_id=move_task_id)

    return _acted("moving.cancel", do, move_task_id)


@pages.post("/moves-to-do/<int:move_task_id>/release")
@allow(*LEADS)
def release(move_task_id: int) -> AnyResponse:
    """Take a move from whoever has it; what was lifted is back at its source."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.release(session, move_task_id=move_task_id, expected=version, by=by, at=at)
        return url_for("moving.task", move_task_id=move_task_id)

    return _acted("moving.release", do, move_task_id)


def _acted(name: str, do: Any, move_task_id: int) -> AnyResponse:
    try:
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(move_task_id))


def _one(move_task_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        shown = queries.task(session, move_task_id)
        choice = queries.suggestion(session, move_task_id)
        weighed = choice.rooms if choice else ()
        codes = place_names(session, [room for room, _ in weighed])
    places = [(codes.get(room, str(room)), worded_reason(reason)) for room, reason in weighed]
    return {"task": shown, "choice": choice, "places": places}


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, worded_kind(kind)) for kind in BY_HAND]


def _item(session: Session, code: str) -> int:
    found = {one.target_id for one in resolve(session, code) if one.kind is CodeKind.ITEM}
    if len(found) != 1:
        raise NotKept(Fault("item", "stock.unknown_item", {"id": code}))
    return found.pop()


def _place(session: Session, field: str, code: str) -> int:
    found = place_scanned(session, code)
    if found is None:
        raise NotKept(Fault(field, "stock.unknown_place", {"id": code}))
    return found


def _part(session: Session, of: Any, field: str, item_id: int, code: str | None) -> int:
    if not code:
        return NONE
    found: int | None = session.scalar(select(of.id).where(of.item_id == item_id, of.code == code))
    if found is None:
        raise NotKept(Fault(field, f"stock.unknown_{field}", {"id": code}))
    return found


def _by_field(refusal: Refusal) -> Refusal:
    """Return the same no, with its faults beside the fields of the form."""
    fields = {"source_id": "place", "target_id": "to", "item_id": "item"}
    refusal.faults = tuple(
        Fault(fields.get(fault.where, fault.where), fault.sentence, fault.values)
        for fault in refusal.faults
    )
    return refusal


def _here_from(cursor: str | None) -> str:
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return f"{url_for('moving.tasks')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"
