"""The pages of this slice, and what they add to every page: ways out and to one's own settings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from flask import Blueprint, Flask, current_app, g, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import format_datetime
from flask_babel import gettext as _

from wms.kernel.services import services
from wms.people import queries
from wms.people.door import limiter
from wms.people.plain_http import is_plain
from wms.people.tables import UserSession
from wms.people.trail import Namers

Fact = tuple[str, str]
"""A name and a value, for a list of facts."""

pages = Blueprint("people", __name__)


@pages.record_once
def _start_limiter(state: BlueprintSetupState) -> None:
    limiter.init_app(cast("Flask", state.app))


@pages.app_context_processor
def around_every_page() -> dict[str, Any]:
    """Return what every page shows of people: the ways out and to one's own settings, and the note on an open wire."""
    somebody = g.get("actor")
    return {
        "sign_out_url": url_for("people.sign_out") if somebody else None,
        "my_url": url_for("people.mine") if somebody else None,
        "unencrypted": is_plain(),
    }


def when(moment: datetime) -> str:
    """Return a moment as every page writes it."""
    return str(format_datetime(moment, _("d MMM y, HH:mm")))


def namers() -> Namers:
    """Return who knows the names of things, by their kind."""
    known: Namers = current_app.extensions.get("names", {"user": queries.names})
    return known


def where_signed_in(sessions: Sequence[UserSession], here: int | None = None) -> list[Fact]:
    """Tell each session by its place and when somebody was last seen there."""
    devices = {one.device_id for one in sessions if one.device_id is not None}
    namer = namers().get("device")
    with services().database.read() as session:
        names = namer(session, devices) if namer and devices else {}
    return [(_place(one, names, here), when(one.seen_at)) for one in sessions]


def _place(one: UserSession, names: Mapping[int, str], here: int | None) -> str:
    place = names.get(one.device_id, str(one.device_id)) if one.device_id else _("At a desk")
    return _("%(place)s, here", place=place) if one.id == here else place
