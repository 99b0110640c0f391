"""A transaction in which a database keeps nobody from anything, for tests that tamper; it is always taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from wms.kernel.database import Database
from wms.migrations.models import Table
from wms.migrations.triggers import APPEND_ONLY, name_of, verbs


@contextmanager
def lawless(database: Database) -> Iterator[Session]:
    """Open a transaction without triggers, CHECK rules and foreign keys."""
    with database.engines.writer.connect() as connection:
        wire: Any = connection.connection.dbapi_connection
        if database.is_sqlite:
            wire.execute("PRAGMA foreign_keys=OFF")
            wire.execute("PRAGMA ignore_check_constraints=ON")
        try:
            with connection.begin() as transaction:
                _lift_rules(connection)
                yield Session(connection)
                transaction.rollback()
        finally:
            if database.is_sqlite:
                wire.execute("PRAGMA foreign_keys=ON")
                wire.execute("PRAGMA ignore_check_constraints=OFF")


def copied(table: str, source: str, **changes: str) -> str:
    """Return the statement that copies the rows which `source` describes, with some columns changed."""
    columns = Table.metadata.tables[table].columns.keys()
    values = ", ".join(changes.get(column, column) for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {source}"


def _lift_rules(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in verbs("sqlite"):
                connection.exec_driver_sql(f"DROP TRIGGER {name_of(table, verb)}")
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    rules = (
        "SELECT conrelid::regclass, conname FROM pg_constraint "
        "WHERE contype = 'c' AND conrelid <> 0 AND connamespace = current_schema()::regnamespace"
    )
    for table, rule in connection.exec_driver_sql(rules).all():
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")
