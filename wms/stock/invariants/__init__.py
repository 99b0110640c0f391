"""What must always hold of stock."""

from wms.stock.invariants import balances, moves, promises, sealed

INVARIANTS = (
    *moves.INVARIANTS,
    *balances.INVARIANTS,
    *promises.INVARIANTS,
    *sealed.INVARIANTS,
)

__all__ = ["INVARIANTS"]
