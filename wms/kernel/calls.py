"""Calls to the outside world: wished for in the commit of their cause, made after it, recorded in one of their own.

A peer that may have acted although it did not answer is never called again blindly: the call is in doubt until a
reading call proves what happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select, text, update
from sqlalchemy.orm import Session

from wms.kernel.back_off import back_off
from wms.kernel.call_lifecycle import LIFECYCLE, State, Verb
from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.kernel.events import OutboxCallDied, OutboxCallDone, OutboxCallReplayed
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound
from wms.kernel.tables import OPEN_CALL, OutboxCall
from wms.kernel.wire import assert_no_write

LEASE = timedelta(seconds=60)
"""Longer than the longest time-out of any wire, so that a lease that ran out means a worker that died."""

SETTLE = timedelta(seconds=120)
"""How long a peer may need until a reading call that finds nothing can be believed."""

TRIES = 10
"""How often a call that its peer refuses for the moment is made before a person must look at it."""

ABSENT_READS = 2
"""How often a reading call must find nothing, after SETTLE, before "it was never done" is believed."""

TROUBLE_LIMIT = 500

LOOK_AGAIN = timedelta(seconds=30)
"""Between two reading calls about the same thing."""


@dataclass(frozen=True)
class Outcome:
    """What came of a call: one of ok, definite_no, retryable, no_answer; of a look-up proved_done or proved_absent."""

    verb: Verb
    answer: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True)
class Call:
    """How one kind of call is made, and how its peer is asked later what became of it (`look_up`).

    A peer that takes the same key twice without acting twice (`is_repeatable`) is simply called again.
    """

    make: Callable[[str, Mapping[str, Any]], Outcome]
    look_up: Callable[[str, Mapping[str, Any]], Outcome] | None = None
    is_repeatable: bool = False


def ask(session: Session, kind: str, *, key: str, payload: Mapping[str, Any], at: datetime) -> bool:
    """Wish for a call, in the transaction of its cause. The key names it for ever: asked twice, made once.

    Returns whether nobody wished for it before.
    """
    if session.scalar(select(OutboxCall.id).where(OutboxCall.key == key)) is not None:
        return False
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
    return True


def make_due(database: Database, calls: Mapping[str, Call], clock: Clock) -> bool:
    """Make one call that is due, or look up one in doubt; returns whether there was one."""
    now = clock.now()
    with database.read() as session:  # an idle house never takes the write lock
        if not calls or session.scalar(_due(calls, now)) is None:
            return False
    act = housekeeping("calls.claim", at=now)
    claimed = database.write(act, lambda session: _take(session, calls, now)).value
    if claimed is None:
        return True
    outcome = _ask_the_peer(calls[claimed.kind], claimed)
    told = housekeeping("calls.record", at=clock.now(), key=f"call:{claimed.id}:{claimed.tries}")
    database.write(told, lambda session: _record(session, calls, claimed, outcome, told.at))
    return True


def replay(session: Session, *, call_id: int, reason: str, by: int, at: datetime) -> None:
    """Let a dead call be made again, because somebody made sure that it can do no harm."""
    row = _row(session, call_id)
    _move(session, row, Verb.REPLAY, by=by, at=at)
    row.tries, row.absent_reads, row.due_at = 0, 0, at
    session.info["wake"] = True
    announce(session, OutboxCallReplayed(row.id, reason), by=by, at=at)


def give_up(session: Session, *, call_id: int, reason: str, by: int, at: datetime) -> None:
    """Stop asking what became of a call in doubt, because somebody found out otherwise."""
    row = _row(session, call_id)
    row.trouble = reason[:TROUBLE_LIMIT]
    _move(session, row, Verb.GIVE_UP, by=by, at=at)


def keep_only(session: Session, *, call_id: int, answer: Mapping[str, Any]) -> None:
    """Keep no more than this of what a call was answered, because the rest is worked in elsewhere."""
    _row(session, call_id).answer = dict(answer)


def end_leases(session: Session, *, at: datetime) -> None:
    """Take back what a worker that died had in hand. Only where it is certain that there is no other worker."""
    held = update(OutboxCall).where(OutboxCall.lease_until > at)
    session.execute(held.values(lease_until=at), execution_options={"synchronize_session": False})


@dataclass(frozen=True)
class Claimed:
    """A call that is ours until `lease_until`: who comes back later writes nothing."""

    id: int
    kind: str
    key: str
    state: State
    payload: Mapping[str, Any]
    tries: int
    lease_until: datetime


def _due(calls: Mapping[str, Call], now: datetime) -> Select[int]:
    can_be_asked = [kind for kind, call in calls.items() if call.look_up]
    return (
        select(OutboxCall.id)
        .where(text(OPEN_CALL), OutboxCall.kind.in_(list(calls)))
        .where(or_(OutboxCall.state != State.IN_DOUBT, OutboxCall.kind.in_(can_be_asked)))
        .where(OutboxCall.due_at <= now, OutboxCall.lease_until <= now)
        .order_by(OutboxCall.due_at, OutboxCall.id)
        .limit(1)
    )


def _take(session: Session, calls: Mapping[str, Call], now: datetime) -> Claimed | None:
    """Claim the next call. None where another worker was faster, or where its last worker died and that was seen to."""
    number = session.scalar(_due(calls, now).with_for_update(skip_locked=True))
    if number is None:
        return None
    row = session.get_one(OutboxCall, number)
    if row.state == State.IN_FLIGHT:
        _after(
            session,
            calls[row.kind],
            row,
            Outcome(Verb.LEASE_EXPIRED, trouble="its worker died"),
            now,
        )
        return None
    if row.state == State.PENDING:
        _move(session, row, Verb.TAKE, by=HOUSE, at=now)
        row.tries += 1
    row.lease_until = now + LEASE
    return Claimed(
        row.id, row.kind, row.key, State(row.state), row.payload, row.tries, row.lease_until
    )


def _ask_the_peer(call: Call, claimed: Claimed) -> Outcome:
    assert_no_write()
    if claimed.state == State.IN_DOUBT and call.look_up:
        return call.look_up(claimed.key, claimed.payload)
    return call.make(claimed.key, claimed.payload)


def _record(
    session: Session, calls: Mapping[str, Call], claimed: Claimed, outcome: Outcome, at: datetime
) -> None:
    ours = select(OutboxCall).where(
        OutboxCall.id == claimed.id,
        OutboxCall.state == claimed.state,
        OutboxCall.lease_until == claimed.lease_until,
        OutboxCall.tries == claimed.tries,
    )
    row = session.scalar(ours.with_for_update())
    if row is not None:
        _after(session, calls[row.kind], row, outcome, at)


def _after(session: Session, call: Call, row: OutboxCall, outcome: Outcome, at: datetime) -> None:
    """Take the row where its outcome leads, and say when to come back to it."""
    row.lease_until = at
    row.trouble = outcome.trouble[:TROUBLE_LIMIT] or None
    if row.state == State.IN_DOUBT:
        _after_look_up(session, row, outcome, at)
        return
    verb = _meant(call, row, outcome.verb)
    _move(session, row, verb, by=HOUSE, at=at)
    if verb is Verb.OK:
        row.answer = dict(outcome.answer)
    elif verb is Verb.RETRYABLE:
        row.due_at = at + back_off(row.tries, row.key)
    elif row.state == State.IN_DOUBT:
        row.absent_reads, row.due_at = 0, at + SETTLE


def _after_look_up(session: Session, row: OutboxCall, outcome: Outcome, at: datetime) -> None:
    if outcome.verb is Verb.PROVED_DONE:
        row.answer = dict(outcome.answer)
        _move(session, row, Verb.PROVED_DONE, by=HOUSE, at=at)
        return
    row.due_at = at + LOOK_AGAIN
    if outcome.verb is Verb.PROVED_ABSENT:
        row.absent_reads += 1
        if row.absent_reads >= ABSENT_READS:
            _move(session, row, Verb.PROVED_ABSENT, by=HOUSE, at=at)
            row.due_at = at


def _meant(call: Call, row: OutboxCall, said: Verb) -> Verb:
    """Return what an outcome means for this kind of call: who may be called twice is never in doubt."""
    if call.is_repeatable and said in (Verb.NO_ANSWER, Verb.LEASE_EXPIRED):
        said = Verb.RETRYABLE
    return Verb.DEFINITE_NO if said is Verb.RETRYABLE and row.tries >= TRIES else said


def _move(session: Session, row: OutboxCall, verb: Verb, *, by: int, at: datetime) -> None:
    state = transition(row, LIFECYCLE, verb)
    row.changed_at = at
    if state is State.DONE:
        announce(session, OutboxCallDone(row.id, row.kind, row.key), by=by, at=at)
    elif state is State.DEAD:
        announce(session, OutboxCallDied(row.id, row.kind, row.key), by=by, at=at)


def _row(session: Session, call_id: int) -> OutboxCall:
    row = session.get(OutboxCall, call_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row
