"""Signing in: claim a guess, compare the secret while no transaction is open, record what came of it.

Comparing a password takes as long as thirty scans, so it must not hold the database; and a guess that was claimed
before it was compared is counted even when the server is killed in between.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE, Command, command
from wms.kernel.forms import seen_only
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import Services
from wms.people import actions
from wms.people.queries import roles_of
from wms.people.rules import idle_for, needs_pin
from wms.people.secret import Hasher, fingerprint, fresh_token
from wms.people.tables import Badge, User


@dataclass(frozen=True)
class Place:
    """The enrolled device somebody stands at. `hold(session)` keeps it from being revoked while they are let in."""

    device_id: int
    hold: Callable[[Session], object]


class WrongLogin(Refusal):
    """Login and password do not fit together; nobody is told which of them is wrong."""

    sentence = "people.wrong_login"
    status = 401
    kept = False


class UnknownBadge(Refusal):
    """No badge like this lets anybody in: never issued, revoked, or its account is disabled."""

    sentence = "people.unknown_badge"
    status = 401
    kept = False


class WrongPassword(Refusal):
    """Whoever is signed in here did not type their own password."""

    sentence = "kernel.not_kept"
    status = 422
    kept = False


class WrongPin(Refusal):
    """The PIN is not the one that goes with the badge."""

    sentence = "people.wrong_pin"
    status = 401
    kept = False


class PinMissing(Refusal):
    """The person's role asks for a PIN, and none was ever set."""

    sentence = "people.pin_missing"
    status = 401
    kept = False


@dataclass(frozen=True)
class Opened:
    """Somebody is signed in; `token` goes into the browser and nowhere else."""

    user_id: int
    name: str
    token: str


@dataclass(frozen=True)
class PinWanted:
    """The badge is known, and its person must type a PIN as well."""

    badge_id: int
    name: str


@dataclass(frozen=True)
class _Known:
    user_id: int
    name: str
    roles: tuple[str, ...]
    secret_hash: str | None


def by_password(
    house: Services, hasher: Hasher, *, login: str, password: str, origin: str
) -> Opened:
    """Let somebody in at a desk. Raises WrongLogin, TooManyTries."""
    login = seen_only(login).strip().casefold()
    attempt = _claim(house, about=_about(login), origin=origin)
    known = _by_login(house, login)
    if not hasher.fits(known.secret_hash if known else None, password) or known is None:
        _failed(house, attempt, known)
        raise WrongLogin
    return _open(house, known, attempt=attempt)


def confirm_password(
    house: Services, hasher: Hasher, *, user_id: int, password: str, origin: str
) -> None:
    """Make sure that whoever is signed in is still the same person. Raises WrongPassword, TooManyTries."""
    with house.database.read() as session:
        known = _known(session, user_id, "password")
        login = session.get_one(User, user_id).login or ""
    attempt = _claim(house, about=_about(login), origin=origin)
    if not hasher.fits(known.secret_hash if known else None, password):
        _failed(house, attempt, known)
        raise WrongPassword(Fault("old_password", "people.wrong_password"))
    act = _act(house, "people.right_secret", by=user_id, place=None)
    house.database.write(act, lambda session: actions.try_succeeded(session, attempt_id=attempt))


def by_badge(house: Services, *, code: str, place: Place) -> Opened | PinWanted:
    """Let in whoever carries the badge, on an enrolled device. Raises UnknownBadge, PinMissing."""
    with house.database.read() as session:
        badge = session.execute(
            select(Badge.id, Badge.user_id).where(
                Badge.token_hash == fingerprint(code.strip().upper()), Badge.revoked_at.is_(None)
            )
        ).first()
        known = _known(session, badge.user_id, "pin") if badge else None
    if badge is None or known is None:
        raise UnknownBadge
    if not needs_pin(known.roles):
        return _open(house, known, badge_id=badge.id, place=place)
    if known.secret_hash is None:
        raise PinMissing(name=known.name)
    return PinWanted(badge.id, known.name)


def by_pin(house: Services, hasher: Hasher, *, badge_id: int, pin: str, place: Place) -> Opened:
    """Let in whoever scanned the badge before and knows its PIN. Raises UnknownBadge, WrongPin, TooManyTries."""
    with house.database.read() as session:
        badge = session.get(Badge, badge_id)
        alive = badge is not None and badge.revoked_at is None
        known = _known(session, badge.user_id, "pin") if badge and alive else None
    if known is None:
        raise UnknownBadge
    attempt = _claim(house, about=f"pin:{known.user_id}", origin=f"device:{place.device_id}")
    if not hasher.fits(known.secret_hash, pin):
        _failed(house, attempt, known, place)
        raise WrongPin
    return _open(house, known, attempt=attempt, badge_id=badge_id, place=place)


def _about(login: str) -> str:
    """Name what is guessed at. What was typed as a login may be a password, so it is not kept as it is."""
    return f"login:{fingerprint(login)}"


def _claim(house: Services, *, about: str, origin: str) -> int:
    act = _act(house, "people.claim_try", by=HOUSE, place=None)
    return house.database.write(
        act, lambda session: actions.claim_try(session, about=about, origin=origin, at=act.at)
    ).value


def _failed(
    house: Services, attempt: int, known: _Known | None, place: Place | None = None
) -> None:
    user_id = known.user_id if known else None
    act = _act(house, "people.wrong_secret", by=HOUSE, place=place)
    house.database.write(
        act,
        lambda session: actions.try_failed(session, attempt_id=attempt, user_id=user_id, at=act.at),
    )


def _by_login(house: Services, login: str) -> _Known | None:
    with house.database.read() as session:
        user_id = session.scalar(select(User.id).where(User.login == login))
        return _known(session, user_id, "password") if user_id else None


def _known(session: Session, user_id: int, secret: str) -> _Known | None:
    user = session.get_one(User, user_id)
    if user.disabled_at is not None or user.is_machine:
        return None
    roles = roles_of(session, [user_id]).get(user_id, ())
    kept = user.password_hash if secret == "password" else user.pin_hash  # noqa: S105
    return _Known(user_id, user.name, roles, kept)


def _open(
    house: Services,
    known: _Known,
    *,
    attempt: int | None = None,
    badge_id: int | None = None,
    place: Place | None = None,
) -> Opened:
    token = fresh_token()
    act = _act(house, "people.sign_in", by=known.user_id, place=place)

    def do(session: Session) -> None:
        if place is not None:
            place.hold(session)
        _hold_account(session, known.user_id, badge_id)
        if attempt is not None:
            actions.try_succeeded(session, attempt_id=attempt)
        actions.open_session(
            session,
            user_id=known.user_id,
            token=token,
            idle=idle_for(known.roles, on_device=place is not None),
            device_id=act.device_id,
            at=act.at,
        )

    house.database.write(act, do)
    return Opened(known.user_id, known.name, token)


def _act(house: Services, name: str, *, by: int, place: Place | None) -> Command:
    device_id = place.device_id if place else None
    return replace(command(name, by=by, at=house.clock.now()), device_id=device_id)


def _hold_account(session: Session, user_id: int, badge_id: int | None) -> None:
    """Hold account and badge while the session is made, so that disabling or revoking comes before it or ends it."""
    user = session.get_one(User, user_id, with_for_update=True)
    badge = session.get(Badge, badge_id, with_for_update=True) if badge_id else None
    if user.disabled_at is not None or (badge is not None and badge.revoked_at is not None):
        raise UnknownBadge if badge_id else WrongLogin
