"""Which life a count has: asked for, counted by one person, again by another where it matters, booked."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class State(StrEnum):
    """Where a count stands."""

    REQUESTED = "requested"
    COUNTING = "counting"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    POSTED = "posted"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What can be done with a count."""

    CLAIM = "claim"
    CANCEL = "cancel"
    SUBMIT = "submit"
    RELEASE_LEASE = "release_lease"
    AUTO_ACCEPT = "auto_accept"
    ASK_RECOUNT = "ask_recount"
    REVIEW = "review"
    ACCEPT = "accept"
    POST = "post"


LIFECYCLE = Lifecycle(
    "count",
    {
        State.REQUESTED: {Verb.CLAIM: State.COUNTING, Verb.CANCEL: State.CANCELLED},
        State.COUNTING: {Verb.SUBMIT: State.SUBMITTED, Verb.RELEASE_LEASE: State.REQUESTED},
        State.SUBMITTED: {
            Verb.AUTO_ACCEPT: State.ACCEPTED,
            Verb.ASK_RECOUNT: State.REQUESTED,
            Verb.REVIEW: State.IN_REVIEW,
        },
        State.IN_REVIEW: {
            Verb.ACCEPT: State.ACCEPTED,
            Verb.ASK_RECOUNT: State.REQUESTED,
            Verb.CANCEL: State.CANCELLED,
        },
        State.ACCEPTED: {Verb.POST: State.POSTED},
        State.POSTED: {},
        State.CANCELLED: {},
    },
)
