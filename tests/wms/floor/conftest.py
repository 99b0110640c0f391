"""A house with two bells in two bins, and somebody who rings them."""

import pytest

from tests import kit, visitors
from tests.floor_bells import Bells, a_floor
from wms.floor.process import Worker


@pytest.fixture
def bells():
    return Bells()


@pytest.fixture
def built(house):
    """Something to scan, on both databases."""
    return build(house)


@pytest.fixture
def lite_built(lite_house):
    """Something to scan."""
    return build(lite_house)


def build(house):
    warehouse = kit.a_warehouse(house.database)
    for code in ("A-01-01-1", "A-01-02-1"):
        place = kit.a_bin(house.database, warehouse, code)
    item = kit.an_item(house.database, "BELL", name="Brass bell")
    kit.shelve(house.database, item, place, 7)
    return warehouse


@pytest.fixture
def app(lite_house, lite_built, bells):
    made = visitors.open_app(lite_house)
    made.extensions["floor"] = a_floor(bells)
    return made


@pytest.fixture
def worker(house, built):
    return Worker(visitors.a_person(house), "Mia", frozenset({"picker"}))
