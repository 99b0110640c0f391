"""How machines reach picking."""

from wms.picking.api import releasing, runs
from wms.picking.api.blueprint import api

__all__ = ["api", "releasing", "runs"]
