"""A foreseen no: what somebody asked for cannot be done, and the sentence that says why and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fault:
    """One thing wrong in what was handed in: which field or row, and the sentence about it."""

    where: str
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """Raised by an action to say no. Its sentence id and values are worded at the edge, in the reader's language.

    `status` is the HTTP status of the answer. `kept` says whether the same command key gets the same no for
    ever; a no that will pass by itself (a busy database) is not kept.
    """

    sentence: ClassVar[str] = "kernel.refused"
    status: ClassVar[int] = 409
    kept: ClassVar[bool] = True

    def __init__(self, *faults: Fault, **values: Any) -> None:
        """Take the values that its sentence speaks of, and the faults of single fields or rows."""
        super().__init__(self.sentence, values)
        self.values = values
        self.faults = faults


class Wrong(Refusal):
    """What was handed in does not hold together; each fault names its field or row."""

    sentence = "kernel.wrong"
    status = 422


class NotFound(Refusal):
    """Nothing is known under that number or code."""

    sentence = "kernel.not_found"
    status = 404


class Stale(Refusal):
    """Somebody changed the thing since it was read."""

    sentence = "kernel.stale"
    status = 412


class Forbidden(Refusal):
    """The person or machine may not do this."""

    sentence = "kernel.forbidden"
    status = 403


class KeyUsedOtherwise(Refusal):
    """The same command key came before with other contents."""

    sentence = "kernel.key_used_otherwise"
    status = 422
    kept = False


class Busy(Refusal):
    """The database did not get to it in time; nothing was done, and the same command may be sent again."""

    sentence = "kernel.busy"
    status = 503
    kept = False


class StillRunning(Busy):
    """The same command is being carried out at this moment."""

    sentence = "kernel.still_running"
    status = 409


class NoRoom(Refusal):
    """The disk is full: nothing was done and nothing was lost."""

    sentence = "kernel.no_room"
    status = 507
    kept = False


@dataclass(frozen=True)
class StoredRefusal:
    """A refusal as it was kept under its command: enough to say it again word for word."""

    sentence: str
    status: int
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


class Refused(Refusal):
    """A refusal told again from the store, because the same command came again."""

    def __init__(self, stored: StoredRefusal) -> None:
        """Take over sentence, status, values and faults from what was kept."""
        super().__init__(*stored.faults, **stored.values)
        self.__dict__.update(sentence=stored.sentence, status=stored.status)
        self.replayed = True
