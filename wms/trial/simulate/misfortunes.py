"""What goes wrong outside of people's hands: the carrier platform does not answer, printers run out of paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wms.trial.simulate.bench import Printer
from wms.trial.simulate.chance import Planted

LOOKS_EVERY = timedelta(seconds=30)

BEFORE, AFTER = "hang_before", "hang_after"
"""Of the carrier platform: it does not answer, and has charged nothing; or it has."""

FIRST, SECOND, THIRD = 2, 4, 6
"""After so many parcels each of them happens, where many are made."""

MANY = 8 * FIRST
"""From so many orders on. With fewer it happens earlier; with only a handful, before the first parcel is made."""

HANDFUL = 8

ONE_MORE = 1
"""So many labels a roll still has then."""


@dataclass(frozen=True)
class Expected:
    """How many orders there are, and who tells how many parcels were made of them."""

    orders: int
    made: Callable[[], int]

    def share(self, parcels: int) -> int:
        """Return after how many parcels something happens that happens after so many where there are many orders."""
        if self.orders < HANDFUL:
            return 0
        return min(parcels, parcels * self.orders // MANY)


class Misfortunes:
    """One after the other, each once in a shift."""

    def __init__(
        self,
        planted: Planted,
        plant: Callable[[str], None],
        printers: Sequence[Printer],
        expected: Expected,
    ) -> None:
        """Take what lets the carrier platform fail, the printers, and what is expected of the shift."""
        self._planted, self._made = planted, expected.made
        last = ONE_MORE if expected.orders >= HANDFUL else 0
        self._coming: list[tuple[int, Callable[[], None]]] = [
            (expected.share(FIRST), lambda: self._happens(BEFORE, lambda: plant(BEFORE))),
            (expected.share(SECOND), lambda: self._happens(AFTER, lambda: plant(AFTER))),
            (expected.share(THIRD), lambda: _end_rolls(printers, last)),
        ]

    def step(self, _at: datetime) -> timedelta | None:
        """Let happen what is due."""
        while self._coming and self._made() >= self._coming[0][0]:
            self._coming.pop(0)[1]()
        return LOOKS_EVERY if self._coming else None

    def _happens(self, what: str, do: Callable[[], None]) -> None:
        do()
        self._planted.happened(what)


def _end_rolls(printers: Sequence[Printer], last: int) -> None:
    """Let all rolls end: whoever packs next meets one, and says that it was so when they fetch another."""
    for printer in printers:
        printer.let_last(last)
