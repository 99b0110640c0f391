"""The paper that lies on a backup: what is in it, by hash, and where in the life of the house it was made."""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wms.kernel.refusal import Refusal
from wms.migrations import upgrade

NAME = "manifest.json"

CHUNK = 1 << 20

FORM = 1
"""Which way of writing a backup this is. A later one that we cannot read gets a higher number."""


class NoBackup(Refusal):
    """The folder holds no whole backup: there is no manifest, or it cannot be read."""

    sentence = "app.no_backup"


class BackupDamaged(Refusal):
    """A file of the backup is missing or not what it was."""

    sentence = "app.backup_damaged"


class BackupNewer(Refusal):
    """The backup was made by a later version of this program."""

    sentence = "app.backup_newer"


class File(BaseModel):
    """One file of a backup. `path` is within the folder, with `/` between its parts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str = Field(pattern=r"^(database|pictures/[A-Za-z0-9][A-Za-z0-9._-]*)$")
    bytes: int
    sha256: str


class Manifest(BaseModel):
    """What is known of a backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: int
    version: str
    made_at: datetime
    database: Literal["sqlite", "postgresql"]
    step: str
    """The migration step that its tables are at."""
    head: str
    """The ledger's last seal: `verify --head` looks for it in the ledger that is restored."""
    position: int
    promises: int
    """How many promises about the data were asked of this copy."""
    broken: list[str]
    """Those that it broke."""
    files: list[File]

    def write(self, folder: Path) -> None:
        """Lay the paper on the backup, for good."""
        with (folder / NAME).open("x") as file:
            file.write(self.model_dump_json(indent=2))
            file.flush()
            os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """Return what the backup in a folder says of itself. Raises NoBackup, or BackupNewer where we cannot know."""
    try:
        manifest = Manifest.model_validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError) as trouble:
        raise NoBackup(folder=str(folder)) from trouble
    if manifest.form > FORM or not upgrade.knows(manifest.step):
        raise BackupNewer(version=manifest.version)
    return manifest


def check(folder: Path, manifest: Manifest) -> None:
    """Raise BackupDamaged where a file is not what it was when the backup was made."""
    for file in manifest.files:
        path = folder / file.path
        try:
            whole = path.stat().st_size == file.bytes and sha256(path) == file.sha256
        except OSError:
            whole = False
        if not whole:
            raise BackupDamaged(file=file.path)


def describe(folder: Path) -> list[File]:
    """Return the files of a folder as a manifest lists them."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        File(
            path=path.relative_to(folder).as_posix(),
            bytes=path.stat().st_size,
            sha256=sha256(path),
        )
        for path in paths
    ]


def sha256(path: Path) -> str:
    """Return the hash of a file's contents."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
