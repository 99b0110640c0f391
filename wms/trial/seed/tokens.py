"""Keys for practice: they follow from the seed, so that scripts know them, and whoever knows the seed does too."""

from base64 import urlsafe_b64encode
from random import Random

TOKEN_BYTES = 32


def token(dice: Random) -> str:
    """Return a key that looks as those do that are handed out in earnest."""
    return urlsafe_b64encode(dice.randbytes(TOKEN_BYTES)).decode().rstrip("=")
