"""Every promise about the data, each broken on purpose by one corrupted row: it names that row, and only it does."""

import ast
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from tests.corruptions import CORRUPTIONS
from tests.healthy import LISTENERS, REACTIONS, fill
from wms.app import verifying
from wms.kernel import invariants as kernel
from wms.kernel.database import Database
from wms.kernel.invariants import Invariant
from wms.migrations.models import Table
from wms.migrations.triggers import APPEND_ONLY, lay_triggers, name_of, verbs
from wms.trial import postgres

OF_THE_FILE = "database.file_is_whole"
"""Broken by flipping bytes, not by SQL: it has a test of its own."""

COPY = re.compile(r"COPY (\w+) WHERE (.*) WITH (\{.*\})", re.DOTALL)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request, tmp_path_factory) -> Iterator[Database]:
    """A house with something of everything in it. Each test breaks it and takes the break back."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("healthy") / "binwave.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = postgres.make(server, "healthy", "template_wms")
    database = Database(url, LISTENERS)
    fill(database)
    yield database
    database.close()
    if request.param == "postgresql":
        postgres.drop(server, "healthy")


def promises() -> list[Invariant]:
    """All of them; where the house has nobody who waits for facts, somebody of the tests does."""
    told = kernel.facts_are_told(REACTIONS)
    house = (told if promise.name == told.name else promise for promise in verifying.promises())
    return [*house, verifying.chain_promise()]


def broken(session: Session) -> dict[str, list[dict]]:
    findings = verifying.ask(session, promises())
    return {found.invariant.name: list(found.broken) for found in findings if found.broken}


@contextmanager
def lawless(database: Database) -> Iterator[Session]:
    """A transaction in which nothing of the database's own keeps anybody from anything, taken back at the end."""
    with database.engines.writer.connect() as connection:
        wire = connection.connection.dbapi_connection
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


def _lift_rules(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in verbs("sqlite"):
                connection.exec_driver_sql(f"DROP TRIGGER {name_of(table, verb)}")
        return
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    rules = "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
    for table, rule in connection.exec_driver_sql(rules).all():
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")


def test_a_house_made_by_its_own_actions_keeps_every_promise(house):
    with house.read() as session:
        assert broken(session) == {}


def test_every_promise_has_its_corruption():
    assert {promise.name for promise in promises()} == {*CORRUPTIONS, OF_THE_FILE}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corrupted_row_is_named_by_its_promise_and_by_no_other(house, name):
    with lawless(house) as session:
        for statement in CORRUPTIONS[name].on(session.connection().dialect.name):
            session.execute(text(_spelled(statement)))
        if name != "database.the_past_cannot_be_changed":
            lay_triggers(session.connection())
        expected = session.execute(text(CORRUPTIONS[name].names)).one()._asdict()

        found = broken(session)

    assert list(found) == [name]
    assert len(found[name]) == 1
    assert found[name][0].items() >= expected.items()


def _spelled(statement: str) -> str:
    """Write out a copy of a row."""
    asked = COPY.fullmatch(statement)
    if asked is None:
        return statement
    table, source, changes = asked[1], asked[2], ast.literal_eval(asked[3])
    columns = Table.metadata.tables[table].columns.keys()
    values = ", ".join(changes.get(column, column) for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE {source}"
