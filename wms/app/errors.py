"""Every no in its reader's words: a page for people, `application/problem+json` (RFC 9457) for machines."""

from http import HTTPStatus
from traceback import walk_tb
from typing import Any

import structlog
from flask import (
    Flask,
    Response,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.refusal import Busy, Refusal
from wms.kernel.words import say
from wms.people.policy import SessionOver

log = structlog.get_logger()

TRY_AGAIN_S = 1


def answer(app: Flask) -> None:
    """Word refusals, HTTP errors and bugs wherever they surface."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _unguarded)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(Exception, _bug)


def unreadable(trouble: ValidationError) -> Response:
    """Answer a body, path or query that does not fit its description, naming each field."""
    faults = [
        {
            "where": ".".join(str(part) for part in fault["loc"]),
            "code": fault["type"],
            "detail": fault["msg"],
        }
        for fault in trouble.errors()
    ]
    response = problem(422, "unreadable", say("app.unreadable", {"n": len(faults)}), faults)
    assert isinstance(response, Response)
    return response


def problem(
    status: int, code: str, detail: str, faults: list[dict[str, Any]] | None = None
) -> AnyResponse:
    """Return the answer itself, in the form its reader takes."""
    if _reader_is_machine():
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "code": code,
            "detail": detail,
            "errors": faults or [],
        }
        # The same key gets the same no, byte for byte; which request it was stands in X-Request-Id of every answer.
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            body["request_id"] = g.get("request_id", "")
        response = jsonify(body)
        response.content_type = "application/problem+json"
    else:
        page = render_template(
            "problem.html",
            status=status,
            detail=detail,
            faults=faults or [],
            side_figures=dict,  # it may be the database that is in trouble
        )
        response = make_response(page)
    response.status_code = status
    if status in (429, 503):
        response.headers.setdefault("Retry-After", str(TRY_AGAIN_S))
    return response


def _refused(refusal: Refusal) -> AnyResponse:
    if refusal.status == 401 and not _reader_is_machine():  # noqa: PLR2004
        return _to_the_door(refusal)
    faults = [
        {"where": fault.where, "code": fault.sentence, "detail": say(fault.sentence, fault.values)}
        for fault in refusal.faults
    ]
    response = problem(
        refusal.status, refusal.sentence, say(refusal.sentence, refusal.values), faults
    )
    if getattr(refusal, "replayed", False):
        response.headers["Idempotent-Replayed"] = "true"
    if refusal.status == 401:  # noqa: PLR2004
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, Busy):  # every other 409 stays a no, however often it is sent
        response.headers["Retry-After"] = str(TRY_AGAIN_S)
    if wait_s := refusal.values.get("wait_s"):
        response.headers["Retry-After"] = str(wait_s)
    return response


def _to_the_door(refusal: Refusal) -> AnyResponse:
    """Send a person to sign in and back; who was signed in before is told that this is over."""
    if isinstance(refusal, SessionOver):
        flash(say(refusal.sentence), "warn")
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("people.sign_in", next=wanted))


def _unguarded(_trouble: CSRFError) -> AnyResponse:
    return problem(403, "app.unguarded", say("app.unguarded"))


def _http(trouble: HTTPException) -> AnyResponse:
    status = trouble.code or 500
    if 300 <= status < 400:  # noqa: PLR2004
        return trouble.get_response()
    sentence = (
        f"app.http_{status}" if status in (400, 404, 405, 413, 415, 429) else "app.http_other"
    )
    response = problem(status, sentence, say(sentence))
    for name, value in trouble.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _too_deep(trouble: RecursionError) -> AnyResponse:
    """Answer lists in lists in lists, which nobody sends by mistake; any other recursion is a bug of ours."""
    *_, (frame, _line) = walk_tb(trouble.__traceback__)
    if frame.f_globals.get("__name__") != "json.decoder":
        return _bug(trouble)
    fault = {"where": "", "code": "app.too_deep", "detail": say("app.too_deep")}
    return problem(422, "unreadable", say("app.unreadable", {"n": 1}), [fault])


def _bug(trouble: Exception) -> AnyResponse:
    log.error("request stopped", path=request.path, kind=type(trouble).__name__, exc_info=trouble)
    return problem(500, "app.bug", say("app.bug", {"number": g.get("request_id", "")}))


def _reader_is_machine() -> bool:
    return request.path.startswith(
        ("/api/v1/", "/webhooks/", "/livez", "/readyz", "/metrics", "/openapi")
    )
