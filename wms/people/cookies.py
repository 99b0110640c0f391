"""The two cookies: who is signed in, and which device this is. Over HTTPS they are bound to this very host."""

from enum import StrEnum

from flask import request
from werkzeug.wrappers import Response as AnyResponse

LASTS_S = 400 * 24 * 3600
"""How long a device is known: as long as browsers keep a cookie. Revoking ends it at once."""


class Cookie(StrEnum):
    """What we leave in a browser."""

    SESSION = "binwave"
    DEVICE = "binwave-device"


def read(cookie: Cookie) -> str | None:
    """Return what the browser sent under our name; what was set over plain HTTP counts for nothing over HTTPS."""
    return request.cookies.get(_name(cookie))


def leave(response: AnyResponse, cookie: Cookie, token: str) -> None:
    """Leave a token in the browser, out of reach of scripts: until it closes, or for a device as long as it may."""
    response.set_cookie(
        _name(cookie),
        token,
        max_age=LASTS_S if cookie is Cookie.DEVICE else None,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax" if request.is_secure else "Strict",
        path="/",
    )


def take_back(response: AnyResponse, cookie: Cookie) -> None:
    """Have the browser forget."""
    response.delete_cookie(
        _name(cookie),
        secure=request.is_secure,
        httponly=True,
        samesite="Lax" if request.is_secure else "Strict",
        path="/",
    )


def _name(cookie: Cookie) -> str:
    return f"__Host-{cookie}" if request.is_secure else str(cookie)
