"""Who wants to be told of what."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, jsonify

from wms.shipping.standin.platform import REQUIRED, Refused, asked, found, listed, platform
from wms.shipping.standin.store import Body

webhooks = Blueprint("webhooks", __name__)

EVENTS = frozenset(
    {
        "transaction_created",
        "transaction_updated",
        "track_updated",
        "batch_created",
        "batch_purchased",
        "all",
    }
)
LONGEST_URL = 200
TOLD = ("url", "event", "active", "is_test")


@webhooks.post("/webhooks")
def want() -> Any:
    """An address that is wanted twice is called twice, as with the platform."""
    hook = {**platform().made("webhook"), **_checked(asked(), {"active": True, "is_test": True})}
    platform().store.keep("webhook", hook["object_id"], hook)
    return jsonify(_shown(hook)), 201


@webhooks.get("/webhooks")
def wanted() -> Any:
    """List who wants to be told."""
    hooks = [_shown(hook) for hook in platform().store.all("webhook")]
    return jsonify({**listed(hooks), "count": len(hooks)})


@webhooks.get("/webhooks/<known>")
def webhook(known: str) -> Any:
    """Return one address to tell."""
    return jsonify(_shown(found("webhook", known)))


@webhooks.put("/webhooks/<known>")
def change(known: str) -> Any:
    """Change what is told, or where."""
    hook = _checked(asked(), found("webhook", known))
    platform().store.keep("webhook", known, hook)
    return jsonify(_shown(hook))


@webhooks.delete("/webhooks/<known>")
def forget(known: str) -> Any:
    """Tell it no more."""
    if not platform().store.drop("webhook", known):
        raise Refused({"detail": "Not found."}, 404)
    return "", 204


def _checked(question: Body, before: Body) -> Body:
    told = {name: question[name] for name in TOLD if name in question}
    hook: Body = {**before, **told}
    lacks = [name for name in ("url", "event") if not hook.get(name)]
    if lacks:
        raise Refused(dict.fromkeys(lacks, REQUIRED))
    if hook["event"] not in EVENTS:
        raise Refused({"event": [f'"{hook["event"]}" is not a valid choice.']})
    if len(hook["url"]) >= LONGEST_URL or urlsplit(hook["url"]).scheme not in {"http", "https"}:
        raise Refused({"url": ["Enter a valid URL."]})
    return hook


def _shown(hook: Body) -> Body:
    """Return it as the platform shows it: all events are written as a star."""
    return {**hook, "event": "*" if hook["event"] == "all" else hook["event"]}
