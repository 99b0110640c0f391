"""What a carrier says about a parcel on its way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """The six words of the platform. What is none of them is `unknown`, never a guess."""

    UNKNOWN = "unknown"
    PRE_TRANSIT = "pre_transit"
    TRANSIT = "transit"
    DELIVERED = "delivered"
    RETURNED = "returned"
    FAILURE = "failure"


@dataclass(frozen=True)
class Step:
    """One thing that happened to a parcel. `key` is the same however often it is told."""

    key: str
    status: Status
    substatus: str
    details: str
    place: str
    needs_action: bool
    at: datetime


@dataclass(frozen=True)
class Track:
    """A parcel's way so far, in the order in which the carrier tells it: its times are not to be trusted for that."""

    carrier: str
    number: str
    transaction_id: str
    """The purchase it belongs to, where the platform sold the label; otherwise ""."""
    steps: tuple[Step, ...]
    eta: datetime | None = None
