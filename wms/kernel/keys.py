"""Commands that are being carried out at this moment: a second send waits for the first and is told its answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from wms.kernel.refusal import StillRunning

PATIENCE_S = 2.0
"""How long a second send waits for the first before it is asked to come again."""


class KeysAtWork:
    """The commands that the threads of this process hold. Other processes are kept apart by the database."""

    def __init__(self) -> None:
        """Begin with none."""
        self._change = threading.Condition()
        self._held: set[UUID] = set()

    @contextmanager
    def hold(self, uid: UUID) -> Iterator[None]:
        """Carry out a command alone; raises StillRunning where another thread keeps it for too long."""
        with self._change:
            if not self._change.wait_for(lambda: uid not in self._held, PATIENCE_S):
                raise StillRunning
            self._held.add(uid)
        try:
            yield
        finally:
            with self._change:
                self._held.discard(uid)
                self._change.notify_all()
