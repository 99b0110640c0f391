"""Lets a view meet the troubles that were planted for it: before it does anything, or after all is done."""

import functools
import json
import socket
import struct
from collections.abc import Callable
from typing import Any

from flask import Response, g, jsonify, request

from wms.shipping.standin.faults import AFTER, BEFORE, INSIDE, MANGLED, Fault
from wms.shipping.standin.platform import Refused, platform
from wms.shipping.standin.store import Body

THROTTLED = {"detail": "Request was throttled. Expected available in 1 second."}
UNKNOWN_KEY = {"detail": "Invalid token."}


def troubled(place: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view as the place of planted troubles."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def watched(*given: Any, **named: Any) -> Any:
            house = platform()
            fault = house.faults.take(place)
            g.fault = fault.kind if fault and fault.kind in INSIDE else ""
            if fault and fault.kind in BEFORE:
                return _before(fault)
            house.stopping.wait(house.faults.pause_s(house.faults.before_ms))
            answer = view(*given, **named)
            house.stopping.wait(house.faults.pause_s(house.faults.after_ms))
            return _after(fault, answer) if fault else answer

        return watched

    return wrap


def meets(kind: str) -> bool:
    """Tell whether the question meets a trouble that the view itself plays."""
    return bool(getattr(g, "fault", "") == kind)


def _before(fault: Fault) -> Response:
    match fault.kind:
        case "hang_before":
            return _hung_up(fault.seconds)
        case "reset_before":
            return _hung_up(0)
        case "429":
            raise Refused(THROTTLED, 429)
        case "401":
            raise Refused(UNKNOWN_KEY, 401)
        case _:
            return Response("<h1>Server Error (500)</h1>", 500, mimetype="text/html")


def _after(fault: Fault, answer: Any) -> Any:
    if fault.kind in AFTER:
        if fault.kind == "500_after":
            return Response("<h1>Server Error (500)</h1>", 500, mimetype="text/html")
        return _hung_up(fault.seconds if fault.kind == "hang_after" else 0)
    return _mangled(fault.kind, answer) if fault.kind in MANGLED else answer


def _mangled(kind: str, answer: Any) -> Any:
    response: Response = answer[0] if isinstance(answer, tuple) else answer
    status = answer[1] if isinstance(answer, tuple) else response.status_code
    body: Body = json.loads(response.get_data())
    match kind:
        case "missing_created_by":
            body.pop("created_by", None)
        case "unknown_enum":
            body |= {"status": "SUCCESS_WITH_REMARKS", "tracking_status": "LABEL_MADE"}
        case "odd_date":
            body["object_created"] = "2026-01-02 15:04:05.999 +0000 UTC"
        case "ok_200":
            status = 200
        case _:
            return Response(
                "<html>An upstream proxy says hello</html>", status, mimetype="text/html"
            )
    return jsonify(body), status


def _hung_up(seconds: float) -> Response:
    """Say nothing for a while, then break the connection off."""
    platform().stopping.wait(seconds)
    wire: socket.socket | None = request.environ.get("werkzeug.socket")
    if wire is not None:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.shutdown(socket.SHUT_RDWR)
    return Response("", 503)
