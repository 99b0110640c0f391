"""Accounts and badges, for machines."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform, reply, told_once, versioned
from wms.kernel.refusal import NotFound
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.api.answers import BadgePage, BadgeShown, IssuedBadge, UserPage, UserShown
from wms.people.api.shapes import (
    BadgePath,
    NewUser,
    Reason,
    UserChange,
    UserPath,
    Users,
    api,
    badge_shown,
    user_shown,
)
from wms.people.policy import Role, allow
from wms.people.secret import fresh_badge
from wms.people.tables import Badge

READ, WRITE = "people:read", "people:write"


@api.get("/users", summary="List accounts", responses={200: UserPage})
@allow(Role.ADMIN, Role.SUPERVISOR, scope=READ)
def users(query: Users) -> Response:
    """Accounts by name, closed ones among them."""
    with services().database.read() as session:
        found = queries.people(
            session,
            limit=query.limit,
            cursor=query.cursor,
            search=query.q or "",
            role=query.role or "",
        )
    rows = [user_shown(somebody) for somebody in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.post("/users", summary="Make an account", responses={201: UserShown})
@allow(Role.ADMIN, scope=WRITE)
def add_user(body: NewUser) -> Response:
    """An account without password, PIN or badge opens nothing yet."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        user = actions.add_user(
            session,
            name=body.name,
            login=body.login,
            roles=body.roles,
            language=body.language,
            is_machine=Role.MACHINE in body.roles,
            by=by,
            at=at,
        )
        shown = user_shown(queries.person(session, user.id))
        return created(shown, f"/api/v1/users/{user.id}", user.version)

    return perform("people.add_user", do)


@api.get("/users/<int:user_id>", summary="One account", responses={200: UserShown})
@allow(Role.ADMIN, Role.SUPERVISOR, scope=READ)
def user(path: UserPath) -> Response:
    """Who somebody is and what they may do."""
    with services().database.read() as session:
        somebody = queries.person(session, path.user_id)
    return reply(user_shown(somebody), somebody.user.version)


@api.patch("/users/<int:user_id>", summary="Change an account", responses={200: UserShown})
@allow(Role.ADMIN, scope=WRITE)
def change_user(path: UserPath, body: UserChange) -> Response:
    """New roles sign the person out."""
    expected, sent = expected_version(), body.model_fields_set

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = queries.person(session, path.user_id).user
        actions.change_user(
            session,
            user_id=path.user_id,
            name=body.name or before.name,
            login=body.login if "login" in sent else before.login,
            language=body.language if "language" in sent else before.language,
            expected=expected,
            by=by,
            at=at,
        )
        if body.roles:
            actions.set_roles(session, user_id=path.user_id, roles=body.roles, by=by, at=at)
        somebody = queries.person(session, path.user_id)
        return versioned(user_shown(somebody), somebody.user.version)

    return perform("people.change_user", do)


@api.post("/users/<int:user_id>/disable", summary="Close an account", responses={200: UserShown})
@allow(Role.ADMIN, scope=WRITE)
def disable(path: UserPath, body: Reason) -> Response:
    """At once: sessions end, badges and tokens open nothing."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.disable(session, user_id=path.user_id, reason=body.reason, by=by, at=at)
        somebody = queries.person(session, path.user_id)
        return versioned(user_shown(somebody), somebody.user.version)

    return perform("people.disable", do)


@api.post(
    "/users/<int:user_id>/enable", summary="Open an account again", responses={200: UserShown}
)
@allow(Role.ADMIN, scope=WRITE)
def enable(path: UserPath) -> Response:
    """Badges and tokens open again what they opened."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.enable(session, user_id=path.user_id, by=by, at=at)
        somebody = queries.person(session, path.user_id)
        return versioned(user_shown(somebody), somebody.user.version)

    return perform("people.enable", do)


@api.get(
    "/users/<int:user_id>/badges",
    summary="List the badges of an account",
    responses={200: BadgePage},
)
@allow(Role.ADMIN, scope=READ)
def badges(path: UserPath) -> Response:
    """Newest first, those that were revoked among them."""
    with services().database.read() as session:
        queries.person(session, path.user_id)
        rows = [badge_shown(badge) for badge in queries.badges_of(session, path.user_id)]
    return reply({"data": rows, "next_cursor": None})


@api.post("/users/<int:user_id>/badges", summary="Give out a badge", responses={201: IssuedBadge})
@allow(Role.ADMIN, scope=WRITE)
def issue_badge(path: UserPath) -> Response:
    """`code` is what to print. It is told in the first answer only; a repeated key gets the answer without it."""
    code = fresh_badge()

    def do(session: Session, by: int, at: datetime) -> Reply:
        badge = actions.issue_badge(session, user_id=path.user_id, code=code, by=by, at=at)
        where = f"/api/v1/users/{path.user_id}/badges/{badge.id}"
        return created({**badge_shown(badge), "code": None}, where)

    return told_once(perform("people.issue_badge", do), "code", code)


@api.get(
    "/users/<int:user_id>/badges/<int:badge_id>", summary="One badge", responses={200: BadgeShown}
)
@allow(Role.ADMIN, scope=READ)
def badge(path: BadgePath) -> Response:
    """When it was given out, and whether it still opens anything."""
    with services().database.read() as session:
        return reply(badge_shown(_badge(session, path)))


@api.post(
    "/users/<int:user_id>/badges/<int:badge_id>/revoke",
    summary="Revoke a badge",
    responses={200: BadgeShown},
)
@allow(Role.ADMIN, scope=WRITE)
def revoke_badge(path: BadgePath) -> Response:
    """At once, and its person is signed out."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        _badge(session, path)
        return Reply(
            badge_shown(actions.revoke_badge(session, badge_id=path.badge_id, by=by, at=at))
        )

    return perform("people.revoke_badge", do)


def _badge(session: Session, path: BadgePath) -> Badge:
    known = session.get(Badge, path.badge_id)
    if known is None or known.user_id != path.user_id:
        raise NotFound(thing="badge", number=path.badge_id)
    return known
