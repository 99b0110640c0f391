"""How long to wait before something that did not work is tried again: twice as long each time, never all at once."""

from datetime import timedelta
from zlib import crc32

LONGEST_S = 3600
"""Nobody waits longer than an hour for the next try, however often it went wrong before."""

SPREAD = 0.25
"""What was put off in the same moment comes back up to a quarter earlier or later than the rest."""

DOUBLINGS = 20
"""More than the longest wait needs; it keeps the number small when something went wrong for weeks."""


def back_off(tries: int, who: str) -> timedelta:
    """Return the wait after so many tries. `who` spreads it, by its name alone: the same try waits equally long."""
    straight_s = min(LONGEST_S, 2 ** min(tries, DOUBLINGS))
    share = crc32(f"{who}:{tries}".encode()) / 0xFFFFFFFF
    return timedelta(seconds=straight_s * (1 - SPREAD + 2 * SPREAD * share))
