"""Which life a print job has: waiting, on its way to the printer, out, proved; or unsure, until somebody says."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where a sheet stands. `sending` is committed before the first byte goes out."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"


class Verb(StrEnum):
    """What can be done with a print job."""

    SEND = "send"
    REROUTE = "reroute"
    CANCEL = "cancel"
    WRITTEN = "written"
    ERROR_BEFORE_ANY_BYTE = "error_before_any_byte"
    ERROR_MID_STREAM = "error_mid_stream"
    LEASE_EXPIRED = "lease_expired"
    STATUS_OK = "status_ok"
    STATUS_BAD = "status_bad"
    LABEL_SCANNED = "label_scanned"
    OPERATOR_YES = "operator_yes"
    OPERATOR_NO = "operator_no"
    ABANDON = "abandon"
    VOID = "void"
    UNPRINTABLE = "unprintable"


LIFECYCLE = Lifecycle(
    "print job",
    {
        State.QUEUED: {
            Verb.SEND: State.SENDING,
            Verb.REROUTE: State.QUEUED,
            Verb.CANCEL: State.CANCELLED,
            Verb.LABEL_SCANNED: State.CONFIRMED,
            Verb.VOID: State.CANCELLED,
        },
        State.SENDING: {
            Verb.WRITTEN: State.SENT,
            Verb.ERROR_BEFORE_ANY_BYTE: State.QUEUED,
            Verb.ERROR_MID_STREAM: State.UNSURE,
            Verb.LEASE_EXPIRED: State.UNSURE,
            Verb.LABEL_SCANNED: State.CONFIRMED,
            Verb.VOID: State.ABANDONED,
            Verb.UNPRINTABLE: State.ABANDONED,
        },
        State.SENT: {
            Verb.STATUS_OK: State.CONFIRMED,
            Verb.STATUS_BAD: State.UNSURE,
            Verb.LABEL_SCANNED: State.CONFIRMED,
            Verb.OPERATOR_YES: State.CONFIRMED,
            Verb.OPERATOR_NO: State.QUEUED,
            Verb.ABANDON: State.ABANDONED,
            Verb.VOID: State.ABANDONED,
        },
        State.UNSURE: {
            Verb.OPERATOR_YES: State.CONFIRMED,
            Verb.OPERATOR_NO: State.QUEUED,
            Verb.LABEL_SCANNED: State.CONFIRMED,
            Verb.ABANDON: State.ABANDONED,
            Verb.VOID: State.ABANDONED,
        },
        State.CONFIRMED: {},
        State.CANCELLED: {},
        State.ABANDONED: {},
    },
)
