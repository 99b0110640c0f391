"""A floor with bins, totes, a cart, a lane and two pickers."""

import pytest

from tests.wms.picking.walking import Floor


@pytest.fixture
def floor(database):
    return Floor(database)
