"""A warehouse with some bins, and three people who count."""

import pytest

from tests.kit import NOON, a_bin, a_warehouse, an_item, done
from wms.people.tables import User


@pytest.fixture
def people(database):
    def do(session):
        crew = [User(name=name, created_at=NOON) for name in ("Tess", "Uwe", "Vera")]
        session.add_all(crew)
        session.flush()
        return [one.id for one in crew]

    return done(database, do)


@pytest.fixture
def here(database, people):
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
