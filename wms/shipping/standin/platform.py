"""What every view of the stand-in reaches: its store, its clock, its troubles, and who wants to be told."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app, request

from wms.shipping.standin.faults import Faults
from wms.shipping.standin.store import Body, Store

OWNER = "practice@stand-in.invalid"
REQUIRED = ["This field is required."]


@dataclass
class Platform:
    """One stand-in. `hook_secret` signs what it calls out."""

    store: Store
    faults: Faults
    hook_secret: str
    stopping: threading.Event = field(default_factory=threading.Event)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def now(self) -> datetime:
        """What time it is, in here: it can be set, for a house that runs on a clock of its own."""
        setting = self.store.find("clock", "clock")
        return datetime.fromisoformat(setting["at"]) if setting else self.clock()

    def made(self, kind: str, **more: Any) -> Body:
        """Begin a thing: its number, its times, and whether it is for practice."""
        at = written(self.now())
        return {
            "object_id": self.store.new_id(kind),
            "object_created": at,
            "object_updated": at,
            "object_owner": OWNER,
            "test": is_test(),
            **more,
        }


class Refused(Exception):
    """The question cannot be answered. The body says why, in one of the platform's four ways."""

    def __init__(self, body: object, status: int = 400) -> None:
        super().__init__(status)
        self.body = body
        self.status = status


def platform() -> Platform:
    """Return the stand-in that the current question came to."""
    found: Platform = current_app.extensions["standin"]
    return found


def asked() -> Body:
    """Return what the question says."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refused({"detail": "JSON parse error - a JSON object was expected."})
    return body


def found(kind: str, known: object) -> Body:
    """Return a thing that the question names."""
    thing = platform().store.find(kind, known)
    if thing is None:
        raise Refused({"detail": "Not found."}, 404)
    return thing


def listed(things: list[Body]) -> Body:
    """Return one page of a list."""
    page = max(request.args.get("page", 1, int), 1)
    size = min(max(request.args.get("results", 25, int), 1), 100)
    rows = things[(page - 1) * size : page * size]
    more = len(things) > page * size
    return {
        "next": f"{request.base_url}?page={page + 1}&results={size}" if more else None,
        "previous": f"{request.base_url}?page={page - 1}&results={size}" if page > 1 else None,
        "results": rows,
    }


def is_test() -> bool:
    """Everything is for practice but what is asked with a live key."""
    return "shippo_live_" not in request.headers.get("Authorization", "")


def written(at: datetime) -> str:
    """Write a time as the platform does."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def age(body: Body, at: datetime) -> timedelta:
    """Tell how old a thing is."""
    return at - datetime.fromisoformat(body["object_created"])
