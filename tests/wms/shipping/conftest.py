"""Docks on each kind of database and on SQLite alone, with a stand-in for the carrier platform beside them."""

import pytest

from tests.wms.shipping.docking import Dock
from wms.app.house import listeners
from wms.kernel.database import Database
from wms.shipping.standin.serving import Standin


@pytest.fixture
def platform():
    with Standin(hook_secret="they-know-that-too") as running:
        yield running


@pytest.fixture
def dock(database, platform):
    return Dock(database, platform)


@pytest.fixture
def lite(sqlite_url):
    """A database for what both kinds would tell the same."""
    database = Database(sqlite_url, listeners())
    yield database
    database.close()


@pytest.fixture
def lite_dock(lite, platform):
    return Dock(lite, platform)


@pytest.fixture
def quiet_dock(lite):
    """Without a key for the carrier platform."""
    return Dock(lite)
