"""Setting up a house that has nobody yet: a token is printed at the start, and makes the first admin."""

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE, command, housekeeping
from wms.kernel.services import Services
from wms.people import actions
from wms.people.policy import Role
from wms.people.rules import idle_for
from wms.people.secret import Hasher, fresh_token
from wms.people.sign_in import Opened


def first_run_token(house: Services) -> str | None:
    """Return a new token to print, while there is no admin; None once there is one. Tokens printed before are void."""
    token = fresh_token()
    now = house.clock.now()
    is_wanted = house.database.write(
        housekeeping("people.invite_first_admin", at=now),
        lambda session: actions.invite_first_admin(session, token=token, at=now),
    ).value
    return token if is_wanted else None


def set_up(
    house: Services, hasher: Hasher, *, token: str, name: str, login: str, password: str
) -> Opened:
    """Make the first admin and sign them in. Raises AdminThere, TokenWrong."""
    password_hash = hasher.keep(password)
    session_token = fresh_token()
    act = command("people.first_run", by=HOUSE, at=house.clock.now())

    def do(session: Session) -> int:
        admin = actions.create_first_admin(
            session,
            token=token,
            name=name,
            login=login,
            password_hash=password_hash,
            at=act.at,
        )
        actions.open_session(
            session,
            user_id=admin.id,
            token=session_token,
            idle=idle_for([Role.ADMIN], on_device=False),
            device_id=None,
            at=act.at,
        )
        return admin.id

    return Opened(house.database.write(act, do).value, name, session_token)
