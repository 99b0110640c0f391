"""The stand-in as one Flask application."""

import secrets
from pathlib import Path
from typing import Any

from flask import Flask, jsonify, request

from wms.shipping.standin.faults import Faults
from wms.shipping.standin.platform import Platform, Refused
from wms.shipping.standin.store import Store
from wms.shipping.standin.views.addresses import addresses
from wms.shipping.standin.views.advancing import advancing
from wms.shipping.standin.views.control import control
from wms.shipping.standin.views.labels import labels
from wms.shipping.standin.views.parcels import parcels
from wms.shipping.standin.views.purchases import purchases
from wms.shipping.standin.views.quoting import quoting
from wms.shipping.standin.views.tracking import tracking
from wms.shipping.standin.views.webhooks import webhooks

NO_KEY = {"detail": "Authentication credentials were not provided."}
PLATFORM = (addresses, parcels, quoting, purchases, tracking, webhooks)
BESIDE = (advancing, control, labels)
OPEN = frozenset({"tracking.page"})
LARGEST_QUESTION = 1024 * 1024


def create(store: Path | str, *, seed: int = 1, hook_secret: str = "") -> Flask:
    """Open a store (":memory:" for none) and return the application over it."""
    app = Flask("standin", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_QUESTION
    app.url_map.strict_slashes = False
    kept = Store(store, seed=seed)
    app.extensions["standin"] = Platform(
        kept, Faults(kept.seed), hook_secret or secrets.token_hex(16)
    )
    for blueprint in (*PLATFORM, *BESIDE):
        app.register_blueprint(blueprint)
    app.before_request(_need_key)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(404, lambda _: _refused(Refused({"detail": "Not found."}, 404)))
    return app


def _need_key() -> Any:
    """The platform wants a key; whoever pulls the strings, or has a label's address, needs none."""
    is_open = request.blueprint not in {part.name for part in PLATFORM} or request.endpoint in OPEN
    if is_open or request.headers.get("Authorization", "").startswith("ShippoToken "):
        return None
    return _refused(Refused(NO_KEY, 401))


def _refused(refused: Refused) -> Any:
    return jsonify(refused.body), refused.status
