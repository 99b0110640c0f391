"""The pages of moves, and how their words are said."""

from flask import Blueprint

from wms.kernel.words import say

pages = Blueprint("moving", __name__)


@pages.app_template_filter("move_state")
def worded_state(state: str) -> str:
    """Return how far a move is, in words."""
    return say(f"moving.state_{state}")


@pages.app_template_filter("move_kind")
def worded_kind(kind: str) -> str:
    """Return what a move is good for, in words."""
    return say(f"moving.kind_{kind}")


@pages.app_template_filter("move_why")
def worded_why(why: str) -> str:
    """Return why somebody asked for a move, in words."""
    return say(f"moving.why_{why}")
