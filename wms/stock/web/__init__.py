"""How people reach stock: what moved and what lies where, moving and correcting it, taking moves back."""

from wms.stock.web import correcting, inventory, moves, moving
from wms.stock.web.blueprint import pages

__all__ = ["correcting", "inventory", "moves", "moving", "pages"]
