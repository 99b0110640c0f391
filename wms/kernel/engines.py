"""How each database is opened: SQLite with two engines on one file, PostgreSQL with one that can be made read-only."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

THREADS = 48
"""As many readers as the server has threads, so that no request waits for a connection."""

SWITCH_S = 0.000_5
"""How long a thread may compute while another waits to go on. A scan that comes back from the disk holds the turn to
write; with Python's usual 5 ms it waits for all who parse requests, and whoever waits for the turn waits with it."""

SQLITE_WAIT_MS = 10_000
"""How long SQLite waits for another process's write (a backup, a one-off command) before it says busy."""

ASKERS = 4
"""PostgreSQL connections that are kept for single questions: each is held for less than a millisecond."""

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={SQLITE_WAIT_MS}",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cell_size_check=ON",
)

POSTGRES_OPTIONS = (
    "-c lock_timeout=2s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
    " -c synchronous_commit=on -c timezone=UTC"
)


@dataclass(frozen=True)
class Engines:
    """One way in for writers and one for readers; a reader that tries to write is refused by the database."""

    writer: Engine
    reader: Engine
    asker: Engine
    """For single questions: no transaction around them, so nothing to open and nothing to roll back."""

    @property
    def is_sqlite(self) -> bool:
        """Whether the rules of a single file hold: one process, one write at a time."""
        return self.writer.dialect.name == "sqlite"


def open_engines(url: str) -> Engines:
    """Open `sqlite:///file` or `postgresql://...`."""
    if url.startswith("sqlite"):
        return Engines(
            _sqlite(url, writes=True), _sqlite(url, writes=False), _sqlite(url, asks=True)
        )
    return _postgres(url.replace("postgresql://", "postgresql+psycopg://", 1))


def _sqlite(url: str, *, writes: bool = False, asks: bool = False) -> Engine:
    engine = create_engine(
        url,
        pool_reset_on_return=None if asks else "rollback",
        pool_size=2 if writes else THREADS,
        max_overflow=0 if writes else 16,
        connect_args={"check_same_thread": False, "timeout": SQLITE_WAIT_MS / 1000},
    )
    # SQLite starts transactions as readers. Two scans that read a balance and then both write it would fail
    # or overwrite each other, so every write asks for the lock first.
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "connect")
    def _connect(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None
        for pragma in (*SQLITE_PRAGMAS, f"query_only={'OFF' if writes else 'ON'}"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: str) -> Engines:
    writer = create_engine(
        url,
        pool_size=THREADS,
        max_overflow=4,
        pool_pre_ping=True,
        connect_args={"options": POSTGRES_OPTIONS},
    )
    # One snapshot for the whole of a read, so that totals and lists on one page agree.
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    asker = create_engine(
        url,
        pool_size=ASKERS,
        max_overflow=THREADS,
        pool_reset_on_return=None,
        connect_args={
            "options": f"{POSTGRES_OPTIONS} -c default_transaction_read_only=on",
            "autocommit": True,
        },
    )
    return Engines(writer, reader, asker)
