"""What must always hold of orders, of what stops them, and of what this warehouse works on for them."""

from wms.orders.invariants import intake

INVARIANTS = (*intake.INVARIANTS,)

__all__ = ["INVARIANTS"]
