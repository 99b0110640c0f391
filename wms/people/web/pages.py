"""The pages of this slice, and what they add to every page: ways out and to one's own settings."""

from typing import Any, cast

from flask import Blueprint, Flask, g, url_for
from flask.blueprints import BlueprintSetupState

from wms.people.door import limiter
from wms.people.plain_http import is_plain

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
