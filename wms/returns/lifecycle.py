"""Which life a return has: announced, on its way, on our bench, looked at, and every unit put where it belongs."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where the goods of a return are. A return that nobody announced begins at `arrived`."""

    ANNOUNCED = "announced"
    LABEL_SENT = "label_sent"
    IN_TRANSIT = "in_transit"
    LOST = "lost"
    ARRIVED = "arrived"
    INSPECTING = "inspecting"
    GRADED = "graded"
    DISPOSED = "disposed"
    CANCELLED = "cancelled"
    NOT_RETURNED = "not_returned"


class Verb(StrEnum):
    """What can happen to a return."""

    SEND_LABEL = "send_label"
    CARRIER_SCAN = "carrier_scan"
    ARRIVE = "arrive"
    CANCEL = "cancel"
    EXPIRE = "expire"
    WRITE_OFF = "write_off"
    INSPECT = "inspect"
    GRADE_ALL = "grade_all"
    REGRADE = "regrade"
    DISPOSE_ALL = "dispose_all"


LIFECYCLE = Lifecycle(
    "return",
    {
        State.ANNOUNCED: {
            Verb.SEND_LABEL: State.LABEL_SENT,
            Verb.ARRIVE: State.ARRIVED,
            Verb.CANCEL: State.CANCELLED,
            Verb.EXPIRE: State.NOT_RETURNED,
        },
        State.LABEL_SENT: {
            Verb.CARRIER_SCAN: State.IN_TRANSIT,
            Verb.ARRIVE: State.ARRIVED,
            Verb.CANCEL: State.CANCELLED,
            Verb.EXPIRE: State.NOT_RETURNED,
        },
        State.IN_TRANSIT: {Verb.ARRIVE: State.ARRIVED, Verb.EXPIRE: State.LOST},
        State.LOST: {Verb.ARRIVE: State.ARRIVED, Verb.WRITE_OFF: State.NOT_RETURNED},
        State.ARRIVED: {Verb.INSPECT: State.INSPECTING},
        State.INSPECTING: {Verb.GRADE_ALL: State.GRADED},
        State.GRADED: {Verb.DISPOSE_ALL: State.DISPOSED, Verb.REGRADE: State.INSPECTING},
        State.DISPOSED: {},
        State.CANCELLED: {},
        State.NOT_RETURNED: {},
    },
)

COMING = (State.ANNOUNCED, State.LABEL_SENT, State.IN_TRANSIT, State.LOST)
"""Its parcel is not here yet."""

HERE = (State.ARRIVED, State.INSPECTING)
"""Its parcel is here, and not everything in it was looked at."""
