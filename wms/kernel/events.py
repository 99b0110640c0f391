"""Facts: what happened, in the past tense, told in ids. Each slice declares its own in its `events.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """A fact about one thing. `subject` names the thing; the field `<subject>_id` says which one."""

    subject: ClassVar[str]

    @property
    def subject_id(self) -> int:
        """The number of the thing the fact is about: facts about one thing are told in order."""
        number: int = getattr(self, f"{self.subject}_id")
        return number

    def data(self) -> dict[str, Any]:
        """Return the fact's values: numbers, words and lists of them, ready for JSON."""
        return vars(self).copy()

    @classmethod
    def type_name(cls) -> str:
        """Return the name under which the fact is kept: slice and class, as in `stock.StockPosted`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Event":
        """Return the fact as it was announced."""
        return cls(**data)


@dataclass(frozen=True)
class DeliveryDied(Event):
    """A reaction could not be carried out, however often it was tried: a person must look at it."""

    subject: ClassVar[str] = "delivery"
    delivery_id: int
    reaction: str
    tries: int


@dataclass(frozen=True)
class DeliveryReplayed(Event):
    """Somebody sent a dead delivery on its way again."""

    subject: ClassVar[str] = "delivery"
    delivery_id: int


@dataclass(frozen=True)
class DeliveryDismissed(Event):
    """Somebody saw to a dead delivery by hand; the facts behind it go on."""

    subject: ClassVar[str] = "delivery"
    delivery_id: int
    reason: str


@dataclass(frozen=True)
class OutboxCallDone(Event):
    """A call to the outside was answered. Whoever wished for it knows it by its kind and key."""

    subject: ClassVar[str] = "outbox_call"
    outbox_call_id: int
    kind: str
    key: str


@dataclass(frozen=True)
class OutboxCallDied(Event):
    """A call to the outside was refused for good, or given up: a person must look at it."""

    subject: ClassVar[str] = "outbox_call"
    outbox_call_id: int
    kind: str
    key: str


@dataclass(frozen=True)
class OutboxCallReplayed(Event):
    """Somebody let a dead call be made again."""

    subject: ClassVar[str] = "outbox_call"
    outbox_call_id: int
    reason: str
