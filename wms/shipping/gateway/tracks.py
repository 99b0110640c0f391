"""What a carrier says about a parcel on its way, read from the platform's words."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from wms.shipping.gateway.carriers import house_name
from wms.shipping.gateway.fields import mapping, mappings, text


class Status(StrEnum):
    """Where a parcel stands. A word of the platform that is none of these is `unknown`, never a guess."""

    UNKNOWN = "unknown"
    PRE_TRANSIT = "pre_transit"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    RETURNED = "returned"
    FAILURE = "failure"


WORDS = {
    "PRE_TRANSIT": Status.PRE_TRANSIT,
    "TRANSIT": Status.IN_TRANSIT,
    "DELIVERED": Status.DELIVERED,
    "RETURNED": Status.RETURNED,
    "FAILURE": Status.FAILURE,
}
"""The platform's words. RETURNED means that the carrier began to bring it back, not that it is here."""

NEEDING_ACTION = frozenset(
    {
        "address_issue",
        "contact_carrier",
        "delivery_attempted",
        "location_inaccessible",
        "notice_left",
        "package_damaged",
        "package_held",
        "package_lost",
        "package_unclaimed",
        "package_undeliverable",
        "pickup_available",
        "reschedule_delivery",
    }
)
"""Somebody has to do something, whether or not the platform says so beside it."""

DETAILS = 400
"""As much of a carrier's sentence as is kept."""


@dataclass(frozen=True)
class Step:
    """One thing that happened to a parcel. `key` is the same however often it is told."""

    key: str
    status: Status
    substatus: str
    details: str
    place: str
    needs_action: bool
    at: datetime | None
    """None: the carrier gave no time that can be read."""


@dataclass(frozen=True)
class Track:
    """A parcel's way so far, in the order in which the carrier tells it: its times are not to be trusted for that."""

    carrier: str
    number: str
    transaction_id: str
    """The purchase it belongs to, where the platform sold the label; otherwise ""."""
    steps: tuple[Step, ...]


def read_track(told: Mapping[str, Any]) -> Track:
    """Read a parcel's way; the newest word comes last, once, even where the history has it already."""
    carrier, number = text(told, "carrier"), text(told, "tracking_number")
    said = [*mappings(told, "tracking_history"), mapping(told, "tracking_status")]
    steps = {step.key: step for step in (_step(carrier, number, one) for one in said if one)}
    return Track(
        carrier=house_name(carrier),
        number=number,
        transaction_id=text(told, "transaction"),
        steps=tuple(steps.values()),
    )


def read_time(written: str) -> datetime | None:
    """Read a time as the platform writes it; one without a zone is in UTC."""
    try:
        time = datetime.fromisoformat(written)
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _step(carrier: str, number: str, said: Mapping[str, Any]) -> Step:
    status, code = text(said, "status").upper(), _substatus(said)
    dated = text(said, "status_date")
    what = f"{carrier.lower()}\n{number}\n{status}\n{code}\n{dated}"
    return Step(
        key=hashlib.sha256(what.encode()).hexdigest(),
        status=_status(status, code),
        substatus=code,
        details=text(said, "status_details")[:DETAILS],
        place=_place(mapping(said, "location")),
        needs_action=_needs_action(said, code),
        at=read_time(dated) or read_time(text(said, "object_created")),
    )


def _substatus(said: Mapping[str, Any]) -> str:
    return text(mapping(said, "substatus"), "code").lower()


def _status(word: str, code: str) -> Status:
    if (word, code) == ("TRANSIT", "out_for_delivery"):
        return Status.OUT_FOR_DELIVERY
    return WORDS.get(word, Status.UNKNOWN)


def _needs_action(said: Mapping[str, Any], code: str) -> bool:
    return code in NEEDING_ACTION or mapping(said, "substatus").get("action_required") is True


def _place(location: Mapping[str, Any]) -> str:
    parts = [text(location, part) for part in ("city", "state", "zip", "country")]
    return ", ".join(part for part in parts if part)
