"""A floor on which orders wait."""

import pytest

from tests.wms.waves import making


@pytest.fixture
def here(database):
    return making.a_floor(database)
