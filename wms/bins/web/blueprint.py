"""The pages of this slice, and the words their lists offer."""

from collections.abc import Iterable
from enum import StrEnum

from flask import Blueprint

from wms.bins.places import FIXED, MOVABLE, Kind, Mixing, Outside, Role
from wms.kernel.words import say

pages = Blueprint("bins", __name__)

Choices = list[tuple[str, str]]
"""Values and their words."""


def kinds(offered: Iterable[Kind] = (*FIXED, *MOVABLE)) -> Choices:
    """Return kinds of places in words."""
    return _worded("kind", offered)


def roles() -> Choices:
    """Return roles of places in words."""
    return _worded("role", Role)


def mixings() -> Choices:
    """Return in words what may lie together."""
    return _worded("mixing", Mixing)


def weekdays() -> list[tuple[int, str]]:
    """Return the days of the week in words; Monday is 0."""
    return [(day, say(f"bins.weekday_{day}")) for day in range(7)]


@pages.app_template_filter("place_kind")
def worded_kind(kind: str) -> str:
    """Return a kind of place in words."""
    return say(f"bins.kind_{kind}")


@pages.app_template_filter("place_name")
def worded_place(code: str) -> str:
    """Return the code of a place as people read it: places outside of the warehouse in words."""
    return say(f"bins.outside_{code.lower()}") if code in set(Outside) else code


@pages.app_template_filter("place_role")
def worded_role(role: str) -> str:
    """Return a role of a place in words."""
    return say(f"bins.role_{role or 'plain'}")


def _worded(of: str, words: Iterable[StrEnum]) -> Choices:
    return [(word.value, say(f"bins.{of}_{word.value or 'plain'}")) for word in words]
