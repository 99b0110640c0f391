"""Serves a house that is broken on purpose: `python -m tests.campaigns.races.twins.server serve ...`.

It has the house's own server, sign-in and policy; a header says in which way some of its routes are broken.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, Response, jsonify, request

from tests.campaigns.races import speech
from tests.campaigns.races.twins import read_modify_write, skip_locked, torn
from tests.campaigns.races.twins.wire import Short
from tests.campaigns.races.worker import TWIN
from wms.app import cli, running
from wms.app.running import load as load_house
from wms.people.policy import Role, allow

PROGRAM = ("-m", "tests.campaigns.races.twins.server")
"""What stands between Python and `serve`."""

View = Callable[..., Any]
Route = tuple[str, str]

ROUTES: Mapping[str, Mapping[Route, View]] = {
    "read_modify_write": {
        ("POST", speech.ALLOCATIONS): read_modify_write.promise,
        ("POST", speech.MOVES): read_modify_write.move,
    },
    "skip_locked": {("POST", speech.ALLOCATIONS): skip_locked.promise},
    "torn": {
        ("GET", speech.INVENTORY): torn.inventory,
        ("GET", speech.EXPORT): torn.export,
    },
}


def load(_target: str) -> Flask:
    """Make the house, and break it."""
    app = load_house(_target)
    app.register_error_handler(Short, _short)
    for broken in ROUTES.values():
        for method, path in broken:
            endpoint, _ = app.url_map.bind("").match(path, method=method)
            whole = app.view_functions[endpoint]
            app.view_functions[endpoint] = _either((method, path), whole)
    return app


def _either(route: Route, whole: View) -> View:
    """Return what a route does now: what the twin does that the request is for, else what the house does."""

    def view(**values: Any) -> Any:
        broken = ROUTES[request.headers[TWIN]].get(route)
        return broken() if broken else whole(**values)

    scope = "stock:read" if route[0] == "GET" else "stock:write"
    return allow(Role.MACHINE, scope=scope)(view)


def _short(_no: Exception) -> tuple[Response, int]:
    return jsonify({"code": "stock.not_enough"}), 409


def main(argv: Sequence[str]) -> int:
    """Be run.py for the twins."""
    running.load = load
    return cli.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
