"""What goes wrong around the database: lost connections, another process's lock, a full disk. Nothing lost, nothing
twice, and a clear word for whoever asked."""

import socket
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text

from tests.bells import note, notes, write_down
from wms.kernel import engines
from wms.kernel.commands import Command
from wms.kernel.database import Database
from wms.kernel.refusal import Busy, NoRoom
from wms.trial import postgres


def act(clock, key="k-1"):
    return Command("test", key, 7, clock.now())


@pytest.fixture
def away(postgres_server):
    """A PostgreSQL database whose connections get cut."""
    opened = Database(postgres.make(postgres_server, "away", "template_wms"))
    yield opened
    opened.close()
    postgres.drop(postgres_server, "away")


def cut(session):
    """Have the server end this session's connection."""
    number = session.scalar(text("SELECT pg_backend_pid()"))
    with psycopg.connect(session.bind.url.render_as_string().replace("+psycopg", "")) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (number,))


def test_a_connection_lost_in_mid_transaction_costs_nothing(away, clock):
    tries = []

    def do(session):
        write_down(session, "once", 7, clock.now())
        session.flush()
        tries.append(1)
        if len(tries) == 1:
            cut(session)
        return "done"

    answer = away.write(act(clock), do)

    assert (answer.value, answer.replayed, len(tries)) == ("done", False, 2)
    assert notes(away) == ["once"]


def test_a_connection_lost_before_the_commit_costs_nothing(away, clock):
    tries = []

    def do(session):
        write_down(session, "once", 7, clock.now())
        session.info["cut"] = not tries
        tries.append(1)
        return "done"

    @event.listens_for(away._writer, "before_commit")
    def lose(session):
        if session.info.get("cut"):
            session.flush()
            cut(session)

    answer = away.write(act(clock), do)

    assert (answer.value, answer.replayed, len(tries)) == ("done", False, 2)
    assert notes(away) == ["once"]


class Line:
    """A telephone line between us and a PostgreSQL server: when told to, it goes dead right after a COMMIT went out."""

    def __init__(self, server, folder):
        self.server = server
        self.dead_after_commit = False
        self.cuts = 0
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(folder / ".s.PGSQL.5432"))
        self.door.listen()
        self.open = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                ours, _ = self.door.accept()
            except OSError:
                return
            theirs = socket.socket(socket.AF_UNIX)
            theirs.connect(str(self.server))
            self.open += [ours, theirs]
            threading.Thread(target=self.carry_out, args=(ours, theirs), daemon=True).start()
            threading.Thread(target=self.carry_back, args=(theirs, ours), daemon=True).start()

    def carry_out(self, ours, theirs):
        while data := self.receive(ours):
            if self.dead_after_commit and b"COMMIT" in data:
                self.dead_after_commit = False
                self.cuts += 1
                ours.shutdown(socket.SHUT_RDWR)
                self.send(theirs, data)
                return
            self.send(theirs, data)
        theirs.close()

    def carry_back(self, theirs, ours):
        while data := self.receive(theirs):
            self.send(ours, data)

    def receive(self, end):
        try:
            return end.recv(65536)
        except OSError:
            return b""

    def send(self, end, data):
        with suppress(OSError):  # the line was hung up: a farewell that nobody hears
            end.sendall(data)

    def close(self):
        self.door.shutdown(socket.SHUT_RDWR)
        for end in (self.door, *self.open):
            end.close()


def test_a_connection_lost_after_the_commit_changes_nothing_twice(away, clock, tmp_path_factory):
    folder = Path(away.url.partition("?host=")[2])
    mine = tmp_path_factory.mktemp("l")
    line = Line(folder / ".s.PGSQL.5432", mine)
    far = Database(away.url.replace(str(folder), str(mine)))
    note(far, "before", clock.now())
    tries = []

    def do(session):
        write_down(session, "once", 7, clock.now())
        tries.append(1)
        return "done"

    line.dead_after_commit = True
    answer = far.write(act(clock), do)

    assert (answer.value, answer.replayed, line.cuts, len(tries)) == ("done", True, 1, 1)
    assert notes(away) == ["before", "once"]
    far.close()
    line.close()


def test_a_database_that_cannot_be_reached_means_come_again(postgres_server, clock):
    nowhere = Database(postgres.at(postgres_server, "nowhere"))
    with psycopg.connect(postgres_server, autocommit=True) as chief:
        chief.execute("CREATE DATABASE nowhere TEMPLATE template_wms ALLOW_CONNECTIONS false")

    with pytest.raises(Busy):
        nowhere.write(act(clock), lambda _: "done")
    with pytest.raises(Busy), nowhere.read() as session:
        session.execute(text("SELECT 1"))

    with psycopg.connect(postgres_server, autocommit=True) as chief:
        chief.execute("ALTER DATABASE nowhere ALLOW_CONNECTIONS true")
    assert nowhere.write(act(clock), lambda _: "done").value == "done"
    nowhere.close()
    postgres.drop(postgres_server, "nowhere")


def test_another_process_that_holds_the_file_means_come_again_and_reading_goes_on(
    sqlite_url, clock, monkeypatch
):
    quick = tuple(p for p in engines.SQLITE_PRAGMAS if not p.startswith("busy_timeout"))
    monkeypatch.setattr(engines, "SQLITE_PRAGMAS", (*quick, "busy_timeout=300"))
    database = Database(sqlite_url)
    note(database, "before", clock.now())
    monkeypatch.setattr("wms.kernel.database.PATIENCE_S", 0.5)
    outsider = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    outsider.execute("BEGIN EXCLUSIVE")

    began = time.monotonic()
    with pytest.raises(Busy) as no:
        note(database, "held up", clock.now(), key="k-1")
    waited = time.monotonic() - began
    seen = notes(database)
    outsider.execute("ROLLBACK")
    outsider.close()

    assert no.value.status == 503
    assert (seen, waited < 2) == (["before"], True)
    note(database, "held up", clock.now(), key="k-1")
    assert notes(database) == ["before", "held up"]
    database.close()


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(sqlite_url, clock):
    database = Database(sqlite_url)

    def limit(pages):
        with database.engines.writer.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            return connection.exec_driver_sql("PRAGMA page_count").scalar()

    limit(limit(2**30))
    kept, no = fill(database, clock)
    seen = len(notes(database))
    limit(2**30)
    note(database, f"{kept}", clock.now(), key=f"k-{kept}")

    assert no.status == 507
    assert (seen, len(notes(database))) == (kept, kept + 1)
    database.close()


def fill(database, clock):
    """Write until there is no room; return how many were written, and the no."""
    for number in range(1000):
        try:
            note(database, f"{number}" + "x" * 3000, clock.now(), key=f"k-{number}")
        except NoRoom as no:
            return number, no
    raise AssertionError("there was room for everything")


def test_a_full_disk_under_postgresql_is_told_the_same_way(away, clock):
    full = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"

    with pytest.raises(NoRoom):
        away.write(act(clock), lambda session: session.execute(text(full)))

    assert away.write(act(clock), lambda _: "done").value == "done"


def test_a_database_that_stays_away_is_given_up_in_time(away, clock, monkeypatch):
    monkeypatch.setattr("wms.kernel.database.PATIENCE_S", 0.5)
    tries = []

    def do(session):
        tries.append(1)
        cut(session)

    began = time.monotonic()
    with pytest.raises(Busy):
        away.write(act(clock), do)

    assert 1 < len(tries) <= 5
    assert time.monotonic() - began < 3
