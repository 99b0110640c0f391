"""Listeners that behave badly in one way each, on a free port of this machine."""

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

RESET = struct.pack("ii", 1, 0)


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Hand each connection to `serve`, and yield the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    lines = []

    def run() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                lines.append(line)
                with suppress(OSError):
                    serve(line)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        thread.join(5)


def reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    line.close()


def a_closed_port() -> int:
    """Return a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def reset_when_spoken_to(line: socket.socket) -> None:
    """Hang up at the first bytes: sooner, and the other side may not even get connected."""
    line.recv(100)
    reset(line)


def say_nothing(_line: socket.socket) -> None:
    """Keep the line, and neither read nor answer."""
