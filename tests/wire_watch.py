"""Looks over the shoulder of every test: nobody in this process may reach for the network inside a write.

Python tells an audit hook of every connection before it is made. psycopg connects below Python and is not told, and is
no wire in our sense: it is the database.
"""

import sys
from typing import Any

from wms.kernel.wire import WireInsideWrite, is_writing

REACHING_OUT = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen"}
)
"""What talks to the world; a printer's command line counts too."""

_hung = False


def hang() -> None:
    """Begin to look, in this process, until it ends: an audit hook cannot be taken away."""
    global _hung  # noqa: PLW0603 - once for the process
    if not _hung:
        _hung = True
        sys.addaudithook(_look)


def _look(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in REACHING_OUT and is_writing():
        raise WireInsideWrite(f"{event} inside a write transaction")
