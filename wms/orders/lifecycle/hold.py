"""Which life a reason to stop has."""

from enum import StrEnum

from wms.kernel.lifecycle import Lifecycle


class HoldState(StrEnum):
    """How one reason to stop stands."""

    ACTIVE = "active"
    ESCALATED = "escalated"
    LIFTED = "lifted"
    OVERTURNED = "overturned"
    EXPIRED = "expired"


class HoldVerb(StrEnum):
    """What can be done about it."""

    LIFT = "lift"
    ESCALATE = "escalate"
    OVERTURN = "overturn"
    EXPIRE = "expire"


HOLD = Lifecycle(
    "hold",
    {
        HoldState.ACTIVE: {
            HoldVerb.LIFT: HoldState.LIFTED,
            HoldVerb.ESCALATE: HoldState.ESCALATED,
            HoldVerb.OVERTURN: HoldState.OVERTURNED,
            HoldVerb.EXPIRE: HoldState.EXPIRED,
        },
        HoldState.ESCALATED: {
            HoldVerb.LIFT: HoldState.LIFTED,
            HoldVerb.OVERTURN: HoldState.OVERTURNED,
        },
        HoldState.LIFTED: {},
        HoldState.OVERTURNED: {},
        HoldState.EXPIRED: {},
    },
)
