"""What every answer carries so that a browser runs our own code only and tells nobody where it came from."""

import secrets

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
WITHOUT_NONCE = POLICY.format(nonce="")

HOUSE_RULES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
}


def nonce() -> str:
    """Return this answer's nonce: a script of ours that is not a file carries it."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def add_headers(response: Response) -> Response:
    """Lay the content security policy and its companions over every answer."""
    used = g.get("nonce")
    policy = POLICY.format(nonce=f" 'nonce-{used}'") if used else WITHOUT_NONCE
    response.headers.extend(
        HOUSE_RULES | {"Content-Security-Policy": policy, "X-Request-Id": g.get("request_id", "")}
    )
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if g.get("actor") is not None and request.endpoint and not request.endpoint.endswith("static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


class FormCookie(SecureCookieSessionInterface):
    """The cookie that form tokens and notes travel in; who is signed in stands in another, see `people.cookies`."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Machines have no forms, so nothing of theirs is read or signed."""
        return None if request.path.startswith("/api/v1/") else super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:
        """Bind it to this very host where the connection lets us."""
        return "__Host-binwave-form" if request.is_secure else "binwave-form"

    def get_cookie_secure(self, app: Flask) -> bool:
        """Send it back over HTTPS only, once it came over HTTPS."""
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:
        """Keep it from requests that other sites make."""
        return "Lax" if request.is_secure else "Strict"
