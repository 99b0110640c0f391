"""What somebody outside tells us is kept word for word before anybody thinks about it; told twice, it is kept once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import Lifecycle, transition
from wms.kernel.tables import InboxMessage

TROUBLE_LIMIT = 500


class State(StrEnum):
    """Where a message stands."""

    RECEIVED = "received"
    PARKED = "parked"
    """It is about something that nobody here knows yet."""
    DONE = "done"
    DEAD = "dead"


class Verb(StrEnum):
    """What can happen to a message."""

    ACT_ON = "act_on"
    PARK = "park"
    GIVE_UP = "give_up"


_WAYS = {Verb.ACT_ON: State.DONE, Verb.PARK: State.PARKED, Verb.GIVE_UP: State.DEAD}
LIFECYCLE = Lifecycle(
    "message", {State.RECEIVED: _WAYS, State.PARKED: _WAYS, State.DONE: {}, State.DEAD: {}}
)


def keep(
    session: Session, *, source: str, external_id: str, body: bytes, at: datetime
) -> tuple[int, bool]:
    """Keep a message; returns its number, and whether it is new."""
    known = session.scalar(
        select(InboxMessage.id).where(
            InboxMessage.source == source, InboxMessage.external_id == external_id
        )
    )
    if known is not None:
        return known, False
    row = InboxMessage(
        source=source,
        external_id=external_id,
        body=body,
        state=LIFECYCLE.start.value,
        due_at=at,
        received_at=at,
    )
    session.add(row)
    session.flush()
    return row.id, True


def done(row: InboxMessage, *, at: datetime) -> None:
    """Note that what a message says was acted on."""
    transition(row, LIFECYCLE, Verb.ACT_ON)
    row.done_at = at


def park(row: InboxMessage, *, until: datetime) -> None:
    """Put a message aside until it is looked at again."""
    transition(row, LIFECYCLE, Verb.PARK)
    row.due_at = until


def give_up(row: InboxMessage, trouble: str, *, at: datetime) -> None:
    """Note that nothing can be made of a message."""
    transition(row, LIFECYCLE, Verb.GIVE_UP)
    row.trouble, row.done_at = trouble[:TROUBLE_LIMIT], at
