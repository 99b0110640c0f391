"""Takes answers apart that may lack anything: what is not there, null or of another kind reads as empty."""

from collections.abc import Mapping, Sequence
from typing import Any


def text(body: Mapping[str, Any], name: str) -> str:
    """Read a word or a number as text."""
    found = body.get(name)
    return clean(found) if isinstance(found, str) else str(found) if _is_number(found) else ""


def clean(found: str) -> str:
    """Return a text that can be kept: halves of a sign and NUL, which JSON lets through, cannot."""
    return found.encode(errors="replace").decode().replace("\0", "").strip()


def mapping(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Read a thing within a thing."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def mappings(body: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    """Read a list of things."""
    found = body.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _is_number(found: object) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)
