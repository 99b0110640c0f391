"""Who may do what: every route says which roles it lets in; a route that says nothing lets nobody in."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import current_app, g, request
from flask_babel import gettext as _

from wms.kernel.actor import Access, Actor
from wms.kernel.refusal import Refusal

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What somebody is here for."""

    PICKER = "picker"
    PACKER = "packer"
    RETURNS = "returns"
    RECEIVER = "receiver"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    MACHINE = "machine"


FLOOR = (Role.PICKER, Role.PACKER, Role.RETURNS, Role.RECEIVER)
LEADS = (Role.SUPERVISOR, Role.ADMIN)
EVERYBODY = tuple(role for role in Role if role is not Role.MACHINE)


STATIC = frozenset({"static", "bootstrap.static"})
"""Style sheets and scripts: the same for everybody, and nobody is looked up for them."""

SCOPES = frozenset(
    {
        "audit:read",
        "bins:read",
        "bins:write",
        "cases:read",
        "cases:write",
        "catalog:read",
        "catalog:write",
        "codes:read",
        "counting:read",
        "counting:write",
        "floor:write",
        "moving:read",
        "moving:write",
        "orders:read",
        "orders:write",
        "packing:read",
        "people:read",
        "people:write",
        "picking:read",
        "picking:write",
        "printing:read",
        "printing:write",
        "readings:write",
        "returns:read",
        "returns:write",
        "shipping:read",
        "shipping:write",
        "stations:read",
        "stations:write",
        "stock:read",
        "stock:write",
        "waves:read",
        "waves:write",
    }
)
"""Everything that a token can be let in for; every route with a scope names one of these."""


class SignInFirst(Refusal):
    """Nobody is signed in."""

    sentence = "people.sign_in_first"
    status = 401
    kept = False


class SessionOver(SignInFirst):
    """Somebody was signed in here, and is no more."""

    sentence = "people.session_over"


class TokenUnknown(SignInFirst):
    """No token like this opens anything: never issued, revoked, or its account is disabled."""

    sentence = "people.token_unknown"


class TokenOver(SignInFirst):
    """The token's time is over."""

    sentence = "people.token_over"


class NotYours(Refusal):
    """The route is for other roles, or the token lacks the scope."""

    sentence = "people.not_yours"
    status = 403
    kept = False


class NotForTokens(NotYours):
    """The token lacks the scope, or the route is for people only."""

    sentence = "people.not_for_token"


def allow(*roles: Role, scope: str | None = None) -> Callable[[View], View]:
    """Let these roles use a route. Tokens need `scope` too; without one the route is for people only."""
    return _declare(Access(roles=frozenset(roles), scope=scope))


def public() -> Callable[[View], View]:
    """Let anybody use a route: sign-in, health, what the browser loads before anyone is known."""
    return _declare(Access(is_public=True))


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a route asks for; None where it declares nothing."""
    access: Access | None = getattr(view, "access", None)
    return access


def enforce() -> None:
    """Look at every request before its route runs: no declaration, no entry."""
    if request.endpoint is None:
        return  # no such page: the error page says so
    view = current_app.view_functions[request.endpoint]
    if request.endpoint in STATIC:
        return
    access = access_of(view)
    if access is None:
        raise NotYours(roles="–")
    if not access.is_public:
        admit(access, g.get("actor"))


def admit(access: Access, somebody: Actor | None) -> None:
    """Raise SignInFirst or NotYours unless this somebody meets what the route asks for."""
    if somebody is None:
        raise g.get("nobody", SignInFirst)
    if not somebody.has_any(access.roles):
        raise NotYours(roles=", ".join(_(role) for role in sorted(access.roles)))
    if somebody.scopes is not None and access.scope not in somebody.scopes:
        raise NotForTokens(scope=access.scope or "–")


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark
