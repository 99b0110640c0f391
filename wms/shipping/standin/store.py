"""What the stand-in remembers: one SQLite file, one connection, one question at a time."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Body = dict[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS thing (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, place INTEGER NOT NULL, parent TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS thing_parent ON thing (kind, parent, place);
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
COUNT = """
INSERT INTO counter (name, value) VALUES (?, 1)
ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value
"""
KEEP = """
INSERT INTO thing (id, kind, place, parent, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET body = excluded.body
"""


class Store:
    """Things by kind and number. A killed process loses nothing that was answered; a power cut may."""

    def __init__(self, file: Path | str, *, seed: int) -> None:
        self._held = threading.RLock()
        self._connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(TABLES)
        self.seed = self._first_seed(seed)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold everybody else off; all of what is written inside is kept, or none."""
        with self._held:
            if self._connection.in_transaction:
                yield
                return
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                yield

    def count(self, name: str) -> int:
        """Count on, from 1."""
        with self._held:
            (value,) = self._connection.execute(COUNT, (name,)).fetchone()
        return int(value)

    def new_id(self, kind: str) -> str:
        """Make the next number for a kind of thing: the same for the same seed, and hard to mistake for another."""
        return hashlib.sha256(f"{self.seed}/{kind}/{self.count(kind)}".encode()).hexdigest()[:32]

    def keep(self, kind: str, known: str, body: Body, *, parent: str = "") -> None:
        """Write a thing down, or over what was written down under its number."""
        with self.change():
            place = self.count("place")
            self._connection.execute(KEEP, (known, kind, place, parent, json.dumps(body)))

    def find(self, kind: str, known: object) -> Body | None:
        """Return the thing of that number."""
        asked = "SELECT body FROM thing WHERE id = ? AND kind = ?"
        with self._held:
            row = self._connection.execute(asked, (str(known), kind)).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind: str, *, parent: str | None = None) -> list[Body]:
        """Return all things of a kind, or those that belong to one other, in the order in which they came."""
        asked = "SELECT body FROM thing WHERE kind = ? AND (? IS NULL OR parent = ?) ORDER BY place"
        with self._held:
            rows = self._connection.execute(asked, (kind, parent, parent)).fetchall()
        return [json.loads(body) for (body,) in rows]

    def drop(self, kind: str, known: str) -> bool:
        """Forget a thing. Tells whether there was one."""
        with self._held:
            gone = self._connection.execute(
                "DELETE FROM thing WHERE id = ? AND kind = ?", (known, kind)
            )
        return gone.rowcount > 0

    def close(self) -> None:
        with self._held:
            self._connection.close()

    def _first_seed(self, seed: int) -> int:
        """A store keeps the seed that it was begun with."""
        written = "INSERT INTO counter (name, value) VALUES ('seed', ?) ON CONFLICT DO NOTHING"
        self._connection.execute(written, (seed,))
        asked = "SELECT value FROM counter WHERE name = 'seed'"
        return int(self._connection.execute(asked).fetchone()[0])
