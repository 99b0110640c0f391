"""How people reach stock: what moved and what lies where, moving and correcting it, taking moves back, files."""

from wms.stock.web import correcting, files, inventory, kits, moves, moving
from wms.stock.web.blueprint import pages

__all__ = ["correcting", "files", "inventory", "kits", "moves", "moving", "pages"]
