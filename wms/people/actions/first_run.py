"""The first admin: made against a token that the server prints at its start; there are no default accounts."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.people.policy import Role
from wms.people.secret import fingerprint
from wms.people.tables import FirstRun, UserRole

_ADMIN = select(UserRole.user_id).where(UserRole.role == Role.ADMIN).limit(1)


class TokenWrong(Wrong):
    """It is not the token that was printed."""

    sentence = "kernel.not_kept"


class AdminThere(Refusal):
    """Somebody was faster, or the house has been set up long ago."""

    sentence = "people.admin_there"


def invite_first_admin(session: Session, *, token: str, at: datetime) -> bool:
    """Keep the fingerprint of a new token while there is no admin; returns whether the house waits for its first admin.

    A token printed before opens nothing any more, so whoever lost it starts the server again.
    """
    if session.scalar(_ADMIN) is not None:
        return False
    row = session.get(FirstRun, 1) or FirstRun(id=1)
    row.token_hash, row.made_at, row.used_at = fingerprint(token), at, None
    session.add(row)
    return True


def use_invitation(session: Session, *, token: str, at: datetime) -> None:
    """Use the token up. Raises AdminThere where there is nobody to wait for, TokenWrong where it is another."""
    if session.scalar(_ADMIN) is not None:
        raise AdminThere
    # Two who send the same token at once meet at this row; the later finds it used.
    used = session.execute(
        update(FirstRun)
        .where(
            FirstRun.id == 1,
            FirstRun.used_at.is_(None),
            FirstRun.token_hash == fingerprint(token.strip()),
        )
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    if getattr(used, "rowcount", 0) != 1:
        raise TokenWrong(Fault("token", "people.first_run_token_wrong"))
