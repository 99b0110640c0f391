"""A warehouse with a shelf, a packing bench and a returns bench, and a clerk who looks at what comes back."""

from dataclasses import dataclass

import pytest

from tests.kit import NOON, a_bin, a_place, a_warehouse, an_item, done, shelve
from wms.bins.places import Kind, Role
from wms.people.tables import User


@dataclass(frozen=True)
class House:
    """The places of the warehouse."""

    warehouse: int
    shelf: int
    pack: int
    bench: int


@pytest.fixture
def people(database):
    def do(session):
        pair = [User(name=name, created_at=NOON) for name in ("Tess", "Uwe")]
        session.add_all(pair)
        session.flush()
        return [one.id for one in pair]

    return done(database, do)


@pytest.fixture
def house(database, people):
    warehouse = a_warehouse(database)
    return House(
        warehouse,
        a_bin(database, warehouse, "A-01"),
        a_place(database, warehouse, "PACK-1", Kind.BENCH),
        a_place(database, warehouse, "RET-1", Kind.BENCH, role=Role.RETURNS),
    )


@pytest.fixture
def mug(database, house):
    item = an_item(database, "MUG", name="Mug with a blue rim")
    shelve(database, item, house.shelf, 20)
    return item


@pytest.fixture
def bowl(database, house):
    item = an_item(database, "BOWL", name="Bowl")
    shelve(database, item, house.shelf, 20)
    return item
