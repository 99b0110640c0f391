"""A warehouse with two bins and one item, and somebody who works in it."""

import pytest

from tests.kit import NOON, a_bin, a_warehouse, an_item, done
from wms.people.tables import User


@pytest.fixture
def here(database):
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    return a_warehouse(database)


@pytest.fixture
def mug(database):
    return an_item(database, "MUG")


@pytest.fixture
def upper(database, here):
    return a_bin(database, here, "A-01")


@pytest.fixture
def lower(database, here):
    return a_bin(database, here, "A-02")
