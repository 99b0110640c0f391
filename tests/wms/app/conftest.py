"""Houses with something of everything in them, for tests of what looks at a whole house."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.healthy import LISTENERS, fill
from wms.kernel.database import Database
from wms.trial import postgres

KINDS = ["sqlite", "postgresql"]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def healthy_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of a house that keeps every promise, to be copied."""
    file = tmp_path_factory.mktemp("healthy") / "binwave.sqlite"
    shutil.copy(sqlite_template, file)
    database = Database(f"sqlite:///{file}", LISTENERS)
    fill(database)
    with database.engines.writer.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@pytest.fixture(scope="session")
def healthy_server(postgres_server: str) -> str:
    """A server with a house that keeps every promise in the database `template_healthy`, to be copied."""
    database = Database(
        postgres.make(postgres_server, "template_healthy", "template_wms"), LISTENERS
    )
    fill(database)
    database.close()
    return postgres_server


@pytest.fixture(params=KINDS)
def healthy_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a healthy house of one's own, once on each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("healthy_file"), tmp_path / "binwave.sqlite")
        yield f"sqlite:///{tmp_path / 'binwave.sqlite'}"
        return
    server = request.getfixturevalue("healthy_server")
    name = f"healthy_{next(_numbers)}"
    yield postgres.make(server, name, "template_healthy")
    postgres.drop(server, name)


@pytest.fixture(scope="module", params=KINDS)
def healthy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A healthy house that many tests share: they only look, or take back what they did."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("shared") / "binwave.sqlite"
        shutil.copy(request.getfixturevalue("healthy_file"), file)
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("healthy_server")
        url = postgres.make(server, "healthy", "template_healthy")
    database = Database(url, LISTENERS)
    yield database
    database.close()
    if request.param == "postgresql":
        postgres.drop(server, "healthy")
