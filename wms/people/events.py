"""What is announced about people: accounts, roles, badges, tokens, and who came and went."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutUser(Event):
    """A fact about one person or machine."""

    subject: ClassVar[str] = "user"
    user_id: int


@dataclass(frozen=True)
class UserAdded(AboutUser):
    """Somebody can work here from now on."""

    roles: list[str]


@dataclass(frozen=True)
class UserChanged(AboutUser):
    """Name, login or language are others than before."""

    fields: list[str]


@dataclass(frozen=True)
class RolesChanged(AboutUser):
    """The person may do other things than before."""

    roles: list[str]
    before: list[str]


@dataclass(frozen=True)
class UserDisabled(AboutUser):
    """The account opens nothing any more."""

    reason: str


@dataclass(frozen=True)
class UserEnabled(AboutUser):
    """The account opens again what its roles allow."""


@dataclass(frozen=True)
class PasswordSet(AboutUser):
    """There is a new password."""


@dataclass(frozen=True)
class PinSet(AboutUser):
    """There is a new PIN."""


@dataclass(frozen=True)
class BadgeIssued(AboutUser):
    """The person carries one more badge."""

    badge_id: int
    ending: str


@dataclass(frozen=True)
class BadgeRevoked(AboutUser):
    """A badge opens nothing any more."""

    badge_id: int
    ending: str


@dataclass(frozen=True)
class TokenIssued(AboutUser):
    """A machine got a key to the interface."""

    token_id: int
    scopes: list[str]


@dataclass(frozen=True)
class TokenRevoked(AboutUser):
    """A machine's key opens nothing any more."""

    token_id: int


@dataclass(frozen=True)
class SignedIn(AboutUser):
    """Somebody began to work."""

    session_id: int


@dataclass(frozen=True)
class SignedOut(AboutUser):
    """Somebody left, or was sent off: `because` says why."""

    session_id: int
    because: str


@dataclass(frozen=True)
class SignInBlocked(AboutUser):
    """So many wrong tries came from one place that it must wait."""

    origin: str
    minutes: int
