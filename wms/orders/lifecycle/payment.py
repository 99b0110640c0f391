"""Which life the money of an order has, beside the goods."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


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
