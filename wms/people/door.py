"""What every door of the house does alike: how often it may be knocked at, and how somebody is let in."""

import time
from math import ceil
from typing import NoReturn

from flask import request, session
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from werkzeug.wrappers import Response as AnyResponse

from wms.people.actions import TooManyTries
from wms.people.cookies import Cookie, leave
from wms.people.sign_in import Opened

KNOCKS = "30 per minute"
"""Tries of any secret from one address, right or wrong. The finer count, for each secret, stands in the database."""


def _turn_away(limit: RequestLimit) -> NoReturn:
    left_s = ceil(
        limit.reset_at - time.time()
    )  # its library rounds up too, to a second beyond the window
    wait_s = min(max(1, left_s), limit.limit.get_expiry())
    raise TooManyTries(n=ceil(wait_s / 60), wait_s=wait_s)


class DoorLimiter(Limiter):
    """Counts at the routes that are marked, when they run; all the others are not asked."""

    def _check_request_limit(
        self,
        callable_name: str | None = None,
        in_middleware: bool = True,  # noqa: FBT001, FBT002 - as its library calls it
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = DoorLimiter(get_remote_address, storage_uri="memory://", on_breach=_turn_away)
"""Counts in this process only: it keeps floods from the database, and knows nothing of whose secret is tried."""


def let_in(response: AnyResponse, opened: Opened) -> AnyResponse:
    """Hand the session's cookie over. Form tokens from before are worth nothing after."""
    session.clear()
    leave(response, Cookie.SESSION, opened.token)
    return response


def origin() -> str:
    """Return where this request comes from, for counting guesses."""
    return f"address:{request.remote_addr}"


def onward(otherwise: str = "/") -> str:
    """Return the page that was wanted before signing in: one of our own, whatever the address said."""
    wanted = request.values.get("next", "")
    is_ours = (
        wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    )
    return wanted if is_ours and wanted != "/" else otherwise
