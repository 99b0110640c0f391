"""Sessions: somebody signed in on something. They end by rows, so an old cookie opens nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.people.events import SignedIn, SignedOut
from wms.people.rules import LONGEST
from wms.people.secret import fingerprint
from wms.people.tables import UserSession


def open_session(
    session: Session,
    *,
    user_id: int,
    token: str,
    idle: timedelta,
    device_id: int | None,
    at: datetime,
) -> UserSession:
    """Let somebody in under a new token. A device serves one person at a time: who was there before is signed out."""
    if device_id is not None:
        end_sessions(session, device_id=device_id, because="switched", by=user_id, at=at)
    new = UserSession(
        token_hash=fingerprint(token),
        user_id=user_id,
        device_id=device_id,
        started_at=at,
        seen_at=at,
        ends_at=at + LONGEST,
        idle_s=int(idle.total_seconds()),
    )
    session.add(new)
    session.flush()
    announce(session, SignedIn(user_id=user_id, session_id=new.id), by=user_id, at=at)
    return new


def end_session(session: Session, *, session_id: int, because: str, by: int, at: datetime) -> None:
    """Sign somebody out here. An ended session stays as it ended."""
    _end(session, [UserSession.id == session_id], because=because, by=by, at=at)


def end_sessions(
    session: Session,
    *,
    user_id: int | None = None,
    device_id: int | None = None,
    keep: int | None = None,
    because: str,
    by: int,
    at: datetime,
) -> int:
    """End every session of a person or on a device, but the one to keep; returns how many ended."""
    if user_id is None and device_id is None:
        raise ValueError("whose sessions?")
    which: list[ColumnElement[bool]] = []
    if user_id is not None:
        which.append(UserSession.user_id == user_id)
    if device_id is not None:
        which.append(UserSession.device_id == device_id)
    if keep is not None:
        which.append(UserSession.id != keep)
    return _end(session, which, because=because, by=by, at=at)


def close_overdue(session: Session, by: int, at: datetime) -> int:
    """Write down the end of sessions that ran out by themselves; they opened nothing since."""
    quiet = [
        row.id
        for row in session.execute(
            select(UserSession.id, UserSession.seen_at, UserSession.idle_s, UserSession.ends_at)
            .where(UserSession.ended_at.is_(None))
            .order_by(UserSession.id)
        )
        if row.ends_at <= at or row.seen_at + timedelta(seconds=row.idle_s) <= at
    ]
    return _end(session, [UserSession.id.in_(quiet)], because="ran_out", by=by, at=at)


def seen(session: Session, *, session_id: int, at: datetime) -> None:
    """Note that somebody is still there."""
    session.execute(
        update(UserSession)
        .where(UserSession.id == session_id, UserSession.seen_at < at)
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )


def _end(
    session: Session, which: Sequence[ColumnElement[bool]], *, because: str, by: int, at: datetime
) -> int:
    ended = session.execute(
        update(UserSession)
        .where(UserSession.ended_at.is_(None), *which)
        .values(ended_at=at, ended_because=because)
        .returning(UserSession.id, UserSession.user_id)
        .execution_options(synchronize_session=False)
    ).all()
    for row in sorted(ended):
        fact = SignedOut(user_id=row.user_id, session_id=row.id, because=because)
        announce(session, fact, by=by, at=at)
    return len(ended)
