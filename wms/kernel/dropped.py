"""Files that were dropped on an import page: kept under their own hash, until they are taken or a day has passed."""

import hashlib
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from werkzeug.datastructures import FileStorage

from wms.kernel.commands import fresh_key
from wms.kernel.refusal import Fault, NotFound, Wrong

KEPT_FOR = timedelta(days=1)
"""Whoever looks at a file and takes it only tomorrow drops it again."""

_NAME = re.compile(r"[0-9a-f]{64}")


class NothingDropped(Wrong):
    """There was no file in the form."""

    sentence = "kernel.nothing_dropped"


class FileGone(NotFound):
    """The file was dropped too long ago, or never."""

    sentence = "kernel.file_gone"


def keep(folder: Path, file: FileStorage | None, *, at: datetime) -> str:
    """Keep a file and return the name under which it is found; forgets those that nobody came back for."""
    if file is None or not file.filename:
        raise NothingDropped(Fault("file", "kernel.nothing_dropped"))
    folder.mkdir(parents=True, exist_ok=True)
    _forget_old(folder, at)
    unfinished = folder / f".{fresh_key()}"
    with unfinished.open("w+b") as kept:
        shutil.copyfileobj(file.stream, kept)
        kept.seek(0)
        name = hashlib.file_digest(kept, "sha256").hexdigest()
    unfinished.replace(folder / name)
    return name


def find(folder: Path, name: str) -> Path:
    """Return where a kept file is; raises FileGone. Names are hashes, so none leads out of the folder."""
    file = folder / name
    if not _NAME.fullmatch(name) or not file.exists():
        raise FileGone
    return file


def _forget_old(folder: Path, at: datetime) -> None:
    oldest = (at - KEPT_FOR).timestamp()
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
