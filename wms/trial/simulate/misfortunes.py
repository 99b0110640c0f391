"""What goes wrong outside of people's hands: the carrier platform does not answer, a printer runs out of paper."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from wms.trial.simulate.bench import Printer
from wms.trial.simulate.chance import Planted

LOOKS_EVERY = timedelta(seconds=30)

BEFORE, AFTER = "hang_before", "hang_after"
"""Of the carrier platform: it does not answer, and has charged nothing; or it has."""

FIRST, SECOND, THIRD = 2, 4, 6
"""After so many parcels each of them happens."""

ONE_MORE = 1
"""So many labels the roll still has then."""


class Misfortunes:
    """One after the other, each once in a shift."""

    def __init__(
        self,
        planted: Planted,
        plant: Callable[[str], None],
        printers: Sequence[Printer],
        made: Callable[[], int],
    ) -> None:
        """Take what lets the carrier platform fail, the printers, and who tells how many parcels were made."""
        self._planted, self._made = planted, made
        self._coming: list[tuple[int, Callable[[], None]]] = [
            (FIRST, lambda: self._happens(BEFORE, lambda: plant(BEFORE))),
            (SECOND, lambda: self._happens(AFTER, lambda: plant(AFTER))),
            (THIRD, lambda: self._happens("paper out", lambda: _end_roll(printers))),
        ]

    def step(self, _at: datetime) -> timedelta:
        """Let happen what is due."""
        while self._coming and self._made() >= self._coming[0][0]:
            self._coming.pop(0)[1]()
        return LOOKS_EVERY

    def _happens(self, what: str, do: Callable[[], None]) -> None:
        do()
        self._planted.happened(what)


def _end_roll(printers: Sequence[Printer]) -> None:
    printers[0].let_last(ONE_MORE)
