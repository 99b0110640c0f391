"""Which lives orders, their payment, their holds and their fulfillment orders can have."""

from wms.orders.lifecycle.fo import FO, FoState, FoVerb
from wms.orders.lifecycle.hold import HOLD, HoldState, HoldVerb
from wms.orders.lifecycle.order import ORDER, OrderState, OrderVerb
from wms.orders.lifecycle.payment import PAYMENT, Payment, PaymentVerb

__all__ = [
    "FO",
    "HOLD",
    "ORDER",
    "PAYMENT",
    "FoState",
    "FoVerb",
    "HoldState",
    "HoldVerb",
    "OrderState",
    "OrderVerb",
    "Payment",
    "PaymentVerb",
]
