"""A bench on each kind of database, and one on SQLite alone."""

import pytest

from tests.wms.packing.benching import Bench
from wms.app.house import listeners
from wms.kernel.database import Database


@pytest.fixture
def bench(database):
    return Bench(database)


@pytest.fixture
def lite_bench(sqlite_url):
    """For what both databases would tell the same."""
    database = Database(sqlite_url, listeners())
    yield Bench(database)
    database.close()
