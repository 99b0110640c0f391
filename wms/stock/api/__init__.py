"""How machines reach stock: what they post and promise, what they ask."""

from wms.stock.api import allocations, moves
from wms.stock.api.blueprint import api

__all__ = ["allocations", "api", "moves"]
