"""Who may do what: every route says which roles it lets in; a route that says nothing lets nobody in."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import current_app, g, request

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


class SignInFirst(Refusal):
    """Nobody is signed in, or the session or token no longer counts."""

    sentence = "people.sign_in_first"
    status = 401


class NotYours(Refusal):
    """The route is for other roles, or the token lacks the scope."""

    sentence = "people.not_yours"
    status = 403


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
    if request.endpoint.endswith("static"):
        return  # style sheets and scripts are the same for everybody
    access = access_of(view)
    if access is None:
        raise NotYours
    if not access.is_public:
        admit(access, g.get("actor"))


def admit(access: Access, somebody: Actor | None) -> None:
    """Raise SignInFirst or NotYours unless this somebody meets what the route asks for."""
    if somebody is None:
        raise SignInFirst
    if not somebody.has_any(access.roles):
        raise NotYours(roles=", ".join(sorted(access.roles)))
    if somebody.scopes is not None and access.scope not in somebody.scopes:
        raise NotYours(roles=access.scope or "")


def _declare(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark
