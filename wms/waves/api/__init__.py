"""How machines reach waves."""

from wms.waves.api import waves
from wms.waves.api.blueprint import api

__all__ = ["api", "waves"]
