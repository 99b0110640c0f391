"""Whether this process lives, and whether it can serve: for load balancers and for whoever watches."""

from datetime import timedelta

from flask import Flask, Response, jsonify
from sqlalchemy.exc import DBAPIError

from wms.kernel import deliveries
from wms.kernel.refusal import Busy
from wms.kernel.services import services
from wms.migrations import upgrade
from wms.people.policy import public

LATE = timedelta(minutes=5)
"""A reaction that has been due for so long tells that no courier runs."""


def open_routes(app: Flask) -> None:
    """Open the health routes."""
    app.add_url_rule("/livez", view_func=livez)
    app.add_url_rule("/readyz", view_func=readyz)


@public()
def livez() -> Response:
    """Answer that this process answers."""
    return jsonify({"status": "ok"})


@public()
def readyz() -> tuple[Response, int]:
    """Answer whether database, tables and courier are as they should be, each by name."""
    try:
        tables = upgrade.current(services().database) == upgrade.head()
        late = _is_late()
    except (Busy, DBAPIError):
        return jsonify({"status": "waiting", "database": "away"}), 503
    state = {
        "database": "ok",
        "tables": "ok" if tables else "old",
        "courier": "late" if late else "ok",
    }
    return jsonify({"status": "ok" if tables else "waiting", **state}), 200 if tables else 503


def _is_late() -> bool:
    house = services()
    with house.database.read() as session:
        oldest = deliveries.oldest_due(session)
    return oldest is not None and oldest < house.clock.now() - LATE
