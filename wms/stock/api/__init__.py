"""How machines reach stock: what they post and promise, what they ask."""

from wms.stock.api import allocations, corrections, history, inventory, kits, moves, promises
from wms.stock.api.blueprint import api

__all__ = ["allocations", "api", "corrections", "history", "inventory", "kits", "moves", "promises"]
