"""Putting a backup in the place of a house, or into an empty place: whole or not at all, and looked at afterwards.

What was there before is set aside, not thrown away. The secret key is in no backup: the one that is here stays.
"""

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from wms.app import lock, verifying
from wms.app.backups import half, manifest, schemas
from wms.app.backups.making import DATABASE, PICTURES, as_one_file
from wms.app.backups.manifest import File, Manifest
from wms.app.house import open_house
from wms.app.verifying import Finding
from wms.kernel.refusal import Refusal
from wms.kernel.services import Services
from wms.kernel.settings import Settings
from wms.migrations.upgrade import migrate


class HouseThere(Refusal):
    """A house stands where the backup should go, and nobody said that it may be replaced."""

    sentence = "app.house_there"


class OtherKind(Refusal):
    """The backup is of the other kind of database."""

    sentence = "app.backup_other_kind"


@dataclass(frozen=True)
class Restored:
    """A house that was brought back: what its promises say, and where the one before it was set aside."""

    manifest: Manifest
    findings: Sequence[Finding]
    aside: str | None


def restore(settings: Settings, source: Path, *, replace: bool) -> Restored:
    """Bring a backup back. Nothing is touched before every file of it was looked at.

    Raises NoBackup, BackupNewer, BackupDamaged, OtherKind, HouseThere, FolderTaken, ToolMissing or ToolStopped.
    """
    paper = manifest.read(source)
    kind = "sqlite" if settings.url.startswith("sqlite") else "postgresql"
    if paper.database != kind:
        raise OtherKind(backup=paper.database, house=kind)
    manifest.check(source, paper)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    put = _put_file if kind == "sqlite" else schemas.put
    aside = put(settings, source / DATABASE, paper, replace=replace)
    house = open_house(settings)
    try:
        _put_pictures(house.pictures, source, paper.files)
        migrate(house.database)
        return Restored(paper, look(house, paper.head), aside)
    finally:
        house.database.close()


def look(house: Services, head: str) -> Sequence[Finding]:
    """Ask every promise of the restored house, the ledger's head that was written down among them."""
    asked = verifying.promises_and_chain(head if int(head, 16) else None)
    with house.database.read() as session:
        return tuple(verifying.ask(session, asked))


def _put_file(settings: Settings, source: Path, paper: Manifest, *, replace: bool) -> str | None:
    lock.occupy(settings.data_dir)
    file = Path(make_url(settings.url).database or "")
    if file.exists() and not replace:
        raise HouseThere(place=str(file))
    new = file.with_name(f"{file.name}.new")
    shutil.copyfile(source, new)
    if not _is_whole(new):
        new.unlink()
        raise manifest.BackupDamaged(file=DATABASE)
    half.settle(new)
    aside = _set_aside(file, settings.data_dir / f"replaced-{paper.made_at:%Y%m%dT%H%M%S}")
    new.replace(file)
    half.settle(file.parent, deep=False)
    return str(aside) if aside else None


def _is_whole(file: Path) -> bool:
    wire = sqlite3.connect(file)
    try:
        told = wire.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError:
        return False
    finally:
        wire.close()
    return bool(told == ("ok",))


def _set_aside(file: Path, folder: Path) -> Path | None:
    """Keep the database that is there under another name too, so that at no moment there is none."""
    if not file.exists():
        return None
    # A write-ahead log that stayed behind would be played into the new file: it goes into its own first.
    with suppress(sqlite3.DatabaseError):
        as_one_file(file)
    while folder.exists():
        folder = folder.with_name(f"{folder.name}-1")
    folder.mkdir()
    os.link(file, folder / file.name)
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            file.with_name(file.name + ending).rename(folder / (file.name + ending))
    half.settle(folder)
    return folder


def _put_pictures(folder: Path, source: Path, files: Sequence[File]) -> None:
    """Add the pictures of the backup. A picture's name says what is in it, so what is there already is the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        if file.path.startswith(f"{PICTURES}/"):
            shutil.copyfile(source / file.path, folder / Path(file.path).name)
    half.settle(folder)
