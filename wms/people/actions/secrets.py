"""Passwords and PINs: they come here as hashes, and a new one signs out whoever used the old."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.people.actions.accounts import locked
from wms.people.actions.sessions import end_sessions
from wms.people.events import PasswordSet, PinSet
from wms.people.tables import User


def set_password(
    session: Session,
    *,
    user_id: int,
    password_hash: str,
    keep_session: int | None = None,
    by: int,
    at: datetime,
) -> User:
    """Set a new password; every session but `keep_session` ends."""
    user = locked(session, user_id)
    user.password_hash = password_hash
    end_sessions(session, user_id=user_id, keep=keep_session, because="password_set", by=by, at=at)
    announce(session, PasswordSet(user_id=user_id), by=by, at=at)
    session.flush()
    return user


def set_pin(
    session: Session,
    *,
    user_id: int,
    pin_hash: str,
    keep_session: int | None = None,
    by: int,
    at: datetime,
) -> User:
    """Set a new PIN; every session but `keep_session` ends."""
    user = locked(session, user_id)
    user.pin_hash = pin_hash
    end_sessions(session, user_id=user_id, keep=keep_session, because="pin_set", by=by, at=at)
    announce(session, PinSet(user_id=user_id), by=by, at=at)
    session.flush()
    return user
