"""A folder that is being filled beside the place it is for, and moved there in one step when it is whole."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wms.kernel.refusal import Refusal

MARK = ".half-"


class PlaceTaken(Refusal):
    """Something lies where the backup should go."""

    sentence = "app.backup_place_taken"


class CannotWrite(Refusal):
    """The place cannot be written, or has no room."""

    sentence = "app.backup_unwritable"
    kept = False


@contextmanager
def folder_for(place: Path) -> Iterator[Path]:
    """Yield a new folder; at the end it stands at `place`, whole, or is gone. Raises PlaceTaken, CannotWrite."""
    place = place.absolute()
    if place.exists():
        raise PlaceTaken(place=str(place))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(place)
        half = Path(tempfile.mkdtemp(prefix=place.name + MARK, dir=place.parent))
        holder = _hold(half)
        try:
            yield half
            settle(half)
            half.rename(place)
            settle(place.parent, deep=False)
        finally:
            shutil.rmtree(half, ignore_errors=True)
            os.close(holder)
    except OSError as trouble:
        raise CannotWrite(place=str(place), reason=trouble.strerror or "") from trouble


def clear_leftovers(place: Path) -> None:
    """Remove what earlier tries for this place left behind when they were killed; those at work hold theirs."""
    for half in place.parent.glob(f"{place.name}{MARK}*"):
        try:
            holder = _hold(half)
        except OSError:
            continue
        shutil.rmtree(half, ignore_errors=True)
        os.close(holder)


def settle(path: Path, *, deep: bool = True) -> None:
    """Make sure that what was written under a path is on the disk, names included."""
    for part in (*(path.rglob("*") if deep else ()), path):
        handle = os.open(part, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _hold(folder: Path) -> int:
    """Hold a folder for as long as this process lives; raises OSError where another one does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle
