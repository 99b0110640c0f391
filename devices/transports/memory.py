"""A wire inside this process, for devices that are only played: `zebra+virtual://bench-2`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from devices.transports.wire import NothingSent, Wire

Answer = Callable[[bytes], bytes]
"""What the played device says to the bytes that it is sent."""

_plugged: dict[str, Answer] = {}


@contextmanager
def plugged(name: str, answer: Answer) -> Iterator[None]:
    """Play a device under that name for as long as the block lasts."""
    assert name not in _plugged, f"{name} is plugged in already"
    _plugged[name] = answer
    try:
        yield
    finally:
        del _plugged[name]


def connect(name: str) -> Wire:
    """Return a wire to the device that is played under that name. Raises NothingSent where none is."""
    if name not in _plugged:
        raise NothingSent(f"nothing is plugged in as {name}")
    return _Cord(_plugged[name])


class _Cord:
    """Answers wait in it until they are fetched."""

    answers = True

    def __init__(self, answer: Answer) -> None:
        self.answer, self.waiting = answer, b""

    def send(self, data: bytes) -> None:
        self.waiting += self.answer(data)

    def receive(self, seconds: float) -> bytes:
        found, self.waiting = self.waiting, b""
        return found

    def close(self) -> None:
        self.waiting = b""
