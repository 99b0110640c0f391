"""What must always hold of orders, of what stops them, and of what this warehouse works on for them."""

from wms.orders.invariants import fulfilling, intake

INVARIANTS = (*intake.INVARIANTS, *fulfilling.INVARIANTS)

__all__ = ["INVARIANTS"]
