"""Who acts when: one thing after the other, on a clock that nobody else moves."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

from wms.kernel.clock import SetClock

Step = Callable[[datetime], timedelta | None]
"""Acts at that moment, and says how long until it acts again; None: never again."""


class Agenda:
    """Everybody's next moment. Who asked first for the same moment acts first."""

    def __init__(self, clock: SetClock) -> None:
        """Take the clock that is moved on from act to act."""
        self.clock = clock
        self._next: list[tuple[datetime, int, Step]] = []
        self._asked = 0

    def enter(self, step: Step, after: timedelta) -> None:
        """Have somebody act for the first time so long from now."""
        self._put(self.clock.now() + after, step)

    def run(self, is_over: Callable[[], bool]) -> None:
        """Let everybody act in turn until it is over, or nobody wants to act any more."""
        while self._next and not is_over():
            moment, _, step = heapq.heappop(self._next)
            self.clock.moment = max(moment, self.clock.moment)
            again = step(self.clock.moment)
            if again is not None:
                self._put(self.clock.moment + again, step)

    def _put(self, moment: datetime, step: Step) -> None:
        self._asked += 1
        heapq.heappush(self._next, (moment, self._asked, step))
