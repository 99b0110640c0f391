"""`user`: accounts, passwords, badges and tokens, for whoever sits at the server's own keyboard."""

import argparse
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.app import typed
from wms.app.house import open_house
from wms.app.verifying import require_tables
from wms.kernel.commands import HOUSE, command
from wms.kernel.refusal import Refusal
from wms.kernel.services import Services
from wms.people import actions, queries
from wms.people.policy import SCOPES, Role
from wms.people.secret import Hasher, fresh_badge, fresh_token
from wms.people.tables import User

T = TypeVar("T")

LISTED = 200
"""How many accounts are read at a time."""


class NobodyCalled(Refusal):
    """No account has that login or number."""

    sentence = "people.nobody_called"


def add(parser: argparse.ArgumentParser) -> None:
    """What to do, and with whom."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="WHAT")
    verbs.add_parser("list", help="everybody, with number, roles and login")

    new = verbs.add_parser("add", help="make an account")
    new.add_argument("name", help="as colleagues say")
    roles = [role.value for role in Role]
    new.add_argument("--role", action="append", choices=roles, required=True, help="any number")
    new.add_argument("--login", help="to sign in at a desk; asks for a password")
    _takes_secret(new, "password")

    for verb, says in (
        ("password", "set a new password; signs them out everywhere"),
        ("pin", "set a new PIN of six digits; signs them out everywhere"),
    ):
        _takes_secret(_about(verbs.add_parser(verb, help=says)), verb)

    closing = _about(verbs.add_parser("disable", help="close an account at once"))
    closing.add_argument("--reason", required=True, help="for the audit trail")
    _about(verbs.add_parser("enable", help="open an account again"))
    _about(verbs.add_parser("badge", help="give out a badge and print its code, once"))

    token = _about(verbs.add_parser("token", help="make a token and print it, once"))
    token.add_argument("--name", required=True, help="what it is for")
    token.add_argument(
        "--scope", action="append", choices=sorted(SCOPES), required=True, help="any number"
    )
    token.add_argument("--days", type=int, help="how long it is good; without, until revoked")


def run(args: argparse.Namespace) -> int:
    """Do it, in a house whose tables are up to date."""
    house = open_house()
    try:
        require_tables(house)
        VERBS[args.verb](house, args)
        return 0
    finally:
        house.database.close()


def _list(house: Services, _args: argparse.Namespace) -> None:
    cursor = None
    while True:
        with house.database.read() as session:
            found = queries.people(session, limit=LISTED, cursor=cursor)
        for somebody in found.rows:
            user = somebody.user
            closed = "closed" if user.disabled_at else ""
            told = (str(user.id), user.name, user.login or "-", ",".join(somebody.roles), closed)
            print("\t".join(told).rstrip())
        cursor = found.next_cursor
        if cursor is None:
            return


def _add(house: Services, args: argparse.Namespace) -> None:
    kept = None
    if args.login:
        kept = Hasher().keep(typed.password(args, name=args.name, login=args.login))
    roles = [Role(role) for role in args.role]
    number = _done(
        house,
        "people.add_user",
        lambda session, at: (
            actions.add_user(
                session,
                name=args.name,
                login=args.login,
                password_hash=kept,
                roles=roles,
                is_machine=Role.MACHINE in roles,
                by=HOUSE,
                at=at,
            ).id
        ),
    )
    print(f"{args.name} is number {number}.")


def _password(house: Services, args: argparse.Namespace) -> None:
    user = _find(house, args.who)
    kept = Hasher().keep(typed.password(args, name=user.name, login=user.login or ""))
    _done(
        house,
        "people.set_password",
        lambda session, at: (
            actions.set_password(session, user_id=user.id, password_hash=kept, by=HOUSE, at=at).id
        ),
    )
    print(f"{user.name} has a new password and is signed out.")


def _pin(house: Services, args: argparse.Namespace) -> None:
    user = _find(house, args.who)
    kept = Hasher().keep(typed.pin(args))
    _done(
        house,
        "people.set_pin",
        lambda session, at: (
            actions.set_pin(session, user_id=user.id, pin_hash=kept, by=HOUSE, at=at).id
        ),
    )
    print(f"{user.name} has a new PIN and is signed out.")


def _disable(house: Services, args: argparse.Namespace) -> None:
    user = _find(house, args.who)
    _done(
        house,
        "people.disable",
        lambda session, at: (
            actions.disable(session, user_id=user.id, reason=args.reason, by=HOUSE, at=at).id
        ),
    )
    print(f"The account of {user.name} is closed.")


def _enable(house: Services, args: argparse.Namespace) -> None:
    user = _find(house, args.who)
    _done(
        house,
        "people.enable",
        lambda session, at: actions.enable(session, user_id=user.id, by=HOUSE, at=at).id,
    )
    print(f"The account of {user.name} is open.")


def _badge(house: Services, args: argparse.Namespace) -> None:
    user, code = _find(house, args.who), fresh_badge()
    _done(
        house,
        "people.issue_badge",
        lambda session, at: (
            actions.issue_badge(session, user_id=user.id, code=code, by=HOUSE, at=at).id
        ),
    )
    print(code)


def _token(house: Services, args: argparse.Namespace) -> None:
    user, token = _find(house, args.who), fresh_token()
    good_for = timedelta(days=args.days) if args.days else None
    _done(
        house,
        "people.issue_token",
        lambda session, at: (
            actions.issue_token(
                session,
                user_id=user.id,
                name=args.name,
                token=token,
                scopes=args.scope,
                expires_at=at + good_for if good_for else None,
                by=HOUSE,
                at=at,
            ).id
        ),
    )
    print(token)


VERBS: dict[str, Callable[[Services, argparse.Namespace], None]] = {
    "list": _list,
    "add": _add,
    "password": _password,
    "pin": _pin,
    "disable": _disable,
    "enable": _enable,
    "badge": _badge,
    "token": _token,
}


def _about(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("who", help="login or number")
    return parser


def _takes_secret(parser: argparse.ArgumentParser, kind: str) -> None:
    parser.add_argument(
        f"--{kind}-stdin", action="store_true", help=f"read the {kind} from standard input"
    )


def _find(house: Services, who: str) -> User:
    wanted = (
        User.id == int(who) if who.isascii() and who.isdigit() else User.login == who.casefold()
    )
    with house.database.read() as session:
        user = session.scalar(select(User).where(wanted))
    if user is None:
        raise NobodyCalled(who=who)
    return user


def _done(house: Services, name: str, do: Callable[[Session, datetime], T]) -> T:
    act = command(name, by=HOUSE, at=house.clock.now())
    return house.database.write(act, lambda session: do(session, act.at)).value
