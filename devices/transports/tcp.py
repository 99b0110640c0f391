"""TCP, as label printers speak it on port 9100."""

import socket
from contextlib import suppress

from devices.transports.wire import BrokenOff, NothingSent, Wire

CHUNK = 65_536
"""Bytes read or written in one go."""


def connect(host: str, port: int, seconds: float) -> Wire:
    """Connect. Raises NothingSent where nobody listens or the name is unknown."""
    try:
        line = socket.create_connection((host, port), timeout=seconds)
    except (OSError, UnicodeError) as reason:
        raise NothingSent(f"no connection to {host}:{port}: {reason}") from reason
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _Line(line, seconds)


class _Line:
    """A connection that counts what the other side's window has taken."""

    answers = True

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self.line, self.seconds = line, seconds

    def send(self, data: bytes) -> None:
        rest, sent = memoryview(data), 0
        self.line.settimeout(self.seconds)
        while sent < len(data):
            try:
                sent += self.line.send(rest[sent : sent + CHUNK])
            except OSError as reason:
                if not sent:
                    raise NothingSent(f"the first byte was not taken: {reason}") from reason
                raise BrokenOff(sent, f"{sent} of {len(data)} bytes taken: {reason}") from reason

    def receive(self, seconds: float) -> bytes:
        self.line.settimeout(max(seconds, 0.001))  # 0 would mean: do not wait at all, and raise
        try:
            found = self.line.recv(CHUNK)
        except TimeoutError:
            return b""
        except OSError as reason:
            raise BrokenOff(0, f"the line broke: {reason}") from reason
        if not found:
            raise BrokenOff(0, "the device hung up")
        return found

    def close(self) -> None:
        with suppress(OSError):  # it may have hung up before us
            self.line.shutdown(socket.SHUT_WR)
        self.line.close()
