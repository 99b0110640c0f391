"""Sends a sheet to a printer and says exactly what is known about it afterwards. A sent byte is no printed label."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from devices.address import Address
from devices.printers.condition import Condition


class Outcome(StrEnum):
    """What is known about a sheet after it was to be sent."""

    NOT_SENT = "not_sent"
    """No byte of it was taken: it may be sent again."""
    BROKEN_OFF = "broken_off"
    """Some of it may have been taken: only a person or a scan can tell what came out."""
    CONFIRMED = "confirmed"
    """The printer took it all and has nothing left to print."""
    BAD = "bad"
    """The printer took it all and then reported a fault, or is still not done: it may print it later."""
    SILENT = "silent"
    """The printer took it all and says nothing."""


@dataclass(frozen=True)
class Seen:
    """How a printer is just now, and what it said or why it could not be asked."""

    condition: Condition
    detail: str


@dataclass(frozen=True)
class Sent:
    """What became of a sheet. The evidence is plain values: kept with the attempt, shown to people."""

    outcome: Outcome
    condition: Condition
    evidence: dict[str, Any] = field(default_factory=dict)


def look(address: Address, seconds: float) -> Seen:
    """Ask a printer how it is, within that time. Raises NoDriver."""
    raise NotImplementedError


def send(address: Address, data: bytes, *, patience_s: float) -> Sent:
    """Send one sheet, unless the printer says it cannot print, and wait that long for proof. Raises NoDriver."""
    raise NotImplementedError
