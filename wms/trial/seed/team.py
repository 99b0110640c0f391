"""Made-up people for each role, with badge and PIN; whoever leads also gets a login. Marked as practice."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from string import digits

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.people import actions
from wms.people.policy import LEADS, SCOPES, Role
from wms.people.secret import BADGE_LENGTH, BADGE_PREFIX, BADGE_SIGNS, Hasher
from wms.trial.seed.tokens import token

ROLES = (
    Role.ADMIN,
    Role.SUPERVISOR,
    Role.PICKER,
    Role.PICKER,
    Role.PICKER,
    Role.PACKER,
    Role.PACKER,
    Role.RECEIVER,
    Role.RETURNS,
)
"""Who works in the practice warehouse."""

NAMES = (
    "Ada",
    "Ben",
    "Clara",
    "Dario",
    "Emil",
    "Fatima",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Kaya",
    "Lena",
)
WORDS = (
    "amber",
    "barley",
    "cedar",
    "ember",
    "fern",
    "harbor",
    "linen",
    "maple",
    "oat",
    "quill",
    "slate",
    "thyme",
)


@dataclass(frozen=True)
class Worker:
    """Somebody made up, with everything they sign in with. The hashes are what the house keeps."""

    name: str
    role: Role
    badge: str
    pin: str
    pin_hash: str
    login: str | None = None
    password: str | None = None
    password_hash: str | None = None


@dataclass(frozen=True)
class Machine:
    """A script with a key to everything that machines may do."""

    id: int
    name: str
    token: str
    scopes: tuple[str, ...]


def workers(seed: int) -> list[Worker]:
    """Make people up. Takes a third of a second: their secrets are hashed as slowly as everybody's."""
    dice, hasher = Random(f"team {seed}"), Hasher()
    names = dice.sample(NAMES, len(ROLES))
    return [_worker(dice, hasher, name, role) for name, role in zip(names, ROLES, strict=True)]


def take_on(session: Session, workers: list[Worker], *, at: datetime) -> list[int]:
    """Give everybody an account and a badge; the first is the admin, by whom all others come. Returns their numbers."""
    by, numbers = HOUSE, []
    for worker in workers:
        user = actions.add_user(
            session,
            name=worker.name,
            roles=[worker.role],
            login=worker.login,
            password_hash=worker.password_hash,
            pin_hash=worker.pin_hash,
            by=by,
            at=at,
        )
        by = by or user.id
        actions.issue_badge(session, user_id=user.id, code=worker.badge, by=by, at=at)
        numbers.append(user.id)
    return numbers


def add_machine(session: Session, seed: int, *, by: int, at: datetime) -> Machine:
    """Make an account for scripts, with a token for every scope."""
    name, key = "Practice script", token(Random(f"machine {seed}"))
    user = actions.add_user(session, name=name, roles=[Role.MACHINE], is_machine=True, by=by, at=at)
    actions.issue_token(session, user_id=user.id, name=name, token=key, scopes=SCOPES, by=by, at=at)
    return Machine(user.id, name, key, tuple(sorted(SCOPES)))


def _worker(dice: Random, hasher: Hasher, name: str, role: Role) -> Worker:
    badge = BADGE_PREFIX + "".join(dice.choice(BADGE_SIGNS) for _ in range(BADGE_LENGTH))
    pin = _pin(dice)
    password = f"{'-'.join(dice.sample(WORDS, 3))}-{dice.randint(10, 99)}"
    has_login = role in LEADS
    return Worker(
        name=f"{name} (practice)",
        role=role,
        badge=badge,
        pin=pin,
        pin_hash=hasher.keep(pin),
        login=str(role) if has_login else None,
        password=password if has_login else None,
        password_hash=hasher.keep(password) if has_login else None,
    )


def _pin(dice: Random) -> str:
    """Return six different digits that are not simply counted up or down."""
    while (pin := "".join(dice.sample(digits, 6))) in digits or pin[::-1] in digits:
        continue
    return pin
