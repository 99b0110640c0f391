"""What machines are answered about people. `shapes` writes these out; here it is said what is in them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from wms.people.policy import Role


class UserShown(BaseModel):
    """An account. Secrets are never told, only whether there are some."""

    id: int
    name: str
    login: str | None
    roles: list[Role]
    language: str | None
    is_machine: bool
    has_password: bool
    has_pin: bool
    created_at: datetime
    disabled_at: datetime | None
    version: int


class UserPage(BaseModel):
    """Some accounts."""

    data: list[UserShown]
    next_cursor: str | None


class BadgeShown(BaseModel):
    """A badge, without what is printed on it."""

    id: int
    user_id: int
    ending: str = Field(description="Its last signs, to tell badges apart.")
    issued_at: datetime
    revoked_at: datetime | None


class IssuedBadge(BadgeShown):
    """A badge that was just given out."""

    code: str | None = Field(description="What to print; null when this answer comes again.")


class BadgePage(BaseModel):
    """The badges of an account."""

    data: list[BadgeShown]
    next_cursor: str | None


class TokenShown(BaseModel):
    """A token, without what opens anything."""

    id: int
    user_id: int
    name: str
    ending: str = Field(description="Its last signs, to tell tokens apart.")
    scopes: list[str]
    device_id: int | None
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


class IssuedToken(TokenShown):
    """A token that was just made."""

    token: str | None = Field(description="The token; null when this answer comes again.")


class TokenPage(BaseModel):
    """The tokens of an account."""

    data: list[TokenShown]
    next_cursor: str | None


class FactShown(BaseModel):
    """Something that happened."""

    id: int
    type: str
    subject: str
    subject_id: int
    data: dict[str, Any]
    actor_id: int = Field(description="0 is the house itself.")
    device_id: int | None
    command_id: str = Field(description="The act that it came from.")
    occurred_at: datetime
    recorded_at: datetime


class FactPage(BaseModel):
    """Some facts."""

    data: list[FactShown]
    next_cursor: str | None
