"""Calls out to whoever asked to be told, signed as the platform signs."""

import hashlib
import hmac
import http.client
import json
import threading
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wms.shipping.standin.platform import platform
from wms.shipping.standin.store import Body

SIGNATURE = "Shippo-Auth-Signature"
LIMIT_S = 3.0
TRIES = 3
AGAIN = frozenset({408, 429, *range(500, 600)})
"""After these the platform calls again, twice; any other answer is final."""
AWAY = 0
"""Nobody answered."""


def tell(event: str, data: Body, *, at: datetime | None = None) -> list[Body]:
    """Call everybody who wants to hear of such an event. Returns what came of it."""
    body, headers = called(event, data, at=at)
    return [{"url": url, "answers": _posted(url, body, headers)} for url in _wanting(event)]


def tell_later(event: str, data: Body) -> None:
    """Call everybody who wants to hear of such an event, while the question itself is answered."""
    body, headers = called(event, data)
    for url in _wanting(event):
        threading.Thread(target=_posted, args=(url, body, headers), daemon=True).start()


def called(event: str, data: Body, *, at: datetime | None = None) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of a call."""
    told: dict[str, Any] = {"event": event, "test": True, "data": data}
    if event == "track_updated":
        told["carrier"] = data["carrier"]
    body = json.dumps(told).encode()
    stamp = str(int((at or platform().now()).timestamp()))
    return body, {
        "Content-Type": "application/json",
        "Shippo-Api-Version": "2018-02-08",
        SIGNATURE: f"t={stamp},v1={signed(body, stamp, platform().hook_secret)}",
    }


def signed(body: bytes, stamp: str, secret: str) -> str:
    """Sign a body as it was at a time."""
    return hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def _wanting(event: str) -> list[str]:
    hooks = platform().store.all("webhook")
    return [hook["url"] for hook in hooks if hook["active"] and hook["event"] in {event, "all"}]


def _posted(url: str, body: bytes, headers: dict[str, str]) -> list[int]:
    """Call until somebody takes it, three times at most. Returns each answer's status, 0 where none came."""
    answers: list[int] = []
    while len(answers) < TRIES:
        answers.append(_post(url, body, headers))
        if answers[-1] not in AGAIN | {AWAY}:
            break
    return answers


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=LIMIT_S)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        line.request("POST", path or "/", body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return AWAY
    finally:
        line.close()
