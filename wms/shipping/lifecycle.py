"""Which lives a label can have, from the wish to the truck, and what carriers can say of a parcel on its way."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where the purchase of a label stands. `in_doubt`: it may be bought, and nobody buys again until that is known."""

    DRAFT = "draft"
    RATED = "rated"
    BUYING = "buying"
    IN_DOUBT = "in_doubt"
    BOUGHT = "bought"
    VOID_REQUESTED = "void_requested"
    VOID_REFUSED = "void_refused"
    HANDED_OVER = "handed_over"
    VOIDED = "voided"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class Verb(StrEnum):
    """What can happen to the purchase of a label."""

    RECORD = "record"
    RATE = "rate"
    RERATE = "rerate"
    REFUSE_RATES = "refuse_rates"
    """No carrier offers anything, or none that fits."""
    SUPERSEDE = "supersede"
    BUY = "buy"
    CARRIER_OK = "carrier_ok"
    CARRIER_REFUSED = "carrier_refused"
    NOT_SENT = "not_sent"
    """Proven that the request did not get through: nothing was bought, and the same rate may be bought later."""
    NO_ANSWER = "no_answer"
    FOUND = "found"
    STILL_QUEUED = "still_queued"
    NOT_FOUND = "not_found"
    VOID = "void"
    HAND_OVER = "hand_over"
    REFUND_OK = "refund_ok"
    REFUND_REFUSED = "refund_refused"
    RETRY_VOID = "retry_void"
    WRITE_OFF = "write_off"


PURCHASE = Lifecycle(
    "label",
    {
        State.DRAFT: {
            Verb.RECORD: State.BOUGHT,
            Verb.RATE: State.RATED,
            Verb.REFUSE_RATES: State.FAILED,
            Verb.SUPERSEDE: State.SUPERSEDED,
        },
        State.RATED: {
            Verb.RECORD: State.BOUGHT,
            Verb.RERATE: State.RATED,
            Verb.BUY: State.BUYING,
            Verb.REFUSE_RATES: State.FAILED,
            Verb.SUPERSEDE: State.SUPERSEDED,
        },
        State.BUYING: {
            Verb.CARRIER_OK: State.BOUGHT,
            Verb.CARRIER_REFUSED: State.FAILED,
            Verb.NOT_SENT: State.RATED,
            Verb.NO_ANSWER: State.IN_DOUBT,
        },
        State.IN_DOUBT: {
            Verb.FOUND: State.BOUGHT,
            Verb.STILL_QUEUED: State.IN_DOUBT,
            Verb.CARRIER_REFUSED: State.FAILED,
            Verb.NOT_FOUND: State.FAILED,
        },
        State.BOUGHT: {
            Verb.VOID: State.VOID_REQUESTED,
            Verb.HAND_OVER: State.HANDED_OVER,
        },
        State.VOID_REQUESTED: {
            Verb.REFUND_OK: State.VOIDED,
            Verb.REFUND_REFUSED: State.VOID_REFUSED,
            Verb.HAND_OVER: State.HANDED_OVER,
        },
        State.VOID_REFUSED: {
            Verb.RETRY_VOID: State.VOID_REQUESTED,
            Verb.WRITE_OFF: State.VOIDED,
        },
        State.HANDED_OVER: {},
        State.VOIDED: {},
        State.FAILED: {},
        State.SUPERSEDED: {},
    },
)

LIVE = frozenset(
    {State.DRAFT, State.RATED, State.BUYING, State.IN_DOUBT, State.BOUGHT, State.HANDED_OVER}
)
"""A package has at most one label in these states; the index of the table says the same."""

UNSETTLED = frozenset({State.BUYING, State.IN_DOUBT})
"""Nobody knows yet whether money was spent."""


class Tracking(StrEnum):
    """Where a parcel is, as its carrier tells it."""

    UNKNOWN = "unknown"
    PRE_TRANSIT = "pre_transit"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    FAILURE = "failure"
    DELIVERED = "delivered"
    RETURNED = "returned"


class Told(StrEnum):
    """What a carrier can say, by the state that it means."""

    PRE_TRANSIT = "pre_transit"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    FAILURE = "failure"
    DELIVERED = "delivered"
    RETURNED = "returned"


_ANYWHERE: dict[Told, Tracking] = {told: Tracking(told.value) for told in Told}
_ON_THE_WAY: dict[Told, Tracking] = {
    told: _ANYWHERE[told] for told in Told if told is not Told.PRE_TRANSIT
}

TRACKING: Lifecycle[Tracking, Told] = Lifecycle(
    "parcel",
    {
        Tracking.UNKNOWN: _ANYWHERE,
        Tracking.PRE_TRANSIT: _ANYWHERE,
        Tracking.IN_TRANSIT: _ON_THE_WAY,
        Tracking.OUT_FOR_DELIVERY: _ON_THE_WAY,
        Tracking.FAILURE: _ON_THE_WAY,
        Tracking.DELIVERED: {Told.RETURNED: Tracking.RETURNED},
        Tracking.RETURNED: {},
    },
)
"""What may follow what, in the order of the carrier's own clock. Delivered yields only to returned."""
