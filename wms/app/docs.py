"""Where the description of the interface is read: by machines as JSON, by people as a page."""

from typing import Any

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_openapi import OpenAPI

from wms.app.description import ABOUT, Doc, describe
from wms.app.reading import chapters
from wms.people.policy import EVERYBODY, allow, public


def open_routes(app: Flask) -> None:
    """Open both addresses."""
    app.add_url_rule("/openapi.json", "openapi", openapi)
    app.add_url_rule("/api/docs", "api_docs", api_docs)


@public()
def openapi() -> Response:
    """Answer the description as it is, for machines and their generators."""
    response = jsonify(_description(_app()))
    response.add_etag()
    response.make_conditional(request)
    return response


@allow(*EVERYBODY)
def api_docs() -> str:
    """Show the description: what can be asked, what is sent and answered, and a line to try it with."""
    host = request.host_url
    about = ABOUT.split("\n\n")[1:]
    return render_template(
        "app/api.html", chapters=chapters(_description(_app()), host), about=about
    )


def _description(app: OpenAPI) -> Doc:
    """Work the description out once for each application: it changes only with the code."""
    if "description" not in app.extensions:
        app.extensions["description"] = describe(app)
    found: Doc = app.extensions["description"]
    return found


def _app() -> OpenAPI:
    app: Any = current_app
    found: OpenAPI = app._get_current_object()  # noqa: SLF001 - how Flask hands out the application itself
    return found
