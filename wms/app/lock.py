"""A SQLite warehouse has one server at a time: its processes hold a lock on the data folder while they live."""

import fcntl
import time
from pathlib import Path
from typing import IO

from wms.kernel.refusal import Refusal

PATIENCE_S = 3.0
"""How long to wait for a server that is just ending before we say that the place is taken."""

LOOK_AGAIN_S = 0.1

_held: list[IO[str]] = []


class FolderTaken(Refusal):
    """Another server works on this data folder."""

    sentence = "app.folder_taken"


def occupy(folder: Path) -> None:
    """Make sure that no other server works here, and let none in from now on; raises FolderTaken."""
    file = _open(folder)
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > until:
                raise FolderTaken(folder=str(folder)) from None
            time.sleep(LOOK_AGAIN_S)
    # From here on it is shared with our workers, so that an orphaned worker still keeps others out.
    fcntl.flock(file, fcntl.LOCK_SH)


def share(folder: Path) -> None:
    """Hold the folder too, as a worker of the server that occupies it."""
    fcntl.flock(_open(folder), fcntl.LOCK_SH)


def _open(folder: Path) -> IO[str]:
    file = (folder / "in_use").open("a")
    _held.append(file)
    return file
