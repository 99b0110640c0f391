"""The way to the carrier platform (Shippo): typed questions and answers, and never a label bought twice."""

from wms.shipping.gateway.answers import (
    Bought,
    Document,
    NoAnswer,
    NotAsked,
    Outcome,
    Price,
    Purchase,
    Queued,
    Quote,
    Rate,
    Refund,
    RefundState,
    Refused,
    Sold,
    UnfitDocument,
    Unknown,
)
from wms.shipping.gateway.asking import Address, Parcel
from wms.shipping.gateway.gateway import Gateway
from wms.shipping.gateway.tracks import Status, Step, Track

__all__ = [
    "Address",
    "Bought",
    "Document",
    "Gateway",
    "NoAnswer",
    "NotAsked",
    "Outcome",
    "Parcel",
    "Price",
    "Purchase",
    "Queued",
    "Quote",
    "Rate",
    "Refund",
    "RefundState",
    "Refused",
    "Sold",
    "Status",
    "Step",
    "Track",
    "UnfitDocument",
    "Unknown",
]
