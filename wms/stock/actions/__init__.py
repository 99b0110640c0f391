"""What people and machines do with stock."""

from wms.stock.actions.posting import post
from wms.stock.actions.promising import allocate
from wms.stock.actions.shortfalls import NotEnoughStock, PromiseOver, SerialElsewhere

__all__ = ["NotEnoughStock", "PromiseOver", "SerialElsewhere", "allocate", "post"]
