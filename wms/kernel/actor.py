"""Who acts, as the edges know them once they have looked at a session or a token."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """Somebody signed in, or a machine with a token. `scopes` is None for people: their roles say what they may do."""

    id: int
    name: str
    roles: frozenset[str]
    device_id: int | None = None
    session_id: int | None = None
    scopes: frozenset[str] | None = None
    language: str | None = None

    def has_any(self, roles: frozenset[str]) -> bool:
        """Tell whether one of these roles is among theirs."""
        return not roles.isdisjoint(self.roles)


@dataclass(frozen=True)
class Access:
    """What a route asks of whoever comes: one of these roles and, of a token, this scope. See `people.policy`."""

    roles: frozenset[str] = field(default_factory=frozenset)
    scope: str | None = None
    is_public: bool = False
