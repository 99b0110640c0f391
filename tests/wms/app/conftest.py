"""Houses with something of everything in them, for tests of what looks at a whole house."""

import shutil
from collections.abc import Iterator

import pytest

from tests.healthy import LISTENERS, fill
from wms.kernel.database import Database
from wms.trial import postgres


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def healthy(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A house that keeps every promise, once on each kind; tests only look, or take back what they did."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("healthy") / "binwave.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        url = f"sqlite:///{file}"
    else:
        server = request.getfixturevalue("postgres_server")
        url = postgres.make(server, "healthy", "template_wms")
    database = Database(url, LISTENERS)
    try:
        fill(database)
        yield database
    finally:
        database.close()
    if request.param == "postgresql":
        postgres.drop(server, "healthy")
