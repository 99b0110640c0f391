"""Facts: what happened, in the past tense, told in ids. Each slice declares its own in its `events.py`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
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
        """Return the fact's values, ready for JSON."""
        return asdict(self)

    @classmethod
    def type_name(cls) -> str:
        """Return the name under which the fact is kept: slice and class, as in `stock.StockPosted`."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Event":
        """Return the fact as it was announced."""
        return cls(**data)
