"""Secrets typed at the server's own keyboard: asked for twice without showing them, or read from standard input."""

import argparse
import getpass
import sys

from wms.kernel.refusal import Fault, Refusal
from wms.people.rules import unfit_password, unfit_pin


class Unfit(Refusal):
    """What was typed will not do; its fault says why."""

    sentence = "kernel.not_kept"


def password(args: argparse.Namespace, *, name: str, login: str) -> str:
    """Return a new password. Raises Unfit where it is too short, too easy, or typed differently the second time."""
    secret = _secret("New password", "password", from_stdin=args.password_stdin)
    _fits("password", unfit_password(secret, name=name, login=login))
    return secret


def pin(args: argparse.Namespace) -> str:
    """Return a new PIN. Raises Unfit where it is none of six digits, or too easy."""
    secret = _secret("New PIN", "pin", from_stdin=args.pin_stdin)
    _fits("pin", unfit_pin(secret))
    return secret


def _secret(asks: str, field: str, *, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first, second = (getpass.getpass(f"{words}: ") for words in (asks, "Once more"))
    _fits(field, None if first == second else "people.typed_differently")
    return first


def _fits(field: str, wrong: str | None) -> None:
    if wrong:
        raise Unfit(Fault(field, wrong))
