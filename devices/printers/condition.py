"""How a printer is, in words that need no manual."""

from enum import StrEnum


class Condition(StrEnum):
    """What keeps a printer from printing, or that nothing does."""

    READY = "ready"
    BUSY = "busy"
    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    HEAD_OPEN = "head_open"
    PAUSED = "paused"
    TOO_HOT = "too_hot"
    SILENT = "silent"
    """Connected, but it does not answer: some do that when the paper is out."""
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"
    """It is there, and has no way to tell how it is."""

    @property
    def takes_work(self) -> bool:
        """Whether a sheet may be sent to a printer that is so."""
        return self in {Condition.READY, Condition.BUSY, Condition.UNKNOWN}
