"""What machines send and get about people. No secret is sent in: people set passwords and PINs, on pages."""

from datetime import datetime
from typing import Any, Literal

from flask_openapi import Tag
from pydantic import Field

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Body, Line, Listing, Number, ShortWords, written
from wms.people.policy import Role
from wms.people.queries import Person
from wms.people.tables import ApiToken, Badge

api = ApiBlueprint(
    "people_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="people", description="Accounts, badges, tokens, and what happened.")],
    abp_security=[{"token": []}],
)

Language = Literal["en", "de"]


class UserPath(Body):
    """Which account."""

    user_id: Number


class BadgePath(UserPath):
    """Which badge of whom."""

    badge_id: Number


class TokenPath(UserPath):
    """Which token of whom."""

    token_id: Number


class Users(Listing):
    """Which accounts to list."""

    role: Role | None = Field(default=None, description="Only those with this role.")
    q: Line | None = Field(default=None, max_length=120, description="Part of a name or login.")


class NewUser(Body):
    """Who is new. Password and PIN are set on pages, by people."""

    name: ShortWords = Field(description="As colleagues call them.")
    login: ShortWords | None = Field(default=None, description="To sign in at a desk.")
    roles: list[Role] = Field(min_length=1, max_length=len(Role), description="What they do.")
    language: Language | None = Field(default=None, description="None: that of the browser.")


class UserChange(Body):
    """What is to be otherwise; what is left out stays."""

    name: ShortWords | None = None
    login: ShortWords | None = None
    roles: list[Role] | None = Field(default=None, min_length=1, max_length=len(Role))
    language: Language | None = None


class Reason(Body):
    """Why."""

    reason: ShortWords = Field(description="For whoever reads the audit trail.")


class NewToken(Body):
    """What a token is for and what it may do."""

    name: ShortWords = Field(description="What it is for.")
    scopes: list[ShortWords] = Field(min_length=1, max_length=40, description="What it opens.")
    expires_at: datetime | None = Field(default=None, description="None: until it is revoked.")


def user_shown(somebody: Person) -> dict[str, Any]:
    """Return an account as machines see it."""
    user = somebody.user
    return {
        "id": user.id,
        "name": user.name,
        "login": user.login,
        "roles": [str(role) for role in somebody.roles],
        "language": user.language,
        "is_machine": user.is_machine,
        "has_password": user.password_hash is not None,
        "has_pin": user.pin_hash is not None,
        "created_at": written(user.created_at),
        "disabled_at": written(user.disabled_at),
        "version": user.version,
    }


def badge_shown(badge: Badge) -> dict[str, Any]:
    """Return a badge as machines see it, without what is printed on it."""
    return {
        "id": badge.id,
        "user_id": badge.user_id,
        "ending": badge.ending,
        "issued_at": written(badge.issued_at),
        "revoked_at": written(badge.revoked_at),
    }


def token_shown(token: ApiToken) -> dict[str, Any]:
    """Return a token as machines see it, without the token."""
    return {
        "id": token.id,
        "user_id": token.user_id,
        "name": token.name,
        "ending": token.ending,
        "scopes": token.scopes.split(),
        "device_id": token.device_id,
        "created_at": written(token.created_at),
        "expires_at": written(token.expires_at),
        "used_at": written(token.used_at),
        "revoked_at": written(token.revoked_at),
    }
