"""The floor's page: home and every dialogue in one, drawn by the server, carried on by scans."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup, escape
from pydantic import ValidationError
from sqlalchemy.orm import Session

from wms.bins.queries.shelves import around
from wms.floor import queries
from wms.floor.looking import look
from wms.floor.plain import from_plain
from wms.floor.process import Worker
from wms.floor.sending import Sent, carry_out, floor
from wms.floor.turn import Turn
from wms.floor.worded import answer, in_words, no, said
from wms.kernel.edge import KEY_HEADER, KeyMissing, actor
from wms.kernel.refusal import Busy, NoRoom, Refusal
from wms.kernel.services import services
from wms.kernel.words import say
from wms.people.policy import EVERYBODY, LEADS, allow
from wms.stations.here import device_here

pages = Blueprint("floor", __name__)

AGAIN = (Busy, NoRoom)
"""What passes by itself: the tablet keeps the scan and sends it again."""

CODE = re.compile(r"(?<![\w-])(?=[A-Z0-9-]{3,20}(?![\w-]))[A-Z0-9]+(?:-[A-Z0-9]+)+")
"""A bin, tote or item in the middle of a sentence; longer ones may break where the line ends."""


class Unreadable(Refusal):
    """What the page's own script sent does not fit its description."""

    sentence = "floor.unreadable_scan"
    status = 422
    kept = False


@pages.get("/floor", endpoint="floor")
@allow(*EVERYBODY)
def page() -> str:
    """Show where the person stands: at home, or in the middle of what they did last, on whatever tablet."""
    return _drawn(_where())


@pages.get("/floor/turn")
@allow(*EVERYBODY)
def turn() -> Response:
    """Tell the page where the person stands now, after it was away."""
    where = _where()
    return _told(where, {"taken_for": "", "leaves": False, "say": "", "tone": where.tone})


@pages.post("/floor/scans")
@allow(*EVERYBODY)
def take_scan() -> Response:
    """Take a scan of the page. A no is a red screen on which nothing has changed, so 200 as well."""
    if KEY_HEADER not in request.headers:
        raise KeyMissing
    try:
        sent = Sent.model_validate(request.get_json(silent=True) or {})
    except ValidationError:
        raise Unreadable from None
    try:
        told = carry_out(sent, _worker())
    except AGAIN:
        raise
    except Refusal as refusal:
        red = no(_where(), refusal)
        return _told(red, {"taken_for": "", "leaves": False})
    response = _told(from_plain(told.value["turn"]), answer(told.value))
    if told.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _worker() -> Worker:
    somebody = actor()
    return Worker(somebody.id, somebody.name, somebody.roles, somebody.device_id)


def _where() -> Turn:
    """Return what the screen shows to whoever asks, as things are now."""
    worker, now = _worker(), services().clock.now()
    with services().database.read() as session:
        return look(session, floor(), worker, now)


def _told(turn: Turn, told: dict[str, Any]) -> Response:
    whole = {"say": said(turn.say), "tone": turn.tone, "next": in_words(turn)} | told
    return jsonify(whole | {"html": _drawn(turn)})


def _drawn(turn: Turn) -> str:
    """Return the whole page; the script takes out of it what is new."""
    worker, now = _worker(), services().clock.now()
    practice = services().settings.practice
    with services().database.read() as session:
        tiles = queries.tiles(session, floor(), worker, now) if not turn.process else []
        return render_template(
            "floor/floor.html",
            turn=in_words(turn),
            sentence=said(turn.say),
            tone=turn.tone,
            tiles=[(tile, said_of(tile)) for tile in tiles],
            place=_place(session, turn.target),
            device=device_here(),
            leads=actor().has_any(frozenset(LEADS)),
            expects=turn.expects if practice else (),
            practice=practice,
            short_name=short(worker.name),
        )


def said_of(tile: queries.Tile) -> str:
    """Return the name of a tile."""
    return say(tile.process.label)


@pages.app_template_filter("codes_whole")
def codes_whole(sentence: str) -> Markup:
    """Return a sentence in which no code is broken over two lines."""
    return Markup(CODE.sub(r'<span class="nowrap">\g<0></span>', str(escape(sentence))))  # noqa: S704 - escaped


def short(name: str) -> str:
    """Return a name as the top of the screen has room for: "Mia K."."""
    first, *others = name.split()
    return f"{first} {others[-1][0]}." if others and others[-1][0].isalpha() else first


def _place(session: Session, target: str) -> dict[str, Any] | None:
    """Return the parts of a bin's address with their captions, and the shelves around it."""
    place = queries.bin_of(session, target)
    if place is None or place.aisle is None or place.bay is None or place.level is None:
        return None
    block = [(_("block"), chr(ord("A") + place.block - 1))] if place.block else []
    parts = [
        *block,
        (_("aisle"), f"{place.aisle:02d}"),
        (_("bay"), f"{place.bay:02d}"),
        (_("level"), str(place.level)),
    ]
    if "-".join(part for _caption, part in parts) != place.code:
        parts = []
    return {"parts": parts, "around": around(session, place)}
