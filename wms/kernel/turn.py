"""A first-come-first-served lock. SQLite lets one write at a time; a plain lock would let the last holder overtake."""

import threading
from collections import deque

from wms.kernel.refusal import Busy


class Turn:
    """Whoever asks first goes first; whoever waits longer than allowed is told that the house is busy."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, patience_s: float) -> None:
        """Wait for the turn; raises Busy when it did not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if not gate.acquire(timeout=max(0.0, patience_s)):
            self._give_up(gate)

    def give(self) -> None:
        """Hand the turn to whoever waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _give_up(self, gate: threading.Lock) -> None:
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                raise Busy
        # The turn came in the moment in which we gave up: it is ours, so it is used.
