"""What is announced about cases."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutCase(Event):
    """A fact about one case."""

    subject: ClassVar[str] = "case"
    case_id: int


@dataclass(frozen=True)
class CaseOpened(AboutCase):
    """Something does not fit and waits for a person."""

    kind: str


@dataclass(frozen=True)
class CaseAssigned(AboutCase):
    """Somebody looks after it."""

    user_id: int


@dataclass(frozen=True)
class CaseReleased(AboutCase):
    """Nobody looks after it any more."""


@dataclass(frozen=True)
class CaseClosed(AboutCase):
    """A person said what became of it."""


@dataclass(frozen=True)
class CaseRetold(AboutCase):
    """More is known of it: it says so, and what is to be done now."""


@dataclass(frozen=True)
class CaseReopened(AboutCase):
    """It was not over yet."""

    reason: str
