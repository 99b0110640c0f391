"""Tokens, for machines. A token gives out no more than it may itself."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, actor, created, perform, reply, told_once
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.api.answers import IssuedToken, TokenPage, TokenShown
from wms.people.api.shapes import NewToken, TokenPath, UserPath, api, token_shown
from wms.people.policy import Role, allow
from wms.people.secret import fresh_token
from wms.people.tables import ApiToken

READ, WRITE = "people:read", "people:write"


class MoreThanOwn(Wrong):
    """A token asked for a token that opens more than itself."""

    sentence = "kernel.not_kept"


class InThePast(Wrong):
    """A token would be over before it begins."""

    sentence = "kernel.not_kept"


@api.get(
    "/users/<int:user_id>/tokens",
    summary="List the tokens of an account",
    responses={200: TokenPage},
)
@allow(Role.ADMIN, scope=READ)
def tokens(path: UserPath) -> Response:
    """Newest first, those that were revoked among them."""
    with services().database.read() as session:
        queries.person(session, path.user_id)
        rows = [token_shown(token) for token in queries.tokens_of(session, path.user_id)]
    return reply({"data": rows, "next_cursor": None})


@api.post("/users/<int:user_id>/tokens", summary="Make a token", responses={201: IssuedToken})
@allow(Role.ADMIN, scope=WRITE)
def issue_token(path: UserPath, body: NewToken) -> Response:
    """`token` is told in the first answer only; a repeated key gets the answer without it."""
    token, own = fresh_token(), actor().scopes

    def do(session: Session, by: int, at: datetime) -> Reply:
        if own is not None and (more := sorted(set(body.scopes) - own)):
            raise MoreThanOwn(Fault("scopes", "people.more_than_own", {"scopes": " ".join(more)}))
        if body.expires_at is not None and not _is_ahead(body.expires_at, at):
            raise InThePast(Fault("expires_at", "people.token_past"))
        issued = actions.issue_token(
            session,
            user_id=path.user_id,
            name=body.name,
            token=token,
            scopes=body.scopes,
            expires_at=body.expires_at,
            by=by,
            at=at,
        )
        where = f"/api/v1/users/{path.user_id}/tokens/{issued.id}"
        return created({**token_shown(issued), "token": None}, where)

    return told_once(perform("people.issue_token", do), "token", token)


@api.get(
    "/users/<int:user_id>/tokens/<int:token_id>", summary="One token", responses={200: TokenShown}
)
@allow(Role.ADMIN, scope=READ)
def token(path: TokenPath) -> Response:
    """What it opens, and when it was last used."""
    with services().database.read() as session:
        return reply(token_shown(_token(session, path)))


@api.post(
    "/users/<int:user_id>/tokens/<int:token_id>/revoke",
    summary="Revoke a token",
    responses={200: TokenShown},
)
@allow(Role.ADMIN, scope=WRITE)
def revoke_token(path: TokenPath) -> Response:
    """At once."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        _token(session, path)
        return Reply(
            token_shown(actions.revoke_token(session, token_id=path.token_id, by=by, at=at))
        )

    return perform("people.revoke_token", do)


def _token(session: Session, path: TokenPath) -> ApiToken:
    known = session.get(ApiToken, path.token_id)
    if known is None or known.user_id != path.user_id:
        raise NotFound(thing="token", number=path.token_id)
    return known


def _is_ahead(moment: datetime, at: datetime) -> bool:
    return moment.tzinfo is not None and moment > at
