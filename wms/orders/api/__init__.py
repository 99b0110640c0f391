"""How machines reach orders: what comes in, what changes, what stops, and where it comes from."""

from wms.orders.api import changing, channels, fos, holds, orders
from wms.orders.api.blueprint import api

__all__ = ["api", "changing", "channels", "fos", "holds", "orders"]
