"""Putting a dump into PostgreSQL: the house that is there gets another schema name until the new one stands."""

import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from wms.app.backups import tools
from wms.app.backups.manifest import Manifest
from wms.kernel.refusal import Refusal
from wms.kernel.settings import Settings

_TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"

_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class SchemaTaken(Refusal):
    """The database has tables already, and nobody said that they may be replaced."""

    sentence = "app.schema_taken"


class SomebodyWorks(Refusal):
    """Others are connected to the database."""

    sentence = "app.somebody_works"


def put(settings: Settings, dump: Path, paper: Manifest, *, replace: bool) -> str | None:
    """Fill the schema that the settings lead to; returns the name under which the one before was set aside."""
    with psycopg.connect(settings.url, autocommit=True) as connection:
        schema, version = _where(connection)
        tool = tools.find("pg_restore", version)
        aside = None
        if connection.execute(_TABLES).fetchone() != (0,):
            if not replace:
                raise SchemaTaken(schema=schema)
            aside = _set_aside(connection, schema, f"replaced_{paper.made_at:%Y%m%dt%H%M%S}")
        try:
            _fill(tool, settings.url, dump, schema)
        except tools.ToolStopped:
            if aside:
                _bring_back(connection, schema, aside)
            raise
    return aside


def _where(connection: psycopg.Connection) -> tuple[str, int]:
    row = connection.execute("SELECT current_schema()").fetchone()
    if row is None or row[0] is None:
        raise SchemaTaken(schema="-")
    return str(row[0]), connection.info.server_version // 10_000


def _set_aside(connection: psycopg.Connection, schema: str, aside: str) -> str:
    others = connection.execute(_OTHERS).fetchone()
    if others and others[0]:
        raise SomebodyWorks(n=others[0])
    taken = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
    while connection.execute(taken, [aside]).fetchone():
        aside += "_1"
    with connection.transaction():
        _run(connection, "ALTER SCHEMA {} RENAME TO {}", schema, aside)
        _run(connection, "CREATE SCHEMA {}", schema)
    return aside


def _bring_back(connection: psycopg.Connection, schema: str, aside: str) -> None:
    with connection.transaction():
        _run(connection, "DROP SCHEMA {} CASCADE", schema)
        _run(connection, "ALTER SCHEMA {} RENAME TO {}", aside, schema)


def _fill(tool: Path, url: str, dump: Path, schema: str) -> None:
    """Restore everything in one transaction. The schema itself is there already, so the dump's own is left out."""
    wanted = [line for line in tools.contents(tool, dump) if " SCHEMA " not in line]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as listed:
        listed.write("\n".join(wanted))
        listed.flush()
        arguments = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        tools.finish(
            tools.start(
                tool, url, *arguments, f"--schema={schema}", f"--use-list={listed.name}", str(dump)
            )
        )


def _run(connection: psycopg.Connection, words: str, *names: str) -> None:
    connection.execute(sql.SQL(words).format(*(sql.Identifier(name) for name in names)))
