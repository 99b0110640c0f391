"""The life of a call to the outside world that has no row of its own."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where a call stands."""

    PENDING = "pending"
    IN_FLIGHT = "in_flight"
    IN_DOUBT = "in_doubt"
    DONE = "done"
    DEAD = "dead"


class Verb(StrEnum):
    """What can happen to a call."""

    TAKE = "take"
    OK = "ok"
    DEFINITE_NO = "definite_no"
    RETRYABLE = "retryable"
    NO_ANSWER = "no_answer"
    LEASE_EXPIRED = "lease_expired"
    PROVED_DONE = "proved_done"
    PROVED_ABSENT = "proved_absent"
    GIVE_UP = "give_up"
    REPLAY = "replay"


LIFECYCLE = Lifecycle(
    "outside call",
    {
        State.PENDING: {Verb.TAKE: State.IN_FLIGHT},
        State.IN_FLIGHT: {
            Verb.OK: State.DONE,
            Verb.DEFINITE_NO: State.DEAD,
            Verb.RETRYABLE: State.PENDING,
            Verb.NO_ANSWER: State.IN_DOUBT,
            Verb.LEASE_EXPIRED: State.IN_DOUBT,
        },
        State.IN_DOUBT: {
            Verb.PROVED_DONE: State.DONE,
            Verb.PROVED_ABSENT: State.PENDING,
            Verb.GIVE_UP: State.DEAD,
        },
        State.DONE: {},
        State.DEAD: {Verb.REPLAY: State.PENDING},
    },
)
