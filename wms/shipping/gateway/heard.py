"""What came over the wire, and what it means for our money."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wms.shipping.gateway.answers import NoAnswer, NotAsked, Outcome, Refused, Unknown
from wms.shipping.gateway.complaints import read_errors
from wms.shipping.gateway.purchases import read_purchase

GOOD = range(200, 300)
SLOWER = 429
NOT_LET_IN = frozenset({401, 403, 407})
REFUSED = frozenset({400, 402, 404, 405, 406, 410, 413, 415, 422})
"""The platform read the request and will not do it. Any other trouble may have come after the money was spent."""
KEY_WAIT_S = 60.0
"""A key that is not accepted takes a person to mend it."""
KEY_REASON = "the platform does not accept the key"
SLOWER_REASON = "the platform asks to slow down"


class NotSent(Exception):
    """Not one byte of the question went out. Says why."""


class Lost(Exception):
    """The question may have arrived; the answer did not. Says why."""


@dataclass(frozen=True)
class Answer:
    """What came back, as it came."""

    status: int
    body: bytes
    after_s: float | None = None
    """How long to wait before asking again, where it was said."""

    @property
    def is_good(self) -> bool:
        return self.status in GOOD

    @property
    def is_refusal(self) -> bool:
        return self.status in REFUSED


class Answered(Exception):
    """Carries an answer past the SDK's decoding."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def purchased(answer: Answer) -> Outcome:
    """Tell what became of the request to buy, as the answer's status and body have it."""
    if answer.status == SLOWER:
        return NotAsked(SLOWER_REASON, answer.after_s)
    if answer.status in NOT_LET_IN:
        return NotAsked(KEY_REASON, KEY_WAIT_S)
    if answer.is_refusal:
        return Refused(complaints(answer))
    if not answer.is_good:
        return Unknown(f"the platform answered {answer.status}")
    purchase = read_purchase(told(answer))
    return Unknown("the answer names no purchase") if purchase is None else purchase.outcome


def usable(answer: Answer) -> Mapping[str, Any]:
    """Take a good answer's body. Raises NoAnswer for every other one."""
    if answer.status == SLOWER:
        raise NoAnswer(SLOWER_REASON, answer.after_s)
    if answer.status in NOT_LET_IN:
        raise NoAnswer(KEY_REASON, KEY_WAIT_S)
    if not answer.is_good:
        said = "; ".join(complaints(answer)) if answer.is_refusal else ""
        raise NoAnswer(f"the platform answered {answer.status}: {said}".rstrip(": "))
    return told(answer)


def complaints(answer: Answer) -> tuple[str, ...]:
    """Say why something was refused, as the platform worded it."""
    body = _json(answer.body)
    worded = body if body is not None else answer.body.decode(errors="replace")
    return read_errors(worded) or (f"the platform answered {answer.status}",)


def told(answer: Answer) -> Mapping[str, Any]:
    """Read a body; what is no JSON object says nothing. A list of things may come bare."""
    body = _json(answer.body)
    if isinstance(body, list):
        return {"results": body}
    return body if isinstance(body, dict) else {}


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
