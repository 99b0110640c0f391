"""How long a parcel on its way may be silent before its carrier is asked where it is. Pure."""

from datetime import timedelta

QUIET = timedelta(hours=6)
"""Carriers scan a parcel in every depot, a few times a day, and their platform calls us in the same minute. Whoever
heard nothing for so long perhaps cannot be called: the house stands behind a router. Four questions a day for a
thousand parcels are three a minute, of five hundred that the platform allows."""

LONGEST = timedelta(days=2)
"""However long a parcel was silent, it is asked for this often: carriers find things again."""

AGAIN = timedelta(hours=1)
"""So much later the next try, where the platform did not answer: that says nothing of the parcel."""

LOST_AFTER = timedelta(days=60)
"""Who looks for a parcel that long has asked its carrier in other ways: the platform is asked no more."""

DOUBLINGS = 8
"""More than the longest wait needs; it keeps the number small."""


def next_look(in_vain: int, away_for: timedelta) -> timedelta | None:
    """Return how long to wait before a parcel is asked for again; None: no more.

    `in_vain` is how often it was asked for since it was heard of last: each time doubles the wait. `away_for` is how
    long ago it left.
    """
    if in_vain and away_for > LOST_AFTER:
        return None
    doubled: timedelta = QUIET * 2 ** min(in_vain, DOUBLINGS)
    return min(doubled, LONGEST)
