"""What the carrier platform answers, in our own words: every answer says whether money was spent."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoAnswer(Exception):
    """Nothing usable came back from a question that buys nothing: ask again, after `after_s` when it is known."""

    def __init__(self, reason: str, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after_s = after_s


class UnfitDocument(Exception):
    """What lies behind a label's address must not be printed, and asking again changes nothing. Says why."""


class RefundState(StrEnum):
    """Where the money for a label that was given back stands."""

    QUEUED = "queued"
    PENDING = "pending"
    REFUNDED = "refunded"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Rate:
    """One carrier's service and its price. `id` is what is bought; it ages within days. `carrier` as the house says."""

    id: str
    carrier: str
    service: str
    amount_minor: int
    currency: str
    days: int | None
    """How many days it usually takes, where the carrier says so."""
    token: str = ""
    """The service as the platform's own word, such as usps_priority."""


@dataclass(frozen=True)
class Quote:
    """All rates for one parcel. No rates is an answer too: `messages` say why, as the carriers worded it."""

    request_id: str
    rates: tuple[Rate, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Bought:
    """Money is spent and there is a label. After a refund was asked for, `refund` tells how that stands."""

    transaction_id: str
    tracking_number: str
    tracking_url: str
    label_url: str
    refund: RefundState | None = None


@dataclass(frozen=True)
class Queued:
    """The platform has taken the purchase and is at it: `get` tells later what became of it."""

    transaction_id: str


@dataclass(frozen=True)
class Refused:
    """Nothing was bought, for sure, and the same request will not do better. `messages` say why."""

    messages: tuple[str, ...]
    transaction_id: str = ""


@dataclass(frozen=True)
class NotAsked:
    """Nothing was bought, for sure: the request did not get through. The same rate may be bought later."""

    reason: str
    after_s: float | None = None


@dataclass(frozen=True)
class Unknown:
    """Perhaps bought, perhaps not: never ask again before `find` has told, a grace period later."""

    reason: str


Outcome = Bought | Queued | Refused | NotAsked | Unknown


@dataclass(frozen=True)
class Price:
    """What a label costs, and whose it is."""

    carrier: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class Purchase:
    """A purchase that the platform knows: for which rate, under which number of ours ("" when it is not ours)."""

    rate_id: str
    uid: str
    outcome: Bought | Queued | Refused
    created_at: datetime | None = None
    """When it was made, by the platform's clock; None where that cannot be read."""
    has_moved: bool = False
    """Whether the carrier may have seen the parcel: then its label is in use, whoever bought it."""
    price: Price | None = None
    """Told with some purchases only: `price` of the gateway asks for it."""


@dataclass(frozen=True)
class Sold:
    """One page of all purchases that were made with a key, whoever made them, in the platform's own order."""

    purchases: tuple[Purchase, ...]
    unread: int
    """So many more stand on the page and cannot be told from any other."""
    is_last: bool


@dataclass(frozen=True)
class Refund:
    """A label given back. Carriers take days to agree."""

    refund_id: str
    state: RefundState
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A label as the carrier drew it, looked at before it goes near a printer."""

    media_type: str
    """application/zpl, application/pdf or image/png."""
    data: bytes
