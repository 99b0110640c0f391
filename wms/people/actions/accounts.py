"""Accounts: who may come in, under which name, with which roles and secrets. Secrets come here as hashes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Refusal, Wrong
from wms.kernel.versions import same_version, touch
from wms.people.actions.first_run import use_invitation
from wms.people.actions.sessions import end_sessions
from wms.people.events import (
    RolesChanged,
    UserAdded,
    UserChanged,
    UserDisabled,
    UserEnabled,
)
from wms.people.policy import Role
from wms.people.tables import User, UserRole


class LoginTaken(Wrong):
    """Somebody else signs in under that login."""

    sentence = "kernel.not_kept"


class LastAdmin(Refusal):
    """Without this one, nobody could look after people and devices any more."""

    sentence = "people.last_admin"


class NoRole(Wrong):
    """Somebody without a role could do nothing at all."""

    sentence = "kernel.not_kept"


def add_user(
    session: Session,
    *,
    name: str,
    roles: Collection[Role],
    login: str | None = None,
    password_hash: str | None = None,
    pin_hash: str | None = None,
    language: str | None = None,
    is_machine: bool = False,
    by: int,
    at: datetime,
) -> User:
    """Make an account. Raises LoginTaken, or NoRole where no role is given."""
    login = folded(login)
    _login_is_free(session, login, but=None)
    _some_role(roles)
    user = User(
        name=name,
        login=login,
        password_hash=password_hash,
        pin_hash=pin_hash,
        language=language,
        is_machine=is_machine,
        created_at=at,
    )
    session.add(user)
    session.flush()
    session.add_all(UserRole(user_id=user.id, role=role) for role in sorted(set(roles)))
    announce(session, UserAdded(user_id=user.id, roles=sorted(set(roles))), by=by, at=at)
    return user


def create_first_admin(
    session: Session, *, token: str, name: str, login: str, password_hash: str, at: datetime
) -> User:
    """Make the first admin against the token that was printed at the start; the token is used up by it."""
    use_invitation(session, token=token, at=at)
    return add_user(
        session,
        name=name,
        roles=[Role.ADMIN],
        login=login,
        password_hash=password_hash,
        by=HOUSE,
        at=at,
    )


def change_user(
    session: Session,
    *,
    user_id: int,
    name: str,
    login: str | None,
    language: str | None,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> User:
    """Rename somebody, or change login or language. Raises NotFound, Stale, LoginTaken."""
    user = locked(session, user_id)
    same_version(user, expected)
    login = folded(login)
    _login_is_free(session, login, but=user_id)
    before = (user.name, user.login, user.language)
    user.name, user.login, user.language = name, login, language
    after = (name, login, language)
    named = zip(("name", "login", "language"), before, after, strict=True)
    changed = [field for field, old, new in named if old != new]
    if changed:
        announce(session, UserChanged(user_id=user_id, fields=changed), by=by, at=at)
    session.flush()
    return user


def set_roles(
    session: Session,
    *,
    user_id: int,
    roles: Collection[Role],
    expected: int | None = None,
    by: int,
    at: datetime,
) -> User:
    """Let somebody do other things from now on; every session of theirs ends. Raises LastAdmin, NoRole."""
    _hold_admins(session)
    user = locked(session, user_id)
    same_version(user, expected)
    _some_role(roles)
    before = {row.role: row for row in session.scalars(_roles_of(user_id))}
    wanted = {str(role) for role in roles}
    if wanted == before.keys():
        return user
    if Role.ADMIN in before and Role.ADMIN not in wanted:
        _not_the_last(session, user_id)
    for role in before.keys() - wanted:
        session.delete(before[role])
    session.add_all(UserRole(user_id=user_id, role=role) for role in sorted(wanted - before.keys()))
    touch(user)
    end_sessions(session, user_id=user_id, because="roles_changed", by=by, at=at)
    fact = RolesChanged(user_id=user_id, roles=sorted(wanted), before=sorted(before))
    announce(session, fact, by=by, at=at)
    session.flush()
    return user


def disable(session: Session, *, user_id: int, reason: str, by: int, at: datetime) -> User:
    """Close an account: its sessions end, its badges and tokens open nothing. Raises LastAdmin."""
    _hold_admins(session)
    user = locked(session, user_id)
    if user.disabled_at is None:
        if session.get(UserRole, (user_id, Role.ADMIN)):
            _not_the_last(session, user_id)
        user.disabled_at = at
        end_sessions(session, user_id=user_id, because="disabled", by=by, at=at)
        announce(session, UserDisabled(user_id=user_id, reason=reason), by=by, at=at)
        session.flush()
    return user


def enable(session: Session, *, user_id: int, by: int, at: datetime) -> User:
    """Open an account again. Its badges and tokens work as before; its sessions stay ended."""
    user = locked(session, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        announce(session, UserEnabled(user_id=user_id), by=by, at=at)
        session.flush()
    return user


def folded(login: str | None) -> str | None:
    """Return a login as it is kept and compared: without space around, in lower case."""
    return login.strip().casefold() or None if login else None


def locked(session: Session, user_id: int) -> User:
    """Return somebody, held until this transaction ends. Raises NotFound."""
    user = session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFound(thing="user", number=user_id)
    return user


def _login_is_free(session: Session, login: str | None, but: int | None) -> None:
    if login is None:
        return
    holder = session.scalar(select(User.id).where(User.login == login))
    if holder not in (None, but):
        raise LoginTaken(Fault("login", "people.login_taken", {"login": login}))


def _some_role(roles: Collection[Role]) -> None:
    if not roles:
        raise NoRole(Fault("roles", "people.no_role"))


def _roles_of(user_id: int) -> Select[UserRole]:
    return select(UserRole).where(UserRole.user_id == user_id).order_by(UserRole.role)


def _hold_admins(session: Session) -> None:
    """Hold every admin, in the order of their numbers, so that two who remove each other do it one after the other."""
    held = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == Role.ADMIN)
        .order_by(User.id)
        .with_for_update()
    )
    session.execute(held).all()


def _not_the_last(session: Session, user_id: int) -> None:
    others = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == Role.ADMIN, User.disabled_at.is_(None), User.id != user_id)
        .limit(1)
    )
    if session.scalar(others) is None:
        raise LastAdmin
