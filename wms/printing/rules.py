"""What printing decides: which printers can print what, when one counts as down, when to try again."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from wms.kernel.back_off import back_off


class Condition(StrEnum):
    """How a printer is, as it told us itself, or as its silence tells."""

    READY = "ready"
    BUSY = "busy"
    PAUSED = "paused"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    HEAD_OPEN = "head_open"
    TOO_HOT = "too_hot"
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


PRINTERS = ("printer", "agent")
"""Kinds of devices that sheets come out of: printers, and bench agents that hold one themselves."""

DPIS = (152, 203, 300, 600)
"""Dots to an inch that label printers are built with."""

UP = frozenset({Condition.READY, Condition.BUSY, Condition.UNKNOWN})
"""A printer that is not known to be down gets its sheets."""


class Outcome(StrEnum):
    """What is known about a sheet after it was to be sent."""

    NOT_SENT = "not_sent"
    BROKEN_OFF = "broken_off"
    CONFIRMED = "confirmed"
    BAD = "bad"
    SILENT = "silent"


NOTHING_WENT = ("not_sent", "unprintable")
"""How a try ends of which no byte went to a printer."""


class Proof(StrEnum):
    """By what it is known that a sheet came out."""

    STATUS = "status"
    SCAN = "scan"
    PERSON = "person"


class Doubt(StrEnum):
    """Why nobody knows whether a sheet came out."""

    BROKEN_OFF = "broken_off"
    WORKER_DIED = "worker_died"
    SILENT = "silent"
    BAD = "bad"


class Language(StrEnum):
    """What a printer understands, by media type."""

    ZPL = "application/zpl"
    PDF = "application/pdf"


LANGUAGES: Mapping[str, Language] = {"zebra": Language.ZPL, "pdf": Language.PDF}
"""By the kind that an address begins with."""

PRINTS: Mapping[Language, frozenset[str]] = {
    Language.ZPL: frozenset({"application/zpl", "image/png"}),
    Language.PDF: frozenset({"application/pdf", "image/png"}),
}
"""By language, the documents of others that can be printed as they are or as a picture. A label of ours always can."""

DOWN_FOR = timedelta(minutes=1)
"""A printer that is down for longer needs somebody to come; a roll is changed in less."""

LONGEST_WAIT = timedelta(seconds=30)
"""So long, at most, until a printer that could not print is tried again."""


ASK_AGAIN = timedelta(seconds=30)
"""So long a printer that is up is left in peace."""

ASK_A_SICK_ONE = timedelta(seconds=5)
"""Whoever loaded a roll wants to see that it helped."""

ASKING = timedelta(seconds=5)
"""So long, at most, a printer that is asked gets no sheet: longer than connecting and answering may take."""


def is_up(condition: str) -> bool:
    """Tell whether a printer in that condition gets sheets."""
    return condition in UP


def language(address: str | None) -> Language | None:
    """Return what a printer at that address understands; a bench agent, which has none, takes ZPL."""
    if address is None:
        return Language.ZPL
    return LANGUAGES.get(address.partition("+")[0].partition(".")[0])


def prints(address: str | None, media_type: str | None) -> bool:
    """Tell whether a printer can print a document of that type, or a label of ours where it is None."""
    understood = language(address)
    if understood is None:
        return False
    return media_type is None or media_type in PRINTS[understood]


def wait(tries: int, number: str) -> timedelta:
    """Return how long a sheet waits that its printer could not take."""
    return min(LONGEST_WAIT, back_off(tries, number))
