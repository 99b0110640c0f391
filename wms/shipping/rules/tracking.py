"""Where a parcel is, by all that its carrier ever said: the furthest by the carrier's clock, not by when we heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wms.shipping.lifecycle import TRACKING, Told, Tracking

RANKS = tuple(Tracking)
"""At the same moment, what stands further down here counts."""


@dataclass(frozen=True)
class Said:
    """One thing that a carrier said."""

    told: Told
    at: datetime


def where(said: Iterable[Said]) -> Tracking:
    """Return where the parcel is. What its life does not allow (on its way again after delivery) is not believed."""
    state = Tracking.UNKNOWN
    for one in sorted(said, key=lambda one: (one.at, RANKS.index(Tracking(one.told.value)))):
        if one.told in TRACKING.may(state):
            state = TRACKING.after(state, one.told)
    return state


def heard(status: str) -> Told | None:
    """Return what a carrier's word means; None where it tells nothing."""
    return Told(status) if status in frozenset(Told) else None
