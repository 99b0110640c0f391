"""Guesses: claimed before a secret is compared, so that never more are tried than allowed."""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.people.events import SignInBlocked
from wms.people.rules import SIGN_IN, Limits, Try, wait_until
from wms.people.tables import SignInAttempt

HOME_LASTS = timedelta(days=30)
"""How long the place of the last right use counts as home."""


class TooManyTries(Refusal):
    """So many wrong tries came that the next must wait."""

    sentence = "people.too_many_tries"
    status = 429
    kept = False


def claim_try(
    session: Session, *, about: str, origin: str, limits: Limits = SIGN_IN, at: datetime
) -> int:
    """Take one guess out of the allowance and return its number. Raises TooManyTries. It counts as wrong until told."""
    _one_at_a_time(session, about)
    if (
        until := _blocked_until(session, about=about, origin=origin, limits=limits, at=at)
    ) is not None:
        wait_s = ceil((until - at).total_seconds())
        raise TooManyTries(n=ceil(wait_s / 60), wait_s=wait_s)
    attempt = SignInAttempt(about=about, origin=origin, succeeded=False, at=at)
    session.add(attempt)
    session.flush()
    return attempt.id


def try_succeeded(session: Session, *, attempt_id: int) -> None:
    """Tell that the claimed guess was right."""
    session.execute(
        update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(succeeded=True)
    )


def try_failed(
    session: Session,
    *,
    attempt_id: int,
    user_id: int | None,
    limits: Limits = SIGN_IN,
    at: datetime,
) -> None:
    """Tell that the claimed guess was wrong; announces SignInBlocked when the place has to wait from now on."""
    attempt = session.get_one(SignInAttempt, attempt_id)
    until = _blocked_until(
        session, about=attempt.about, origin=attempt.origin, limits=limits, at=at
    )
    if until is not None and user_id is not None:
        minutes = ceil((until - at).total_seconds() / 60)
        fact = SignInBlocked(user_id=user_id, origin=attempt.origin, minutes=minutes)
        announce(session, fact, by=0, at=at)


def forget_tries(session: Session, at: datetime) -> None:
    """Forget tries that no count and no question about home looks at any more."""
    session.execute(
        delete(SignInAttempt)
        .where(SignInAttempt.at < at - HOME_LASTS)
        .execution_options(synchronize_session=False)
    )


def _blocked_until(
    session: Session, *, about: str, origin: str, limits: Limits, at: datetime
) -> datetime | None:
    since = at - max(limits.window, 2 * limits.rest)
    rows = session.execute(
        select(SignInAttempt.origin, SignInAttempt.at, SignInAttempt.succeeded)
        .where(SignInAttempt.about == about, SignInAttempt.at > since)
        .order_by(SignInAttempt.id)
    )
    tries = [Try(*row) for row in rows]
    until = wait_until(tries, limits, origin=origin, home=_home(session, about, at))
    return until if until is not None and until > at else None


def _home(session: Session, about: str, at: datetime) -> str | None:
    return session.scalar(
        select(SignInAttempt.origin)
        .where(
            SignInAttempt.about == about,
            SignInAttempt.succeeded,
            SignInAttempt.at > at - HOME_LASTS,
        )
        .order_by(SignInAttempt.id.desc())
        .limit(1)
    )


def _one_at_a_time(session: Session, about: str) -> None:
    """Let guesses about one secret queue up. On SQLite every write has its turn already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(about))))
