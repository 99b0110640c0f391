import pytest

from tests.wms.shipping.standin.trips import KEY
from wms.shipping.gateway import Gateway
from wms.shipping.standin.serving import Standin

SECRET = "they-know-that-too"


@pytest.fixture
def standin():
    with Standin(hook_secret=SECRET) as running:
        yield running


@pytest.fixture
def gateway(standin):
    return Gateway(KEY, standin.url, read_s=5)
