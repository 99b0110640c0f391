"""Calls to the outside world: the wish is committed with its cause, the call is made after, what came of it is recorded.

States and verbs are those of the domain's OutboxCall. A peer that may have acted although it did not answer is never
called again blindly: the call is in doubt until a reading call proves what happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wms.kernel.clock import Clock
from wms.kernel.commands import housekeeping
from wms.kernel.database import Database
from wms.kernel.lifecycle import Lifecycle
from wms.kernel.tables import OutboxCall
from wms.kernel.wire import assert_no_write

LEASE = timedelta(seconds=60)
"""Longer than the longest time-out of any wire, so that a lease that ran out means a worker that died."""

SETTLE = timedelta(seconds=120)
"""How long a peer may need until a reading call that finds nothing can be believed."""

TRIES = 10
"""How often a call that its peer refuses for the moment is made before a person must look at it."""

LONGEST_BACK_OFF_S = 3600


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


@dataclass(frozen=True)
class Outcome:
    """What came of a call: one of ok, definite_no, retryable, no_answer; of a look-up proved_done or proved_absent."""

    verb: Verb
    answer: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True)
class Call:
    """How one kind of call is made. `look_up` asks the peer what became of it; a peer that takes the same key twice
    without acting twice needs none (`is_repeatable`)."""

    make: Callable[[str, Mapping[str, Any]], Outcome]
    look_up: Callable[[str, Mapping[str, Any]], Outcome] | None = None
    is_repeatable: bool = False


def ask(session: Session, kind: str, *, key: str, payload: Mapping[str, Any], at: datetime) -> None:
    """Wish for a call, in the transaction of its cause. The key names it for ever: asked twice, made once."""
    if session.scalar(select(OutboxCall.id).where(OutboxCall.key == key)) is None:
        row = OutboxCall(
            kind=kind,
            state=State.PENDING,
            key=key,
            payload=dict(payload),
            due_at=at,
            lease_until=at,
            recorded_at=at,
            changed_at=at,
        )
        session.add(row)
        session.info["wake"] = True


def make_due(database: Database, calls: Mapping[str, Call], clock: Clock) -> bool:
    """Make one call that is due, or look up one in doubt; returns whether there was one."""
    claimed = _claim(database, calls, clock)
    if claimed is None:
        return False
    call = calls[claimed.kind]
    assert_no_write()
    wire = call.look_up if claimed.state == State.IN_DOUBT and call.look_up else call.make
    outcome = wire(claimed.key, claimed.payload)
    record = housekeeping("calls.record", at=clock.now())
    database.write(record, lambda session: _record(session, claimed, outcome, clock.now()))
    return True


@dataclass(frozen=True)
class Claimed:
    """A call that is ours until `lease_until`: who comes back later writes nothing."""

    id: int
    kind: str
    key: str
    state: str
    payload: Mapping[str, Any]
    tries: int
    lease_until: datetime


def _claim(database: Database, calls: Mapping[str, Call], clock: Clock) -> Claimed | None:
    now = clock.now()
    due = _due(calls, now)
    with database.read() as session:
        if session.scalar(due) is None:
            return None
    return database.write(housekeeping("calls.claim", at=now), lambda s: _take(s, calls, due, now)).value


def _due(calls: Mapping[str, Call], now: datetime) -> Any:
    open_states = (State.PENDING, State.IN_FLIGHT, State.IN_DOUBT)
    return (
        select(OutboxCall.id)
        .where(OutboxCall.state.in_(open_states), OutboxCall.kind.in_(list(calls)))
        .where(OutboxCall.due_at <= now, OutboxCall.lease_until <= now)
        .order_by(OutboxCall.due_at, OutboxCall.id)
        .limit(1)
    )
