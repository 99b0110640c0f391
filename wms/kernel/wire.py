"""No printer, scale, carrier or web call happens while a write is open: it would hold up every scan in the house."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_here = threading.local()


class WireInsideWrite(AssertionError):
    """Somebody reached for the outside world inside a write transaction: a bug, never an answer."""


@contextmanager
def writing() -> Iterator[None]:
    """Mark this thread as being inside a write transaction; a second one inside it is a bug."""
    assert_no_write()
    _here.writing = True
    try:
        yield
    finally:
        _here.writing = False


def is_writing() -> bool:
    """Tell whether this thread is inside a write transaction."""
    return getattr(_here, "writing", False)


def assert_no_write() -> None:
    """Call before anything that talks to the outside, and before opening a write."""
    if is_writing():
        raise WireInsideWrite("this thread is inside a write transaction")
