"""Kinds of move tasks and why there are some: words that whoever asks for a move uses."""

from enum import StrEnum


class Kind(StrEnum):
    """What a move is good for."""

    PUTAWAY = "putaway"
    REPLENISH = "replenish"
    PUT_BACK = "put_back"
    CROSS_DOCK = "cross_dock"
    RELOCATE = "relocate"


class Why(StrEnum):
    """What made somebody ask for it."""

    ASKED = "asked"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    SHORT = "short"
    PROBLEM = "problem"
    LOW = "low"
    RETURNED = "returned"
