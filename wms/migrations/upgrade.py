"""Bring a database to today's tables: whole or not at all, by one process, with its append-only triggers laid anew."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from wms.kernel.database import Database
from wms.migrations.models import Table
from wms.migrations.triggers import lay_triggers

LOCK = 7001
"""PostgreSQL advisory lock: processes that start together let one of them migrate."""


class BrokenReferences(RuntimeError):
    """A migration step would leave rows that point nowhere; nothing was changed."""


def migrate(database: Database, to: str = "head") -> None:
    """Run every missing step in one transaction."""
    with database.engines.writer.connect() as connection:
        raw: Any = connection.connection.dbapi_connection  # taking it begins no transaction
        lite = database.is_sqlite
        if lite:
            raw.execute(
                "PRAGMA foreign_keys=OFF"
            )  # batch steps remake tables; inside a transaction this does nothing
        else:
            connection.exec_driver_sql(
                "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0"
            )
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        try:
            command.upgrade(_config(connection), to)
            lay_triggers(connection)
            if lite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise BrokenReferences(f"rows that point nowhere: {lost[:5]}")
            connection.commit()
        finally:
            connection.rollback()
            if lite:
                raw.execute("PRAGMA foreign_keys=ON")


def draft(database: Database, words: str) -> None:
    """Write the next step's file from what the tables in code have more than the database."""
    with database.engines.writer.connect() as connection:
        command.revision(_config(connection), words, autogenerate=True, rev_id=_next_number())


def drift(database: Database) -> list[Any]:
    """Return how a migrated database differs from the tables in code: nothing, when all is well."""
    with database.engines.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Table.metadata))


def head() -> str:
    """Return the newest step there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def knows(step: str) -> bool:
    """Tell whether a step is one of ours: a database at another one was made by a later version."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(known.revision == step for known in steps)


def current(database: Database) -> str:
    """Return the step the database is at; empty before the first."""
    with database.engines.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def _next_number() -> str:
    return f"{int(head() or 0) + 1:04d}"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
