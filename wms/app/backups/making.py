"""Making a backup while the house goes on working: one moment of the database, its pictures, and the proof."""

import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wms.app import verifying
from wms.app.backups import half, manifest, tools
from wms.app.backups.manifest import Manifest
from wms.app.verifying import Finding
from wms.app.version import VERSION
from wms.catalog.tables import Item
from wms.kernel.database import Database
from wms.kernel.services import Services
from wms.migrations.upgrade import current
from wms.stock import seals

DATABASE = "database"
PICTURES = "pictures"


@dataclass(frozen=True)
class Made:
    """A backup that was made, what its promises said, and pictures that items name but nobody has."""

    manifest: Manifest
    findings: Sequence[Finding]
    absent: Sequence[str]


@dataclass(frozen=True)
class _Copied:
    """What was seen in the copy of the database."""

    findings: Sequence[Finding]
    head: seals.Head
    pictures: Sequence[str]


def make(house: Services, place: Path) -> Made:
    """Make a backup that stands at `place`, whole, or is not there. The secret key stays where it is.

    Raises PlaceTaken, CannotWrite, ToolMissing, ToolStopped or TablesOld.
    """
    verifying.require_tables(house)
    made_at = house.clock.now()
    with half.folder_for(place) as folder:
        copy = _copy_sqlite if house.database.is_sqlite else _dump_postgres
        copied = copy(house.database, folder / DATABASE)
        absent = _copy_pictures(house.pictures, folder / PICTURES, copied.pictures)
        paper = Manifest(
            form=manifest.FORM,
            version=VERSION,
            made_at=made_at,
            database="sqlite" if house.database.is_sqlite else "postgresql",
            step=current(house.database),
            head=copied.head.hash,
            position=copied.head.position,
            promises=len(copied.findings),
            broken=[found.invariant.name for found in copied.findings if found.broken],
            files=manifest.describe(folder),
        )
        half.settle(folder)
        paper.write(folder)
    return Made(paper, copied.findings, absent)


def _copy_sqlite(database: Database, target: Path) -> _Copied:
    with database.engines.reader.connect() as connection:
        wire: Any = connection.connection.dbapi_connection
        copy = sqlite3.connect(target)
        try:
            # In one step: a copy in several begins again whenever somebody writes, and never ends in a busy house.
            wire.backup(copy, pages=-1)
        finally:
            copy.close()
    copied = Database(f"sqlite:///{target}")
    try:
        with copied.read() as session:
            seen = _look(session)
    finally:
        copied.close()
    as_one_file(target)
    return seen


def as_one_file(file: Path) -> None:
    """Let everything that belongs to a SQLite database be in its one file, with no log beside it."""
    wire = sqlite3.connect(file)
    try:
        wire.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        wire.close()


def _dump_postgres(database: Database, target: Path) -> _Copied:
    """Dump one snapshot, and ask the promises of that same snapshot while it is written."""
    with database.read() as session:
        verifying.unhurried(session)
        snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
        schema = session.scalar(text("SELECT current_schema()"))
        tool = tools.find("pg_dump", tools.server_version(session))
        arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--schema={schema}")
        dump = tools.start(
            tool, database.url, *arguments, f"--snapshot={snapshot}", f"--file={target}"
        )
        try:
            seen = _look(session)
            tools.finish(dump)
        finally:
            _end(dump)
    return seen


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.communicate()


def _look(session: Session) -> _Copied:
    findings = tuple(verifying.ask(session, verifying.promises()))
    named = select(Item.picture).where(Item.picture.is_not(None)).distinct().order_by(Item.picture)
    return _Copied(findings, seals.head(session), [str(name) for name in session.scalars(named)])


def _copy_pictures(source: Path, target: Path, named: Sequence[str]) -> list[str]:
    """Copy the pictures that items name; returns those that are not there. A picture's contents never change."""
    absent = []
    target.mkdir()
    for name in named:
        try:
            (target / name).write_bytes((source / name).read_bytes())
        except FileNotFoundError:
            absent.append(name)
    return absent
