"""What every wire can do, and the two ways in which it may come to grief."""

from typing import Protocol


class NothingSent(Exception):
    """Not one byte was taken: whatever was to be sent may be sent again without fear of a double."""


class BrokenOff(Exception):
    """The wire broke when bytes may already have been taken: nobody knows what became of them."""

    def __init__(self, sent: int, reason: str) -> None:
        super().__init__(reason)
        self.sent = sent
        """So many bytes at most were taken."""


class Wire(Protocol):
    """An open way to a device."""

    answers: bool
    """Whether the device can say anything over it."""

    def send(self, data: bytes) -> None:
        """Hand over all bytes, in order. Raises NothingSent or BrokenOff."""

    def receive(self, seconds: float) -> bytes:
        """Return what came within that time; b"" when nothing did. Raises BrokenOff when the device hung up."""

    def close(self) -> None:
        """Let go of the device."""
