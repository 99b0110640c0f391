"""Which lives orders, their payment, their holds and their fulfillment orders can have."""

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


class Payment(StrEnum):
    """How the money of an order stands."""

    UNPAID = "unpaid"
    AUTHORIZED = "authorized"
    PAID = "paid"
    FAILED = "failed"
    VOIDED = "voided"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"


class PaymentVerb(StrEnum):
    """What can happen to the money."""

    AUTHORIZE = "authorize"
    CAPTURE = "capture"
    FAIL = "fail"
    VOID = "void"
    EXPIRE = "expire"
    REFUND_PART = "refund_part"
    REFUND_ALL = "refund_all"


PAYMENT = Lifecycle(
    "payment",
    {
        Payment.UNPAID: {
            PaymentVerb.AUTHORIZE: Payment.AUTHORIZED,
            PaymentVerb.CAPTURE: Payment.PAID,
            PaymentVerb.FAIL: Payment.FAILED,
            PaymentVerb.VOID: Payment.VOIDED,
        },
        Payment.FAILED: {
            PaymentVerb.AUTHORIZE: Payment.AUTHORIZED,
            PaymentVerb.CAPTURE: Payment.PAID,
            PaymentVerb.VOID: Payment.VOIDED,
        },
        Payment.AUTHORIZED: {
            PaymentVerb.CAPTURE: Payment.PAID,
            PaymentVerb.VOID: Payment.VOIDED,
            PaymentVerb.EXPIRE: Payment.FAILED,
        },
        Payment.PAID: {
            PaymentVerb.REFUND_PART: Payment.PARTLY_REFUNDED,
            PaymentVerb.REFUND_ALL: Payment.REFUNDED,
        },
        Payment.PARTLY_REFUNDED: {
            PaymentVerb.REFUND_PART: Payment.PARTLY_REFUNDED,
            PaymentVerb.REFUND_ALL: Payment.REFUNDED,
        },
        Payment.VOIDED: {},
        Payment.REFUNDED: {},
    },
)


class HoldState(StrEnum):
    """How one reason to stop stands."""

    ACTIVE = "active"
    ESCALATED = "escalated"
    LIFTED = "lifted"
    OVERTURNED = "overturned"
    EXPIRED = "expired"


class HoldVerb(StrEnum):
    """What can be done about it."""

    LIFT = "lift"
    ESCALATE = "escalate"
    OVERTURN = "overturn"
    EXPIRE = "expire"


HOLD = Lifecycle(
    "hold",
    {
        HoldState.ACTIVE: {
            HoldVerb.LIFT: HoldState.LIFTED,
            HoldVerb.ESCALATE: HoldState.ESCALATED,
            HoldVerb.OVERTURN: HoldState.OVERTURNED,
            HoldVerb.EXPIRE: HoldState.EXPIRED,
        },
        HoldState.ESCALATED: {
            HoldVerb.LIFT: HoldState.LIFTED,
            HoldVerb.OVERTURN: HoldState.OVERTURNED,
        },
        HoldState.LIFTED: {},
        HoldState.OVERTURNED: {},
        HoldState.EXPIRED: {},
    },
)


class FoState(StrEnum):
    """How far the part of an order is that one warehouse works on."""

    OPEN = "open"
    ALLOCATED = "allocated"
    BACKORDERED = "backordered"
    RELEASED = "released"
    PICKING = "picking"
    PICKED = "picked"
    AWAITING_STOCK = "awaiting_stock"
    PACKING = "packing"
    PACKED = "packed"
    REVOKING = "revoking"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"


class FoVerb(StrEnum):
    """What can happen to it."""

    ALLOCATE_ALL = "allocate_all"
    NO_STOCK = "no_stock"
    STOCK_ARRIVED = "stock_arrived"
    DEALLOCATE = "deallocate"
    CANCEL = "cancel"
    RELEASE = "release"
    UNRELEASE = "unrelease"
    FIRST_PICK = "first_pick"
    ALL_LINES_RESOLVED = "all_lines_resolved"
    ALL_SHORT = "all_short"
    SHORT_WAIT = "short_wait"
    SHORT_SPLIT = "short_split"
    LATE_PICK_DONE = "late_pick_done"
    SHIP_PARTIAL = "ship_partial"
    UNDO_PICKS = "undo_picks"
    START_PACK = "start_pack"
    ALL_PACKAGES_CLOSED = "all_packages_closed"
    REOPEN = "reopen"
    MISPACK_FOUND = "mispack_found"
    UNDO_PACKING = "undo_packing"
    ALL_MISSING = "all_missing"
    """Nothing of what was picked is in the tote."""
    FOUND_AGAIN = "found_again"
    """What was missing is in the tote after all."""
    HAND_OVER = "hand_over"
    REVOKE = "revoke"
    SETTLE = "settle"


FO = Lifecycle(
    "fulfillment order",
    {
        FoState.OPEN: {
            FoVerb.ALLOCATE_ALL: FoState.ALLOCATED,
            FoVerb.NO_STOCK: FoState.BACKORDERED,
            FoVerb.FOUND_AGAIN: FoState.PICKED,
            FoVerb.CANCEL: FoState.CANCELLED,
        },
        FoState.ALLOCATED: {
            FoVerb.RELEASE: FoState.RELEASED,
            FoVerb.DEALLOCATE: FoState.OPEN,
            FoVerb.CANCEL: FoState.CANCELLED,
        },
        FoState.BACKORDERED: {
            FoVerb.STOCK_ARRIVED: FoState.OPEN,
            FoVerb.FOUND_AGAIN: FoState.PICKED,
            FoVerb.CANCEL: FoState.CANCELLED,
        },
        FoState.RELEASED: {
            FoVerb.FIRST_PICK: FoState.PICKING,
            FoVerb.UNRELEASE: FoState.ALLOCATED,
            FoVerb.ALL_SHORT: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PICKING: {
            FoVerb.ALL_LINES_RESOLVED: FoState.PICKED,
            FoVerb.ALL_SHORT: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PICKED: {
            FoVerb.UNDO_PICKS: FoState.PICKING,
            FoVerb.SHORT_WAIT: FoState.AWAITING_STOCK,
            FoVerb.SHORT_SPLIT: FoState.PICKED,
            FoVerb.START_PACK: FoState.PACKING,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.AWAITING_STOCK: {
            FoVerb.LATE_PICK_DONE: FoState.PICKED,
            FoVerb.SHIP_PARTIAL: FoState.PICKED,
            FoVerb.ALL_MISSING: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PACKING: {
            FoVerb.ALL_PACKAGES_CLOSED: FoState.PACKED,
            FoVerb.MISPACK_FOUND: FoState.PICKED,
            FoVerb.UNDO_PACKING: FoState.PICKED,
            FoVerb.ALL_MISSING: FoState.BACKORDERED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.PACKED: {
            FoVerb.REOPEN: FoState.PACKING,
            FoVerb.HAND_OVER: FoState.SHIPPED,
            FoVerb.REVOKE: FoState.REVOKING,
        },
        FoState.REVOKING: {FoVerb.SETTLE: FoState.CANCELLED},
        FoState.SHIPPED: {},
        FoState.CANCELLED: {},
    },
)
