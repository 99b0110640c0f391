"""Secrets: random tokens of which we keep a fingerprint only, passwords and PINs that are slow to guess."""

import hashlib
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import current_app

BADGE_PREFIX = "WXU"
"""How a badge's code begins, so that no code on goods can be one."""

BADGE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs that nobody confuses when a badge must be typed."""

BADGE_LENGTH = 16
"""16 signs of 5 bits: 80 bits, and a barcode that still fits on a badge of 85 mm."""

ENDING = 4
"""How many signs of a token people see, to tell one from another."""

AT_ONCE = 4
"""How many passwords are compared at the same time: each takes 19 MiB, and a flood of guesses must not take more."""

ENROL_DIGITS = 6


def fresh_token() -> str:
    """Return 256 random bits, for sessions, devices and machines."""
    return secrets.token_urlsafe(32)


def fresh_badge() -> str:
    """Return the code of a new badge, as it is printed."""
    return BADGE_PREFIX + "".join(secrets.choice(BADGE_SIGNS) for _ in range(BADGE_LENGTH))


def fresh_digits() -> str:
    """Return six random digits, for what is typed within minutes."""
    return f"{secrets.randbelow(10**ENROL_DIGITS):0{ENROL_DIGITS}d}"


def fingerprint(token: str) -> str:
    """Return what we keep of a token: its SHA-256. Tokens are random and long, so that is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def ending(token: str) -> str:
    """Return the last signs of a token, which give nothing away."""
    return token[-ENDING:]


class Hasher:
    """Keeps passwords and PINs as Argon2id hashes (OWASP's parameters: 19 MiB, two passes, about 30 ms)."""

    def __init__(self, slow: PasswordHasher | None = None) -> None:
        """Take other parameters where time matters more than guessing: in tests."""
        self._slow = slow or PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._nobody = self._slow.hash(secrets.token_bytes(16))
        self._places = threading.BoundedSemaphore(AT_ONCE)

    def keep(self, secret: str) -> str:
        """Return the hash to store."""
        with self._places:
            return self._slow.hash(_plain(secret))

    def fits(self, kept: str | None, secret: str) -> bool:
        """Tell whether the secret is the one kept. Where none is kept, it takes just as long to say no."""
        with self._places:
            try:
                self._slow.verify(kept or self._nobody, _plain(secret))
            except VerifyMismatchError:
                return False
        return kept is not None


def hasher() -> Hasher:
    """Return the hasher of this application."""
    known: Hasher | None = current_app.extensions.get("hasher")
    if known is None:
        known = current_app.extensions["hasher"] = Hasher()
    return known


def _plain(secret: str) -> bytes:
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")
