"""Badges: a random code, printed once, kept as a fingerprint and registered so that no other thing can carry it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes import actions as codes
from wms.codes.queries import Kind
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound
from wms.people.actions.accounts import locked
from wms.people.actions.sessions import end_sessions
from wms.people.events import BadgeIssued, BadgeRevoked
from wms.people.secret import BADGE_PREFIX, ending, fingerprint
from wms.people.tables import Badge


def issue_badge(session: Session, *, user_id: int, code: str, by: int, at: datetime) -> Badge:
    """Give somebody one more badge. `code` comes from `secret.fresh_badge()` and is shown once; only its hash stays."""
    locked(session, user_id)
    badge = Badge(user_id=user_id, token_hash=fingerprint(code), ending=ending(code), issued_at=at)
    session.add(badge)
    session.flush()
    codes.register(session, code=registered_as(code), kind=Kind.BADGE, target_id=badge.id, at=at)
    fact = BadgeIssued(user_id=user_id, badge_id=badge.id, ending=badge.ending)
    announce(session, fact, by=by, at=at)
    return badge


def revoke_badge(session: Session, *, badge_id: int, by: int, at: datetime) -> Badge:
    """Make a badge open nothing any more. Its person is signed out everywhere. Raises NotFound."""
    badge = session.scalar(select(Badge).where(Badge.id == badge_id).with_for_update())
    if badge is None:
        raise NotFound(thing="badge", number=badge_id)
    if badge.revoked_at is None:
        badge.revoked_at = at
        end_sessions(session, user_id=badge.user_id, because="badge_revoked", by=by, at=at)
        fact = BadgeRevoked(user_id=badge.user_id, badge_id=badge_id, ending=badge.ending)
        announce(session, fact, by=by, at=at)
    return badge


def registered_as(code: str) -> str:
    """Return the form in which a badge stands among the codes: it tells nobody what to print."""
    return f"{BADGE_PREFIX}#{fingerprint(code).upper()}"
