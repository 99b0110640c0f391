"""What the carrier platform calls in to tell: whether it is the platform, and what it says. No wire, no database.

The platform signs nothing by default. Three proofs are known: a signature (`Shippo-Auth-Signature: t=<unix>,v1=<hex>`,
HMAC-SHA256 over `<t>.<body>`), a token of our own in the address, and the addresses that it calls from.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from wms.shipping.gateway.answers import Purchase
from wms.shipping.gateway.fields import mapping, text
from wms.shipping.gateway.purchases import read_purchase
from wms.shipping.gateway.tracks import Track, read_track

SIGNATURE = "Shippo-Auth-Signature"
TOLERANCE_S = 300
"""A signed call older or newer than this is a replay."""
STAMP_LENGTH = 12
"""So many digits count the seconds for some ten thousand years."""
TOKEN_LENGTH = 22
"""A token shorter than this holds less than 128 bits and opens nothing."""

CALLS_FROM = frozenset(
    {
        "52.4.41.98",
        "52.23.121.194",
        "52.44.110.80",
        "54.81.253.187",
        "54.81.255.221",
        "34.248.247.69",
        "34.253.119.130",
        "52.214.174.64",
        "54.72.179.250",
    }
)
"""Where the platform calls from, as it publishes (docs.goshippo.com, webhook security)."""


class UnfitMessage(Exception):
    """A call whose body says nothing that we could use. Says why."""


@dataclass(frozen=True)
class TrackTold:
    """A parcel moved."""

    track: Track
    is_test: bool


@dataclass(frozen=True)
class PurchaseTold:
    """A label was bought or given back: settles a purchase that was in doubt."""

    purchase: Purchase
    is_test: bool


@dataclass(frozen=True)
class OtherTold:
    """Something that the warehouse does not act on."""

    event: str


Told = TrackTold | PurchaseTold | OtherTold


def is_signed(header: str | None, body: bytes, *, secrets: Collection[str], at: datetime) -> bool:
    """Tell whether one of the secrets signed these very bytes within the last minutes."""
    parts = [part.strip().partition("=") for part in (header or "").split(",")]
    stamp = next((value for name, _, value in parts if name == "t"), "")
    given = [value for name, _, value in parts if name == "v1"]
    if not _is_fresh(stamp, at):
        return False
    wanted = [signature(body, stamp=stamp, secret=secret) for secret in secrets if secret]
    fits = [_same(mine, theirs) for mine in wanted for theirs in given]
    return any(fits)


def signature(body: bytes, *, stamp: str, secret: str) -> str:
    """Sign bytes as the platform does, at the time `stamp` (seconds since 1970, as text)."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def has_token(given: str | None, *, tokens: Collection[str]) -> bool:
    """Tell whether the address carried one of our tokens."""
    fits = [_same(token, given or "") for token in tokens if len(token) >= TOKEN_LENGTH]
    return any(fits)


def is_known_caller(address: str | None) -> bool:
    """Tell whether the call comes from one of the platform's own addresses."""
    try:
        caller = ip_address(address or "")
    except ValueError:
        return False
    mapped = getattr(caller, "ipv4_mapped", None)
    return str(mapped or caller) in CALLS_FROM


def read(body: bytes) -> Told:
    """Read a call. Raises UnfitMessage for what is no envelope, and for what does not say of which parcel it speaks."""
    told = _envelope(body)
    event, is_test = text(told, "event"), told.get("test") is True
    data = mapping(told, "data")
    match event:
        case "track_updated":
            return TrackTold(_track(data), is_test)
        case "transaction_created" | "transaction_updated":
            return PurchaseTold(_purchase(data), is_test)
        case _:
            return OtherTold(event)


def _is_fresh(stamp: str, at: datetime) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= STAMP_LENGTH):
        return False
    return abs(int(at.timestamp()) - int(stamp)) <= TOLERANCE_S


def _same(mine: str, theirs: str) -> bool:
    return hmac.compare_digest(mine.encode(), theirs.encode(errors="replace"))


def _envelope(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as trouble:
        raise UnfitMessage("the body is no JSON") from trouble
    if not isinstance(told, dict):
        raise UnfitMessage("the body is no JSON object")
    return told


def _track(data: Mapping[str, Any]) -> Track:
    track = read_track(data)
    if not (track.carrier and track.number):
        raise UnfitMessage("a parcel's carrier or number is missing")
    return track


def _purchase(data: Mapping[str, Any]) -> Purchase:
    purchase = read_purchase(data)
    if purchase is None:
        raise UnfitMessage("a purchase without its number")
    return purchase
