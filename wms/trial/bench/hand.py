"""A database worked by hand: one connection a thread, the same lock before a write, the same durability."""

import hashlib
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from wms.kernel.engines import POSTGRES_OPTIONS, SQLITE_PRAGMAS
from wms.kernel.turn import Turn

PATIENCE_S = 10.0


class Hand:
    """A database worked by hand."""

    def __init__(self, url: str) -> None:
        """Take the address that `Database` takes."""
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._own = threading.local()
        self._turn = Turn()

    @contextmanager
    def write(self) -> Iterator[Any]:
        """Open a write transaction as `database.write` does, and commit it."""
        wire = self._wire()
        if not self.is_sqlite:
            with wire.transaction():
                yield wire.cursor()
            return
        self._turn.take(PATIENCE_S)
        try:
            cursor = wire.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")
        finally:
            self._turn.give()

    def read(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """Run one query outside a write."""
        found: list[Any] = self.run(self._wire().cursor(), statement, values).fetchall()
        return found

    def run(self, cursor: Any, statement: str, values: Sequence[Any]) -> Any:
        """Run a statement written with `?`."""
        return cursor.execute(statement if self.is_sqlite else statement.replace("?", "%s"), values)

    def run_many(self, cursor: Any, statement: str, rows: Sequence[Sequence[Any]]) -> Any:
        """Run a statement once for each row."""
        cursor.executemany(statement if self.is_sqlite else statement.replace("?", "%s"), rows)
        return cursor

    def stamp(self) -> Any:
        """Return this moment as the database takes it."""
        now = datetime.now(UTC)
        return now.replace(tzinfo=None).isoformat(" ") if self.is_sqlite else now

    def uid(self, actor_id: int, key: str) -> Any:
        """Return a command's number as the database takes it."""
        made = uuid.UUID(bytes=hashlib.sha256(f"{actor_id}\0{key}".encode()).digest()[:16])
        return made.hex if self.is_sqlite else made

    def _wire(self) -> Any:
        wire = getattr(self._own, "wire", None)
        if wire is None:
            wire = self._own.wire = self._open()
        return wire

    def _open(self) -> Any:
        if not self.is_sqlite:
            return psycopg.connect(self.url, options=POSTGRES_OPTIONS, autocommit=True)
        wire = sqlite3.connect(
            self.url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
        )
        for pragma in SQLITE_PRAGMAS:
            wire.execute(f"PRAGMA {pragma}")
        return wire
