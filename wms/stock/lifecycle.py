"""The life of a promise of stock."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class AllocationState(StrEnum):
    """How a promise stands. Soft and hard ones are open; the others are over."""

    SOFT = "soft"
    HARD = "hard"
    EXPIRED = "expired"
    RELEASED = "released"
    CONSUMED = "consumed"


class AllocationVerb(StrEnum):
    """What can happen to a promise."""

    PROMOTE = "promote"
    EXPIRE = "expire"
    RELEASE = "release"
    CONSUME = "consume"
    RELOCATE = "relocate"


State, Verb = AllocationState, AllocationVerb

ALLOCATION = Lifecycle(
    "promise",
    {
        State.SOFT: {
            Verb.PROMOTE: State.HARD,
            Verb.EXPIRE: State.EXPIRED,
            Verb.RELEASE: State.RELEASED,
        },
        State.HARD: {
            Verb.CONSUME: State.CONSUMED,
            Verb.RELEASE: State.RELEASED,
            Verb.RELOCATE: State.HARD,
        },
        State.EXPIRED: {},
        State.RELEASED: {},
        State.CONSUMED: {},
    },
)
