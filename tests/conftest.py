"""Houses for tests: an empty migrated database each, on SQLite and on PostgreSQL, with a clock that stands still."""

import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from tests import wire_watch
from wms.app.house import listeners
from wms.kernel import logs
from wms.kernel.clock import SetClock
from wms.kernel.database import Database
from wms.kernel.services import Services
from wms.kernel.settings import Settings
from wms.migrations.upgrade import migrate
from wms.trial import postgres

pytest_plugins = ("tests.no_skips",)

# A busy machine is no counterexample.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

_numbers = itertools.count(1)

LONGEST = ("campaigns/", "pages/", "stories/", "wms/trial/", "wms/app/")
"""Where single files take a minute: they start servers, browsers and whole shifts."""

STATEMENTS = 5_000
"""How many compiled statements the tests of a process share."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep the houses of all tests in memory, where there is room: waiting for a disk proves nothing here.

    And keep what is compiled, whatever the surroundings wish: the tests start hundreds of processes.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    room = postgres.MEMORY.is_dir() and shutil.disk_usage(postgres.MEMORY).free > postgres.ROOM
    if room and not hasattr(config, "workerinput") and config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="binwave-tests-", dir=postgres.MEMORY)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no core is left alone with it at the end."""
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> bool:
        folder = item.path.relative_to(here).as_posix() if here in item.path.parents else ""
        return not folder.startswith(LONGEST)

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def _plain_logs() -> None:
    """Logs as the server writes them, whatever the test before set up: a traceback for people takes a second."""
    logs.set_up()


@pytest.fixture(scope="session", autouse=True)
def _watched_wires() -> None:
    """Whatever a test does, reaching for the network inside a write is a bug."""
    wire_watch.hang()


@pytest.fixture(scope="session", autouse=True)
def _known_addresses() -> None:
    """Every test opens an app of its own, and nearly all of that time went into compiling the same URL builders."""
    compiled: dict[object, Any] = {}
    compile_builder = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, rule.endpoint, str(rule.defaults), append_unknown)
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = once  # type: ignore[assignment,method-assign]


@pytest.fixture(scope="session", autouse=True)
def _known_statements() -> None:
    """Every test opens a database of its own, and nearly half of that time went into compiling the same statements."""
    compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)
    alike = {
        "__eq__": lambda one, other: type(one) is type(other),
        "__hash__": lambda one: hash(type(one)),
    }
    for name, answer in alike.items():
        setattr(DefaultDialect, name, answer)
    shared = property(lambda _engine: compiled, lambda _engine, _own: None)
    setattr(Engine, "_compiled_cache", shared)  # noqa: B010 - no place to assign to, says its type


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "binwave.sqlite"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.engines.writer.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running PostgreSQL server with a migrated database named `template_wms`, to be copied."""
    try:
        with postgres.running() as server:
            database = Database(postgres.make(server, "template_wms"))
            migrate(database)
            database.close()
            yield server
    except LookupError as nothing:
        pytest.skip(str(nothing))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database: each test that asks for it runs on both."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "binwave.sqlite")
        yield f"sqlite:///{tmp_path / 'binwave.sqlite'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"test_{next(_numbers)}"
    yield postgres.make(server, name, "template_wms")
    postgres.drop(server, name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty, migrated SQLite database, for tests that both databases would tell the same."""
    shutil.copy(sqlite_template, tmp_path / "binwave.sqlite")
    return f"sqlite:///{tmp_path / 'binwave.sqlite'}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database, once on each kind."""
    opened = Database(url, listeners())
    yield opened
    opened.close()


@pytest.fixture
def clock() -> SetClock:
    """A clock that moves only when it is told to."""
    return SetClock()


@pytest.fixture
def house(url: str, clock: SetClock, tmp_path: Path) -> Iterator[Services]:
    """A house with settings, clock and database, once on each kind."""
    yield from open_for_test(url, clock, tmp_path)


@pytest.fixture
def lite_house(sqlite_url: str, clock: SetClock, tmp_path: Path) -> Iterator[Services]:
    """A house on SQLite, for tests of pages and words."""
    yield from open_for_test(sqlite_url, clock, tmp_path)


def open_for_test(url: str, clock: SetClock, folder: Path) -> Iterator[Services]:
    """Open a house on a migrated database and close it afterwards."""
    settings = Settings(data_dir=folder / "data", database_url=url, allow_http_lan=True)
    settings.data_dir.mkdir(exist_ok=True)
    opened = Services(settings, clock, Database(url, listeners()))
    yield opened
    opened.database.close()
