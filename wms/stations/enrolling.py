"""How a device comes in: claim a guess of the code, then let it in. Guesses are counted like those of a password."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE, command
from wms.kernel.services import Services
from wms.people import actions as people
from wms.people.secret import fresh_digits, fresh_token
from wms.stations import actions
from wms.stations.actions import CodeWrong, Enrolled
from wms.stations.queries import is_out


@dataclass(frozen=True)
class LetIn:
    """A device with its token, which goes into the device and nowhere else."""

    device: Enrolled
    token: str


def fresh_code(house: Services) -> str:
    """Return six digits that no open invitation has."""
    with house.database.read() as session:
        while is_out(session, code := fresh_digits(), house.clock.now()):
            continue  # at most a handful of a million codes is out
    return code


def let_in(house: Services, *, code: str, name: str | None, origin: str) -> LetIn:
    """Let the device in that named the code. Raises CodeWrong, NameTaken, TooManyTries."""
    claim = command("stations.claim_code", by=HOUSE, at=house.clock.now())
    attempt = house.database.write(
        claim,
        lambda session: people.claim_try(
            session, about="enrol", origin=origin, limits=people.ENROL, at=claim.at
        ),
    ).value
    token = fresh_token()
    act = command("stations.enrol", by=HOUSE, at=house.clock.now())
    found: list[Enrolled] = []

    def do(session: Session) -> int | None:
        device = actions.enrol(session, code=code, name=name, token=token, at=act.at)
        if device is None:
            return None
        people.try_succeeded(session, attempt_id=attempt)
        found[:] = [device]
        return device.device_id

    if house.database.write(act, do).value is None:
        raise CodeWrong
    return LetIn(found[0], token)
