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
    TAKE_BACK = "take_back"
    REOPEN = "reopen"


State, Verb = AllocationState, AllocationVerb

OPEN = frozenset({State.SOFT, State.HARD})
"""A promise that stands. All others are over, though some of them can be made to stand again."""

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
            Verb.TAKE_BACK: State.HARD,
        },
        State.EXPIRED: {},
        State.RELEASED: {Verb.REOPEN: State.HARD},
        State.CONSUMED: {Verb.TAKE_BACK: State.HARD},
    },
)
