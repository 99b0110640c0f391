"""The lives of a case: open, somebody's, closed."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    CLOSED = "closed"


class Verb(StrEnum):
    """What can be done with a case."""

    ASSIGN = "assign"
    RELEASE = "release"
    CLOSE = "close"
    REOPEN = "reopen"


LIFECYCLE = Lifecycle(
    "case",
    {
        State.OPEN: {Verb.ASSIGN: State.ASSIGNED, Verb.CLOSE: State.CLOSED},
        State.ASSIGNED: {
            Verb.ASSIGN: State.ASSIGNED,
            Verb.RELEASE: State.OPEN,
            Verb.CLOSE: State.CLOSED,
        },
        State.CLOSED: {Verb.REOPEN: State.OPEN},
    },
)
