"""Where a shift is written down: a file in a folder, or a schema of its own in a PostgreSQL database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import event

from wms.kernel.database import Database
from wms.kernel.outbox import Listeners


@contextmanager
def fresh(url: str, listeners: Listeners, *, is_kept: bool) -> Iterator[Database]:
    """Open a database in which nothing is yet; on PostgreSQL a new schema, dropped afterwards unless it is kept."""
    if url.startswith("sqlite"):
        database = Database(url, listeners)
        try:
            yield database
        finally:
            database.close()
        return
    schema = f"simulate_{datetime.now(UTC):%Y%m%dt%H%M%S%f}"
    _run(url, "CREATE SCHEMA {}", schema)
    database = Database(url, listeners)
    for engine in (database.engines.writer, database.engines.asker):
        event.listen(engine, "connect", _looks_into(schema))
    try:
        yield database
    finally:
        database.close()
        if not is_kept:
            _run(url, "DROP SCHEMA {} CASCADE", schema)


def _looks_into(schema: str) -> Any:
    def look(dbapi: Any, _record: object) -> None:
        dbapi.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))
        if not dbapi.autocommit:
            dbapi.commit()

    return look


def _run(url: str, words: str, schema: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(words).format(sql.Identifier(schema)))
