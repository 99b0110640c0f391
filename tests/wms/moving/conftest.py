"""A warehouse with some bins, a tote and two people who move things."""

import pytest

from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, done
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.people.tables import User


@pytest.fixture
def people(database):
    def do(session):
        pair = [User(name=name, created_at=NOON) for name in ("Tess", "Uwe")]
        session.add_all(pair)
        session.flush()
        return [one.id for one in pair]

    return done(database, do)


@pytest.fixture
def here(database, people):
    return a_warehouse(database)


@pytest.fixture
def mug(database):
    return an_item(database, "MUG", weight_g=300)


@pytest.fixture
def upper(database, here):
    return a_bin(database, here, "A-01")


@pytest.fixture
def lower(database, here):
    return a_bin(database, here, "A-02")


@pytest.fixture
def tote(database, here):
    def do(session):
        return bins.create_lpn(
            session, warehouse_id=here, code="T-1", kind=Kind.TOTE, by=TESTER, at=NOON
        ).id

    return done(database, do)
