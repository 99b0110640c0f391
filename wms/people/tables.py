"""Who works here: people, their roles and badges, sessions and machine tokens. Secrets are kept as hashes only."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned


class User(Versioned, Table):
    """A person or a machine that acts. Ids begin at 1; 0 is the house itself."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("id > 0", name="not_the_house"),)

    id: Mapped[Id]
    name: Mapped[Name]
    login: Mapped[str | None] = mapped_column(String(120), unique=True)
    """What is typed to sign in at a desk, folded to lower case; None for those who only scan a badge."""
    password_hash: Mapped[str | None] = mapped_column(String(255))
    pin_hash: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str | None] = mapped_column(String(8))
    is_machine: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    disabled_at: Mapped[datetime | None]


class UserRole(Table):
    """One role of one person."""

    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)


class Badge(Table):
    """A badge somebody carries. Only the hash of its random token is kept, so it prints once, when it is issued."""

    __tablename__ = "badge"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(8))
    """Its last characters, so that people can tell badges apart."""
    issued_at: Mapped[Moment]
    revoked_at: Mapped[datetime | None]


class UserSession(Table):
    """Somebody signed in on something. Ended sessions stay, as a record; they never open anything again."""

    __tablename__ = "user_session"
    __table_args__ = (
        Index(
            "ix_user_session_user_id",
            "user_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    device_id: Mapped[int | None]
    started_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    """The latest moment it can be used, however busy it is."""
    idle_s: Mapped[int]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(40))


class ApiToken(Table):
    """A machine's key to the API. Shown once, kept as a hash, limited to its scopes."""

    __tablename__ = "api_token"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[Name]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(8))
    scopes: Mapped[str] = mapped_column(String(2000))
    """Words with spaces between, such as `stock:read stock:write`."""
    device_id: Mapped[int | None]
    created_at: Mapped[Moment]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInAttempt(Table):
    """A try to sign in, so that guessing is slowed per badge and device without locking out a colleague elsewhere."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_about", "about", "origin", "at"),)

    id: Mapped[Id]
    about: Mapped[str] = mapped_column(String(80))
    """Whose secret was tried: `login:<hash>`, `pin:<user id>`, `enrol`."""
    origin: Mapped[str] = mapped_column(String(80))
    """From where: `device:<id>` or `address:<network address>`."""
    succeeded: Mapped[bool]
    at: Mapped[Moment]


class FirstRun(Table):
    """The token with which the first admin is made. One row, used once."""

    __tablename__ = "first_run"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[Id]
    token_hash: Mapped[ShortCode] = mapped_column(String(64))
    made_at: Mapped[Moment]
    used_at: Mapped[datetime | None]
