"""The pages of this slice, how often their doors may be knocked at, and what they add to every page."""

from typing import Any, cast

from flask import Blueprint, Flask, g, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as AnyResponse

from wms.people.cookies import Cookie, leave
from wms.people.plain_http import is_plain
from wms.people.sign_in import Opened

KNOCKS = "30 per minute"
"""Tries of any secret from one address, right or wrong. The finer count, for each secret, stands in the database."""

pages = Blueprint("people", __name__)

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)
"""Counts in this process only: it keeps floods from the database, and knows nothing of whose secret is tried."""


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


def let_in(response: AnyResponse, opened: Opened) -> AnyResponse:
    """Hand the session's cookie over. Form tokens from before are worth nothing after."""
    session.clear()
    leave(response, Cookie.SESSION, opened.token)
    return response


def origin() -> str:
    """Return where this request comes from, for counting guesses."""
    return f"address:{request.remote_addr}"


def onward() -> str:
    """Return the page that was wanted before signing in: one of our own, whatever the address said."""
    wanted = request.values.get("next", "")
    is_ours = (
        wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    )
    return wanted if is_ours else "/"
