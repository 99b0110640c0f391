"""Which life a move task has: waiting, somebody's, in their hands, done."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where a move task stands. Whatever is in hand is in somebody's hands by the ledger, too."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    IN_HAND = "in_hand"
    DONE = "done"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What can be done with a move task."""

    CLAIM = "claim"
    RELEASE_LEASE = "release_lease"
    LIFT = "lift"
    SHORT = "short"
    PUT_DOWN_SOURCE = "put_down_source"
    REDIRECT = "redirect"
    DROP = "drop"
    UNDO_DROP = "undo_drop"
    CANCEL = "cancel"


LIFECYCLE = Lifecycle(
    "move task",
    {
        State.QUEUED: {Verb.CLAIM: State.ASSIGNED, Verb.CANCEL: State.CANCELLED},
        State.ASSIGNED: {
            Verb.LIFT: State.IN_HAND,
            Verb.RELEASE_LEASE: State.QUEUED,
            Verb.SHORT: State.DONE,
            Verb.CANCEL: State.CANCELLED,
        },
        State.IN_HAND: {
            Verb.DROP: State.DONE,
            Verb.REDIRECT: State.IN_HAND,
            Verb.PUT_DOWN_SOURCE: State.ASSIGNED,
        },
        State.DONE: {Verb.UNDO_DROP: State.IN_HAND},
        State.CANCELLED: {},
    },
)

OVER = frozenset({State.DONE, State.CANCELLED})
"""States in which nothing is left to do, as long as nobody takes a drop back."""
