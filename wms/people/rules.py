"""How long somebody stays signed in, what a password must be like, and how many guesses anybody gets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

FLOOR_IDLE = timedelta(minutes=10)
"""On a shared tablet or bench: work is kept, and the next scan of a badge goes on with it."""

OFFICE_IDLE = timedelta(hours=2)
"""At a desk: a long talk or a lunch."""

ADMIN_IDLE = timedelta(minutes=30)
"""For whoever can change people and devices."""

LONGEST = timedelta(hours=12)
"""However busy: a long shift. After it everybody signs in anew."""

PIN_ROLES = frozenset({"supervisor", "admin"})
"""Roles that can change what others do: a found badge alone must not give them."""

PIN_DIGITS = 6
PASSWORD_SHORTEST = 10
PASSWORD_LONGEST = 200
"""Longer ones only cost time to compare."""


def idle_for(roles: Collection[str], *, on_device: bool) -> timedelta:
    """How long somebody may do nothing before signing in again."""
    if on_device:
        return FLOOR_IDLE
    return ADMIN_IDLE if "admin" in roles else OFFICE_IDLE


def needs_pin(roles: Collection[str]) -> bool:
    """Whether a badge of somebody with these roles opens nothing without a PIN."""
    return not PIN_ROLES.isdisjoint(roles)


def unfit_password(password: str, *, name: str, login: str) -> str | None:
    """The sentence about what is wrong with a password; None where it will do."""
    if len(password) < PASSWORD_SHORTEST:
        return "people.password_too_short"
    if len(password) > PASSWORD_LONGEST:
        return "people.password_too_long"
    known = {name.casefold(), login.casefold()} - {""}
    if len(set(password)) < 4 or password.casefold() in known:  # noqa: PLR2004
        return "people.password_too_easy"
    return None


def unfit_pin(pin: str) -> str | None:
    """The sentence about what is wrong with a PIN; None where it will do."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return "people.pin_six_digits"
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        return "people.pin_too_easy"
    return None


@dataclass(frozen=True)
class Limits:
    """How many wrong tries one secret bears within `window`.

    `home` is where it was used rightly before. Tries from elsewhere have an allowance of their own, so that whoever
    guesses elsewhere locks out nobody at home.
    """

    in_a_row: int
    rest: timedelta
    window: timedelta
    at_home: int
    elsewhere: int
    in_all: int


SIGN_IN = Limits(
    in_a_row=5,
    rest=timedelta(minutes=15),
    window=timedelta(hours=1),
    at_home=10,
    elsewhere=10,
    in_all=20,
)
"""A PIN of six digits then stands 50,000 hours of guessing, on average half of that."""

ENROL = Limits(
    in_a_row=5,
    rest=timedelta(minutes=15),
    window=timedelta(minutes=10),
    at_home=0,
    elsewhere=50,
    in_all=50,
)
"""A code lives ten minutes, so all guesses together hit it with a chance of 50 in a million."""


@dataclass(frozen=True)
class Try:
    """One use of a secret: from where, when, and whether it was the right one."""

    origin: str
    at: datetime
    succeeded: bool


def wait_until(
    tries: Sequence[Try], limits: Limits, *, origin: str, home: str | None
) -> datetime | None:
    """Until when the next try from `origin` must wait, by the tries of the last window in their order; None for now."""
    wrong = [one for one in tries if not one.succeeded]
    at_home = [one.at for one in wrong if one.origin == home]
    elsewhere = [one.at for one in wrong if one.origin != home]
    ends = [
        _rested(_in_a_row(tries, origin), limits),
        _used_up([one.at for one in wrong], limits.in_all, limits),
        _used_up(at_home, limits.at_home, limits)
        if origin == home
        else _used_up(elsewhere, limits.elsewhere, limits),
    ]
    return max((end for end in ends if end), default=None)


def _in_a_row(tries: Sequence[Try], origin: str) -> list[datetime]:
    run: list[datetime] = []
    for one in tries:
        if one.origin == origin:
            run = [] if one.succeeded else [*run, one.at]
    return run


def _rested(run: Sequence[datetime], limits: Limits) -> datetime | None:
    if len(run) < limits.in_a_row or run[-1] - run[-limits.in_a_row] > limits.rest:
        return None
    return run[-1] + limits.rest


def _used_up(wrong: Sequence[datetime], allowance: int, limits: Limits) -> datetime | None:
    return wrong[-allowance] + limits.window if allowance and len(wrong) >= allowance else None
