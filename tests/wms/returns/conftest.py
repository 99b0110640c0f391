"""A warehouse from which orders leave, with a bench for what comes back."""

import pytest

from tests.wms.returns.sending import House


@pytest.fixture
def house(database):
    return House(database)


@pytest.fixture
def people(house):
    """Return the numbers of those who work here."""
    return sorted(worker.id for worker in house.people.values())


@pytest.fixture
def mug(house):
    return house.items["MUG"]


@pytest.fixture
def bowl(house):
    return house.items["BOWL"]
