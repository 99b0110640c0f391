"""Who is asking: a session's cookie or a machine's token, looked up afresh for every request.

One SELECT, afresh each time, so that what ended has ended at once: a session that was signed out, an account that
was disabled, a token that was revoked. Roles come with it, so a role that was taken away is gone with the next request.
Machines' routes (`/api/v1/`) know tokens only: a browser that carries a cookie cannot be made to act there.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import g, request
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.kernel.actor import Actor
from wms.kernel.commands import housekeeping
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Busy, NoRoom
from wms.kernel.services import services
from wms.people import actions
from wms.people.cookies import Cookie, read
from wms.people.plain_http import refuse_plain
from wms.people.policy import STATIC, SessionOver, SignInFirst, TokenOver, TokenUnknown
from wms.people.secret import fingerprint
from wms.people.tables import ApiToken, User, UserRole, UserSession

NOTED_EVERY = timedelta(minutes=1)
"""How exactly we know when somebody was last seen: a write a minute, not one a request."""

MACHINES = "/api/v1/"
PROBES = frozenset({"livez", "readyz"})
"""Asked by load balancers, often over plain HTTP, and the same for everybody."""

_SESSION = Prepared(
    select(
        UserSession.user_id,
        User.name,
        User.language,
        UserSession.device_id,
        UserSession.id,
        UserSession.seen_at,
        UserSession.idle_s,
        UserRole.role,
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .where(
        UserSession.token_hash == bindparam("token"),
        UserSession.ended_at.is_(None),
        UserSession.ends_at > bindparam("now"),
        User.disabled_at.is_(None),
    )
)

_TOKEN = Prepared(
    select(
        ApiToken.user_id,
        User.name,
        User.language,
        ApiToken.device_id,
        ApiToken.id,
        ApiToken.used_at,
        ApiToken.expires_at,
        ApiToken.scopes,
        UserRole.role,
    )
    .join(User, User.id == ApiToken.user_id)
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .where(
        ApiToken.token_hash == bindparam("token"),
        ApiToken.revoked_at.is_(None),
        User.disabled_at.is_(None),
    )
)


def identify() -> None:
    """Look at every request before its route runs; afterwards `g.actor` is who asks, or None."""
    g.actor, g.nobody = None, SignInFirst
    if request.endpoint in STATIC or request.endpoint in PROBES:
        return
    refuse_plain()
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        g.actor = _by_token(token.strip())
    elif not request.path.startswith(MACHINES) and (token := read(Cookie.SESSION) or ""):
        g.actor = _by_session(token)


def _by_session(token: str) -> Actor | None:
    now = services().clock.now()
    g.nobody = SessionOver
    rows = _look_up(_SESSION, {"token": fingerprint(token), "now": now})
    if not rows:
        return None
    user_id, name, language, device_id, session_id, seen_at, idle_s, _ = rows[0]
    quiet = now - _moment(seen_at)
    if quiet >= timedelta(seconds=idle_s):
        return None
    if quiet >= NOTED_EVERY:
        _note(lambda session: actions.seen(session, session_id=session_id, at=now), now)
    roles = frozenset(row[-1] for row in rows if row[-1])
    return Actor(user_id, name, roles, device_id, session_id, language=language)


def _by_token(token: str) -> Actor | None:
    now = services().clock.now()
    g.nobody = TokenUnknown
    rows = _look_up(_TOKEN, {"token": fingerprint(token)})
    if not rows:
        return None
    user_id, name, language, device_id, token_id, used_at, expires_at, scopes, _ = rows[0]
    if expires_at is not None and _moment(expires_at) <= now:
        g.nobody = TokenOver
        return None
    if used_at is None or now - _moment(used_at) >= NOTED_EVERY:
        _note(lambda session: actions.used(session, token_id=token_id, at=now), now)
    roles = frozenset(row[-1] for row in rows if row[-1])
    return Actor(
        user_id, name, roles, device_id, scopes=frozenset(scopes.split()), language=language
    )


def _look_up(question: Prepared, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    return services().database.ask(question, values)


def _note(do: Callable[[Session], None], now: datetime) -> None:
    try:
        services().database.write(housekeeping("people.seen", at=now), do)
    except (Busy, NoRoom):
        return  # Who asks is known all the same; the next request notes it.


def _moment(stored: datetime | str) -> datetime:
    """Return a moment as the driver gives it: SQLite as text in UTC, PostgreSQL ready-made."""
    return datetime.fromisoformat(f"{stored}+00:00") if isinstance(stored, str) else stored
