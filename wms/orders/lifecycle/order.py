"""Which life an order has. Most of it follows from its fulfillment orders."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class OrderState(StrEnum):
    """How far an order is. The middle ones follow from its fulfillment orders."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    IN_FULFILLMENT = "in_fulfillment"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class OrderVerb(StrEnum):
    """What can happen to an order. `follow` verbs are derived, in the transaction of their cause."""

    ACCEPT = "accept"
    CANCEL = "cancel"
    BEGIN = "begin"
    SHIP_PART = "ship_part"
    SHIP_REST = "ship_rest"
    ALL_CANCELLED = "all_cancelled"
    STAND_DOWN = "stand_down"
    DELIVER = "deliver"
    CLOSE = "close"


ORDER = Lifecycle(
    "order",
    {
        OrderState.RECEIVED: {
            OrderVerb.ACCEPT: OrderState.ACCEPTED,
            OrderVerb.CANCEL: OrderState.CANCELLED,
        },
        OrderState.ACCEPTED: {
            OrderVerb.BEGIN: OrderState.IN_FULFILLMENT,
            OrderVerb.CANCEL: OrderState.CANCELLED,
            OrderVerb.ALL_CANCELLED: OrderState.CANCELLED,
        },
        OrderState.IN_FULFILLMENT: {
            OrderVerb.CANCEL: OrderState.IN_FULFILLMENT,
            OrderVerb.SHIP_PART: OrderState.PARTLY_SHIPPED,
            OrderVerb.SHIP_REST: OrderState.SHIPPED,
            OrderVerb.ALL_CANCELLED: OrderState.CANCELLED,
            OrderVerb.STAND_DOWN: OrderState.ACCEPTED,
        },
        OrderState.PARTLY_SHIPPED: {OrderVerb.SHIP_REST: OrderState.SHIPPED},
        OrderState.SHIPPED: {
            OrderVerb.DELIVER: OrderState.DELIVERED,
            OrderVerb.CLOSE: OrderState.CLOSED,
        },
        OrderState.DELIVERED: {OrderVerb.CLOSE: OrderState.CLOSED},
        OrderState.CANCELLED: {},
        OrderState.CLOSED: {},
    },
)
