"""Connections to a device that is only played: each has a thread of its own, all end when it is switched off."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import BoundedSemaphore, Lock, Thread

MANY = 1_000

TURN_S = 0.2
"""So long a connection waits until another one has ended; then it is hung up on, as by a printer that is taken."""


class Lines:
    """A port of this machine, and whoever is connected to it."""

    def __init__(
        self, host: str, port: int, serve: Callable[[socket.socket], None], at_once: int = MANY
    ) -> None:
        self._serve = serve
        self._lock, self._turns = Lock(), BoundedSemaphore(at_once)
        self._open: set[socket.socket] = set()
        self._is_over = False
        self._listener = socket.create_server((host, port))
        self.host, self.port = self._listener.getsockname()[:2]

    def listen(self) -> None:
        """Take connections, until `close`."""
        Thread(target=self._listen, daemon=True, name=f"played device {self.port}").start()

    def close(self) -> None:
        """Hang up on everybody and let go of the port."""
        with self._lock:
            self._is_over = True
            found = list(self._open)
        with suppress(OSError):  # wakes whoever waits for the next connection
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in found:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            Thread(target=self._hold, args=(line,), daemon=True).start()

    def _hold(self, line: socket.socket) -> None:
        """Serve one connection, until it ends or breaks; hang up on one that is one too many."""
        with line, suppress(OSError):
            if not self._turns.acquire(timeout=TURN_S):
                return
            try:
                self._serve_open(line)
            finally:
                self._turns.release()

    def _serve_open(self, line: socket.socket) -> None:
        with self._lock:
            if self._is_over:
                return
            self._open.add(line)
        try:
            self._serve(line)
        finally:
            with self._lock:
                self._open.discard(line)
