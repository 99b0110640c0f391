"""A house whose pages are opened by somebody who leads, or by a picker."""

import pytest

from tests.visitors import as_role, open_app
from wms.people.policy import Role


@pytest.fixture
def app(lite_house):
    return open_app(lite_house)


@pytest.fixture
def lead(app, lite_house):
    return as_role(app, lite_house, Role.ADMIN)


@pytest.fixture
def picker(app, lite_house):
    return as_role(app, lite_house, Role.PICKER)
