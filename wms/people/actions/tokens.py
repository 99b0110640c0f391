"""API tokens: a machine's key, shown once, kept as a fingerprint, limited to its scopes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.people.actions.accounts import locked
from wms.people.events import TokenIssued, TokenRevoked
from wms.people.policy import SCOPES
from wms.people.secret import ending, fingerprint
from wms.people.tables import ApiToken


class UnknownScope(Wrong):
    """A token was asked for something that no route lets in."""

    sentence = "kernel.not_kept"


def issue_token(
    session: Session,
    *,
    user_id: int,
    name: str,
    token: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    device_id: int | None = None,
    by: int,
    at: datetime,
) -> ApiToken:
    """Give a machine, or a person's script, a key. `token` comes from `secret.fresh_token()`; only its hash stays."""
    locked(session, user_id)
    strange = sorted(set(scopes) - SCOPES)
    if strange or not scopes:
        raise UnknownScope(Fault("scopes", "people.unknown_scope", {"scopes": " ".join(strange)}))
    row = ApiToken(
        user_id=user_id,
        name=name,
        token_hash=fingerprint(token),
        ending=ending(token),
        scopes=" ".join(sorted(set(scopes))),
        device_id=device_id,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    fact = TokenIssued(user_id=user_id, token_id=row.id, scopes=sorted(set(scopes)))
    announce(session, fact, by=by, at=at)
    return row


def revoke_token(session: Session, *, token_id: int, by: int, at: datetime) -> ApiToken:
    """Make a token open nothing any more. Raises NotFound."""
    row = session.scalar(select(ApiToken).where(ApiToken.id == token_id).with_for_update())
    if row is None:
        raise NotFound(thing="token", number=token_id)
    if row.revoked_at is None:
        row.revoked_at = at
        announce(session, TokenRevoked(user_id=row.user_id, token_id=token_id), by=by, at=at)
    return row


def revoke_device_tokens(session: Session, *, device_id: int, by: int, at: datetime) -> None:
    """Make every token of a device open nothing any more."""
    held = select(ApiToken.id).where(ApiToken.device_id == device_id, ApiToken.revoked_at.is_(None))
    for token_id in session.scalars(held.order_by(ApiToken.id)).all():
        revoke_token(session, token_id=token_id, by=by, at=at)


def used(session: Session, *, token_id: int, at: datetime) -> None:
    """Note that a token was used."""
    session.execute(
        update(ApiToken)
        .where(ApiToken.id == token_id)
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
