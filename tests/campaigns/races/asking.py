"""What one client of a race sends, and what it was told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. Moments are read from the machine's one clock, so those of several processes compare."""

    method: str
    path: str
    body: str = ""
    key: str = ""
    follows: bool = False
    """Whether the pages after this one are asked for too: the list is read to its end."""


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to one request, or to all pages of one list."""

    number: int
    status: int
    bodies: list[str]
    is_replay: bool
    sent_at: float
    answered_at: float
    put_off: int
    """How often it was asked to come again before it got this answer."""
    retry_after: str
    """What the answer said about coming again; empty where it said nothing."""
