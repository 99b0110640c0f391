"""Goods on a shelf that the files of these tests speak of."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests import visitors
from tests.kit import NOON, a_bin, a_warehouse, an_item, done, shelve
from wms.people.door import limiter
from wms.people.tables import User

_built: list[Any] = []


@pytest.fixture
def app(lite_house):
    """The whole application, at home in this test's house."""
    if not _built:
        _built.append(visitors.open_app(lite_house))
    _built[0].extensions["wms"] = lite_house
    limiter.reset()
    return _built[0]


@dataclass(frozen=True)
class Shelf:
    """Where the goods lie, and the items by number."""

    warehouse: int
    place: int
    mug: int
    bowl: int


@pytest.fixture
def shelf(database):
    """Fifty mugs (M-1) and fifty bowls (85123A) in one bin."""
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    here = a_warehouse(database)
    place = a_bin(database, here)
    mug, bowl = an_item(database, "M-1"), an_item(database, "85123A")
    for item in (mug, bowl):
        shelve(database, item, place, 50)
    return Shelf(here, place, mug, bowl)


@pytest.fixture
def written(tmp_path):
    """Writes a file as it arrives."""

    def write(data, name="orders.csv"):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return file

    return write
