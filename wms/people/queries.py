"""What others may ask about people: who somebody is, who works here, and who was last seen on a device."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.people.policy import Role
from wms.people.tables import ApiToken, Badge, User, UserRole, UserSession


@dataclass(frozen=True)
class Person:
    """An account with its roles."""

    user: User
    roles: tuple[Role, ...]

    def has(self, role: Role) -> bool:
        """Tell whether this is among their roles."""
        return role in self.roles


@dataclass(frozen=True)
class Presence:
    """Who is signed in on a device, and when they last did something there."""

    user_id: int
    name: str
    seen_at: datetime


def person(session: Session, user_id: int) -> Person:
    """Return an account with its roles. Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(thing="user", number=user_id)
    return Person(user, roles_of(session, [user_id]).get(user_id, ()))


def people(
    session: Session, *, limit: int, cursor: str | None, search: str = "", role: str = ""
) -> Page[Person]:
    """Return accounts by name, those that are closed among them."""
    query = select(User)
    if search:
        pattern = f"%{_literally(search.casefold())}%"
        query = query.where(
            func.lower(User.name).like(pattern, escape="\\") | User.login.like(pattern, escape="\\")
        )
    if role:
        query = query.where(User.id.in_(select(UserRole.user_id).where(UserRole.role == role)))
    found = page(session, query, by=[User.name, User.id], limit=limit, cursor=cursor)
    roles = roles_of(session, [user.id for user in found.rows])
    rows = [Person(user, roles.get(user.id, ())) for user in found.rows]
    return Page(rows, found.next_cursor)


def roles_of(session: Session, user_ids: Collection[int]) -> Mapping[int, tuple[Role, ...]]:
    """Return the roles of each of these people, in the order in which roles are listed."""
    rows = session.execute(select(UserRole).where(UserRole.user_id.in_(user_ids))).scalars()
    held: dict[int, set[str]] = {}
    for row in rows:
        held.setdefault(row.user_id, set()).add(row.role)
    return {user: tuple(role for role in Role if role in roles) for user, roles in held.items()}


def names(session: Session, user_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these people. The house itself, number 0, has none of its own."""
    wanted = set(user_ids) - {HOUSE}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def badges_of(session: Session, user_id: int) -> Sequence[Badge]:
    """Return somebody's badges, newest first."""
    query = select(Badge).where(Badge.user_id == user_id).order_by(Badge.id.desc())
    return session.scalars(query).all()


def tokens_of(session: Session, user_id: int) -> Sequence[ApiToken]:
    """Return somebody's tokens, newest first."""
    query = select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc())
    return session.scalars(query).all()


def sessions_of(session: Session, user_id: int) -> Sequence[UserSession]:
    """Return where somebody is signed in now, latest first."""
    query = select(UserSession).where(
        UserSession.user_id == user_id, UserSession.ended_at.is_(None)
    )
    return session.scalars(query.order_by(UserSession.seen_at.desc())).all()


def on_devices(session: Session) -> Mapping[int, Presence]:
    """Return who is signed in on each device."""
    rows = session.execute(
        select(UserSession.device_id, User.id, User.name, UserSession.seen_at)
        .join(User, User.id == UserSession.user_id)
        .where(UserSession.ended_at.is_(None), UserSession.device_id.is_not(None))
        .order_by(UserSession.seen_at)
    )
    return {row.device_id: Presence(row.id, row.name, row.seen_at) for row in rows}


def tokens_seen(session: Session) -> Mapping[int, datetime]:
    """Return when the token of each device was last used."""
    rows = session.execute(
        select(ApiToken.device_id, func.max(ApiToken.used_at))
        .where(ApiToken.device_id.is_not(None), ApiToken.used_at.is_not(None))
        .group_by(ApiToken.device_id)
    )
    return {device: at for device, at in rows if device is not None and at is not None}


def waits_for_first_admin(session: Session) -> bool:
    """Tell whether the house has nobody yet who looks after people."""
    return (
        session.scalar(select(UserRole.user_id).where(UserRole.role == Role.ADMIN).limit(1)) is None
    )


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
