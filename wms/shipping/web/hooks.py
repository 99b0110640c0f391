"""Where the carrier platform calls in: who calls is proved, the message is kept, and the answer comes at once."""

from datetime import datetime

from flask import Blueprint, Response, request

from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.kernel.settings import Settings
from wms.people.policy import public
from wms.shipping import actions, webhook

hooks = Blueprint("shipping_hooks", __name__)

BODY_LIMIT = 512 * 1024
"""Longest message that we keep: a parcel's whole way takes some ten thousand bytes."""


class NotProved(Refusal):
    """Nothing proves that the carrier platform sent this."""

    sentence = "shipping.not_proved"
    status = 401
    kept = False


class MessageTooLong(Refusal):
    """No message of a carrier is that long."""

    sentence = "shipping.message_too_long"
    status = 413
    kept = False


@hooks.post("/webhooks/shippo")
@public()
def shippo() -> Response:
    """Keep what the platform tells, word for word; it is read after the answer."""
    house = services()
    body = request.get_data(cache=False)
    if len(body) > BODY_LIMIT:
        raise MessageTooLong(limit=BODY_LIMIT)
    at = house.clock.now()
    if not _is_proved(house.settings, body, at):
        raise NotProved
    act = housekeeping("shipping.keep_message", at=at)
    house.database.write(
        act, lambda session: actions.keep_message(session, body=body, by=HOUSE, at=at)
    )
    return Response(status=204)


def _is_proved(settings: Settings, body: bytes, at: datetime) -> bool:
    """Tell whether the platform signed it, calls the address that only it knows, or else calls from its own address."""
    secret = settings.shippo_webhook_secret.get_secret_value()
    token = settings.shippo_webhook_token.get_secret_value()
    if not secret and not token:
        return webhook.is_known_caller(request.remote_addr)
    signed = request.headers.get(webhook.SIGNATURE)
    if secret and webhook.is_signed(signed, body, secrets=(secret,), at=at):
        return True
    return bool(token) and webhook.has_token(request.args.get("token"), tokens=(token,))
