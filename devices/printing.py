"""Sends a sheet to a printer and says exactly what is known about it afterwards. A sent byte is no printed label."""

from contextlib import closing
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from time import monotonic, sleep
from typing import Any

from devices.address import Address, Kind, NoDriver
from devices.printers import zebra
from devices.printers.condition import Condition
from devices.transports import BrokenOff, NothingSent, Wire, open_wire

STEP_S = 5.0
"""Longest that a connection, or the taking of the next bytes, may keep us waiting."""

ANSWER_S = 2.0
"""Longest that a printer may think about how it is."""

PAUSE_S = 0.03
"""Between two questions while a sheet is being printed."""

SHORTEST_S = 0.5
"""A printer gets at least this long to answer, even when patience is nearly over."""

CALM = 2
"""So many answers in a row must say that nothing is left: a printer may not have looked at what it took yet."""


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
    _only_zebra(address)
    try:
        with closing(open_wire(address, seconds)) as wire:
            if not _can_say(address, wire):
                return Seen(Condition.UNKNOWN, "it has no way to tell how it is")
            return _seen(_asked(wire, seconds))
    except (NothingSent, BrokenOff) as reason:
        return Seen(Condition.UNREACHABLE, str(reason))


def send(address: Address, data: bytes, *, patience_s: float) -> Sent:
    """Send one sheet, unless the printer says it cannot print, and wait that long for proof. Raises NoDriver."""
    _only_zebra(address)
    assert data, "a sheet has something on it"
    try:
        wire = open_wire(address, STEP_S)
    except NothingSent as reason:
        return Sent(Outcome.NOT_SENT, Condition.UNREACHABLE, {"why": str(reason)})
    with closing(wire):
        if _can_say(address, wire):
            return _watched(wire, data, patience_s)
        return _handed(wire, data) or Sent(
            Outcome.SILENT, Condition.UNKNOWN, {"bytes": len(data), "why": "it cannot tell"}
        )


def _watched(wire: Wire, data: bytes, patience_s: float) -> Sent:
    """Ask, send, ask until there is proof."""
    try:
        before = _asked(wire, min(ANSWER_S, patience_s))
    except (NothingSent, BrokenOff) as reason:
        return Sent(Outcome.NOT_SENT, Condition.UNREACHABLE, {"why": str(reason)})
    seen = _seen(before)
    full = before is not None and before.buffer_full
    if full or not seen.condition.takes_work:
        evidence = {"before": _told(before), "why": seen.detail}
        return Sent(Outcome.NOT_SENT, seen.condition, evidence)
    sent = _handed(wire, data) or _proved(wire, len(data), patience_s)
    return Sent(sent.outcome, sent.condition, {"before": _told(before), **sent.evidence})


def _handed(wire: Wire, data: bytes) -> Sent | None:
    """Hand over all bytes; return what is known when that did not succeed."""
    try:
        wire.send(data)
    except NothingSent as reason:
        return Sent(Outcome.NOT_SENT, Condition.UNREACHABLE, {"why": str(reason)})
    except BrokenOff as reason:
        evidence = {"bytes": reason.sent, "why": str(reason)}
        return Sent(Outcome.BROKEN_OFF, Condition.UNREACHABLE, evidence)
    return None


def _proved(wire: Wire, size: int, patience_s: float) -> Sent:
    """Ask until the printer is done, reports a fault, or patience ends."""
    began, calm, last = monotonic(), 0, None
    try:
        while (left := patience_s - (monotonic() - began)) > 0:
            last = status = _asked(wire, max(left, SHORTEST_S))
            calm = calm + 1 if status is not None and status.is_idle else 0
            if status is None or calm == CALM or not _seen(status).condition.takes_work:
                break
            sleep(min(PAUSE_S, left))
    except (NothingSent, BrokenOff) as reason:
        return Sent(Outcome.BROKEN_OFF, Condition.UNREACHABLE, {"bytes": size, "why": str(reason)})
    seen = _seen(last)
    seconds = round(monotonic() - began, 3)
    evidence = {"bytes": size, "after": _told(last), "why": seen.detail, "seconds": seconds}
    return Sent(_outcome(last, calm), seen.condition, evidence)


def _outcome(last: zebra.Status | None, calm: int) -> Outcome:
    if last is None:
        return Outcome.SILENT
    return Outcome.CONFIRMED if calm == CALM and _seen(last).condition.takes_work else Outcome.BAD


def _asked(wire: Wire, seconds: float) -> zebra.Status | None:
    """Ask how the printer is; None when no answer came in time."""
    wire.send(zebra.ASK)
    heard, ends = zebra.HostStatus(), monotonic() + seconds
    while (left := ends - monotonic()) > 0:
        came = wire.receive(left)
        if found := heard.receive(came):
            return found[-1]
        if not came:
            return None
    return None


def _can_say(address: Address, wire: Wire) -> bool:
    """`?status=no` is for a printer behind something that lets bytes pass one way only."""
    return wire.answers and address.option("status") != "no"


def _seen(status: zebra.Status | None) -> Seen:
    if status is None:
        return Seen(Condition.SILENT, "connected, but it does not answer")
    found = zebra.condition(status)
    waiting = status.formats_waiting + status.labels_left
    return Seen(found, f"{found}, {waiting} waiting")


def _told(status: zebra.Status | None) -> dict[str, bool | int] | None:
    """Return what the printer said, without what is not so."""
    return (
        None if status is None else {name: is_so for name, is_so in asdict(status).items() if is_so}
    )


def _only_zebra(address: Address) -> None:
    if address.kind is not Kind.ZEBRA:
        raise NoDriver(f"nothing speaks {address.kind} yet: use a printer that speaks ZPL")
