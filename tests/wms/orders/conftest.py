"""A warehouse with one bin, mugs and bowls on it, and a shop that sells them."""

import pytest

from tests.kit import NOON, a_bin, a_channel, a_warehouse, an_item, done, shelve
from wms.people.tables import User


@pytest.fixture
def here(database):
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    return a_warehouse(database)


@pytest.fixture
def shelf(database, here):
    return a_bin(database, here, "A-01")


@pytest.fixture
def shop(database):
    return a_channel(database)


@pytest.fixture
def mug(database, shelf):
    item = an_item(database, "MUG")
    shelve(database, item, shelf, 100)
    return item


@pytest.fixture
def bowl(database, shelf):
    item = an_item(database, "BOWL")
    shelve(database, item, shelf, 100)
    return item
