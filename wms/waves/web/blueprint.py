"""The pages of this slice, and the words that all pages about waves share."""

from flask import Blueprint

from wms.kernel.words import say

pages = Blueprint("waves", __name__)

HOUR = 60
"""Minutes."""


@pages.app_template_filter("wave_state")
def worded_state(state: str) -> str:
    """Return the state of a wave in words."""
    return say(f"waves.state_{state}")


@pages.app_template_filter("fo_in_wave")
def worded_fo(state: str) -> str:
    """Return how far an order of a wave is in words."""
    return say(f"waves.order_{state}")


@pages.app_template_filter("run_kind")
def worded_kind(kind: str) -> str:
    """Return how a run is picked in words."""
    return say(f"waves.kind_{kind}")


@pages.app_template_filter("run_reason")
def worded_reason(why: str) -> str:
    """Return why these orders ride together in words."""
    return say(f"waves.why_{why}")


@pages.app_template_filter("minutes")
def worded_minutes(seconds: int) -> str:
    """Return a length of time as people say it: 54 min, 2 h 05."""
    minutes = max(1, round(seconds / 60))
    if minutes < HOUR:
        return say("waves.minutes", {"minutes": minutes})
    return say("waves.hours", {"hours": minutes // HOUR, "minutes": f"{minutes % HOUR:02d}"})
