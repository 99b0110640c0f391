"""What goes wrong on purpose: as often as asked, at moments that follow from the seed."""

from collections import Counter
from random import Random

MIS_SCANS = 0.013
"""Of all that is scanned, so much is the wrong code: a neighbour's bin, another item, a label of something else."""

SHORT_LINES = 0.025
"""Of the walks to a bin, so many find fewer units than the book says."""

CANCELS = 0.02
"""Of the orders, so many are cancelled while somebody picks them."""

EARLY = 0.1
"""What goes wrong is nearly due when a shift begins, so that the shortest shift has its share."""

FULL_TOTES = 0.004
"""Of the units that go into a tote, so often the tote is full then."""


class Planted:
    """Counts what could go wrong, and lets it go wrong evenly, never twice in a row by bad luck."""

    def __init__(self, seed: int) -> None:
        """Begin a little before the first misfortune of each kind."""
        self.dice = Random(f"planted {seed}")
        self._due: dict[str, float] = {}
        self.done: Counter[str] = Counter()

    def strikes(self, what: str, share: float) -> bool:
        """Tell whether it goes wrong this time; it stays due until `happened` is told."""
        due = self._due.setdefault(what, 1 - EARLY * self.dice.random()) + share
        self._due[what] = due
        return due >= 1

    def overdue(self, what: str) -> float:
        """Return how often it should have gone wrong meanwhile, beyond the time that is due now."""
        return max(0.0, self._due.get(what, 0.0) - 1)

    def happened(self, what: str, times: int = 1) -> None:
        """Note that it went wrong."""
        self._due[what] = self._due.get(what, 1.0) - 1
        self.done[what] += times
