"""When this process is asked to end: whoever holds something open hears of it, whoever has work in hand ends it.

granian owns the signal handlers of its workers and the application hears nothing, so we listen on Python's wake-up
pipe. What must run after the last request is told to `at_end`; `drain` runs it.
"""

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable

DRAIN_S = 8.0
"""How long work in hand may take at the end: less than the ten seconds after which granian kills."""

LAST_MOMENT_S = 12.0
"""An orphan that has not ended by then ends itself the hard way."""

LOOK_FOR_PARENT_S = 0.5

stopping = threading.Event()
"""Set once this process has been asked to end."""

_ending: list[Callable[[], object]] = []
_kept: list[socket.socket] = []


def at_end(what: Callable[[], object]) -> None:
    """Have `what` called after the last request; what was named last is called first."""
    _ending.append(what)


def listen() -> None:
    """Begin to listen for SIGTERM and SIGINT, and for the end of the process above. Only in the main thread."""
    ours, theirs = socket.socketpair()
    os.set_blocking(theirs.fileno(), False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    _kept.append(theirs)
    threading.Thread(target=_hear, args=(ours,), name="stop", daemon=True).start()
    tie()


def tie() -> None:
    """Have this process asked to end as soon as the one that began it is gone, however that one ended."""
    threading.Thread(target=_watch_parent, args=(_parent(),), name="orphan", daemon=True).start()


def drain() -> None:
    """End what is in hand. Called once, after the last request."""
    stopping.set()
    while _ending:
        _ending.pop()()


def _hear(pipe: socket.socket) -> None:
    # It goes on reading after the first signal: a pipe that nobody reads any more would print an error on Ctrl-C.
    while signals := pipe.recv(16):
        if {signal.SIGTERM, signal.SIGINT} & set(signals):
            stopping.set()


def _parent() -> int:
    """Return who began this process: whoever is above it by now may have adopted it already."""
    above = multiprocessing.parent_process()
    return above.pid if above and above.pid else os.getppid()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        if stopping.wait(LOOK_FOR_PARENT_S):
            return
    # The supervisor died without telling us. Nobody could stop us any more, and a new one will want our place.
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(LAST_MOMENT_S)
    os._exit(1)
