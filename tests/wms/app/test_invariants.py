"""Every promise about the data, each broken on purpose by one corrupted row: it names that row, and only it does."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.corruptions import CORRUPTIONS
from tests.healthy import LISTENERS, REACTIONS, fill
from tests.lawless import lawless
from wms.app import verifying
from wms.kernel import invariants as kernel
from wms.kernel.database import Database
from wms.kernel.invariants import Invariant, Row
from wms.migrations.triggers import lay_triggers

OF_THE_FILE = "database.file_is_whole"
"""Broken by flipping bytes, not by SQL: it has a test of its own."""

THE_PAST = "database.the_past_cannot_be_changed"
"""The one promise that is about the triggers, which all other corruptions must get out of their way."""

CHAIN = "stock.the_chain_is_whole"


def promises() -> list[Invariant]:
    """All of them; where the house has nobody who waits for facts, somebody of the tests does."""
    return [_with_listeners(promise) for promise in verifying.promises()]


def promises_and_chain() -> list[Invariant]:
    return [_with_listeners(promise) for promise in verifying.promises_and_chain()]


def _with_listeners(promise: Invariant) -> Invariant:
    told = kernel.facts_are_told(REACTIONS)
    return told if promise.name == told.name else promise


def broken(session: Session, asked: list[Invariant]) -> dict[str, list[Row]]:
    findings = verifying.ask(session, asked)
    return {found.invariant.name: list(found.broken) for found in findings if found.broken}


def test_a_house_made_by_its_own_actions_keeps_every_promise(healthy):
    with healthy.read() as session:
        assert broken(session, promises()) == {}
        assert broken(session, promises_and_chain()) == {}


def test_every_promise_has_its_corruption():
    asked = {promise.name for promise in (*promises(), *promises_and_chain())}

    assert asked == {*CORRUPTIONS, OF_THE_FILE}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corrupted_row_is_named_by_its_promise_and_by_no_other(healthy, name):
    with lawless(healthy) as session:
        if name == THE_PAST:
            lay_triggers(session.connection())
        for statement in CORRUPTIONS[name].on(session.connection().dialect.name):
            session.execute(text(statement))
        if name != THE_PAST:
            lay_triggers(session.connection())
        expected = session.execute(text(CORRUPTIONS[name].names)).one()._asdict()

        found = broken(session, promises_and_chain() if name == CHAIN else promises())

    assert list(found) == [name]
    assert len(found[name]) == 1
    assert found[name][0].items() >= expected.items()


def test_a_damaged_file_is_named(sqlite_url):
    database = Database(sqlite_url, LISTENERS)
    fill(database)
    with database.engines.writer.connect() as connection:
        wire = connection.connection.dbapi_connection
        wire.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = wire.execute("PRAGMA page_size").fetchone()[0]
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_event_subject_subject_id'"
        page = wire.execute(sql).fetchone()[0]
    database.close()
    with Path(sqlite_url.removeprefix("sqlite:///")).open("r+b") as file:
        file.seek(page * size - 1)
        last = file.read(1)[0]
        file.seek(page * size - 1)
        file.write(bytes([last ^ 1]))
    damaged = Database(sqlite_url, LISTENERS)

    with damaged.read() as session:
        found = broken(session, promises())
    damaged.close()

    assert list(found) == [OF_THE_FILE]
    assert "ix_event_subject_subject_id" in found[OF_THE_FILE][0]["damage"]
