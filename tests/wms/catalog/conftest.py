"""One application for all tests of the catalog: putting it together takes longer than most of them."""

from typing import Any

import pytest

from tests import visitors
from wms.kernel.services import Services
from wms.people.door import limiter

_built: list[Any] = []


@pytest.fixture
def app(lite_house: Services) -> Any:
    """The whole application, at home in this test's house."""
    if not _built:
        _built.append(visitors.open_app(lite_house))
    _built[0].extensions["wms"] = lite_house
    limiter.reset()
    return _built[0]
