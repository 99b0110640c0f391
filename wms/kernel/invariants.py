"""What must always hold, as questions that must find nothing; and the kernel's own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from wms.kernel.call_lifecycle import State
from wms.kernel.commands import Command
from wms.kernel.decisions import Rule, registry, replay
from wms.kernel.events import Event
from wms.kernel.tables import Delivery, OutboxCall, StoredCommand, StoredEvent

Row = Mapping[str, Any]

LEFT_LYING = timedelta(hours=1)
"""So long after its lease ran out, while others of its kind were seen to, a piece of work is forgotten."""


@dataclass(frozen=True)
class Invariant:
    """A promise about the rows of one table: `broken` finds those that break it, each with enough to find it again."""

    name: str
    says: str
    over: str
    broken: Callable[[Session], Iterable[Row]]


def never(name: str, says: str, sql: str, *, over: str) -> Invariant:
    """Return the promise that a SELECT, in words both databases know, returns no row."""

    def broken(session: Session) -> Iterator[Row]:
        for row in session.execute(text(sql)):
            yield row._asdict()

    return Invariant(name, says, over, broken)


def numbers_add_up(session: Session) -> Iterator[Row]:
    """Yield acts whose number is not the one that their actor and key make."""
    rows = session.execute(
        select(
            StoredCommand.uid, StoredCommand.actor_id, StoredCommand.key, StoredCommand.recorded_at
        ).execution_options(yield_per=1_000)
    )
    for uid, actor_id, key, at in rows:
        if Command(name="", key=key, actor_id=actor_id, at=at).uid != uid:
            yield {"command": uid.hex, "key": key}


def forgotten_deliveries(session: Session) -> Iterator[Row]:
    """Yield facts that are first in their row and were left lying while others were told."""
    latest = session.scalar(select(func.max(Delivery.done_at)))
    if latest is None:
        return
    earlier = aliased(Delivery)
    first = ~(
        select(earlier.id)
        .where(
            earlier.reaction == Delivery.reaction,
            earlier.subject == Delivery.subject,
            earlier.subject_id == Delivery.subject_id,
            earlier.id < Delivery.id,
            earlier.done_at.is_(None),
        )
        .exists()
    )
    lying = select(Delivery.id, Delivery.reaction).where(
        Delivery.done_at.is_(None),
        Delivery.dead_at.is_(None),
        Delivery.due_at < latest - LEFT_LYING,
        Delivery.lease_until < latest - LEFT_LYING,
        first,
    )
    for number, reaction in session.execute(lying.order_by(Delivery.id)):
        yield {"delivery": number, "reaction": reaction}


def forgotten_calls(session: Session) -> Iterator[Row]:
    """Yield calls that are under way by their state, by nobody, while others were made."""
    latest = session.scalar(select(func.max(OutboxCall.changed_at)))
    if latest is None:
        return
    lying = select(OutboxCall.id, OutboxCall.key).where(
        OutboxCall.state == State.IN_FLIGHT, OutboxCall.lease_until < latest - LEFT_LYING
    )
    for number, key in session.execute(lying.order_by(OutboxCall.id)):
        yield {"call": number, "key": key}


def facts_are_told(reactions: Mapping[type[Event], Iterable[str]]) -> Invariant:
    """Return the promise that every reaction is told every fact it waits for, from the first it was ever told."""

    def broken(session: Session) -> Iterator[Row]:
        for fact, named in reactions.items():
            for reaction in named:
                yield from _untold(session, fact.type_name(), reaction)

    return Invariant(
        "kernel.facts_are_told",
        "Every reaction is told every fact that it waits for.",
        "event",
        broken,
    )


def decisions_stand(rules: Iterable[Rule]) -> Invariant:
    """Return the promise that every stored choice is made again the same from what was weighed."""
    known = registry(rules)
    return Invariant(
        "kernel.decisions_stand",
        "Every choice of the house comes out the same from the same inputs.",
        "decision",
        lambda session: ({"decision": number} for number in replay(session, known)),
    )


def _untold(session: Session, fact: str, reaction: str) -> Iterator[Row]:
    told = select(Delivery.id).where(
        Delivery.event_id == StoredEvent.id, Delivery.reaction == reaction
    )
    since = (
        select(func.min(Delivery.event_id))
        .join(StoredEvent, StoredEvent.id == Delivery.event_id)
        .where(Delivery.reaction == reaction, StoredEvent.type == fact)
    )
    first = session.scalar(since)
    if first is None:
        return
    untold = select(StoredEvent.id).where(
        StoredEvent.type == fact, StoredEvent.id > first, ~told.exists()
    )
    for number in session.scalars(untold.order_by(StoredEvent.id)):
        yield {"event": number, "reaction": reaction}


INVARIANTS = (
    Invariant(
        "kernel.acts_keep_their_number",
        "The number of an act is made of who asked and under which key.",
        "command",
        numbers_add_up,
    ),
    never(
        "kernel.refused_acts_left_nothing",
        "What was refused left no fact behind.",
        """
        SELECT e.id AS event, c.key AS key FROM event e JOIN command c ON c.uid = e.command_uid
        WHERE c.refused ORDER BY e.id
        """,
        over="command",
    ),
    never(
        "kernel.facts_have_an_act",
        "Every fact comes from an act whose answer is kept, as long as answers of its time are kept.",
        """
        SELECT e.id AS event, e.type AS type FROM event e LEFT JOIN command c ON c.uid = e.command_uid
        WHERE c.uid IS NULL AND e.actor_id <> 0
          AND e.recorded_at >= (SELECT min(recorded_at) FROM command)
        ORDER BY e.id
        """,
        over="event",
    ),
    never(
        "kernel.deliveries_follow_their_fact",
        "What a reaction is told is about the thing that the fact is about.",
        """
        SELECT d.id AS delivery, d.event_id AS event FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE d.subject <> e.subject OR d.subject_id <> e.subject_id ORDER BY d.id
        """,
        over="delivery",
    ),
    Invariant(
        "kernel.no_fact_is_left_lying",
        "No fact waits while later ones are told.",
        "delivery",
        forgotten_deliveries,
    ),
    Invariant(
        "kernel.no_call_is_left_lying",
        "No outside call is under way that nobody makes.",
        "outbox_call",
        forgotten_calls,
    ),
    never(
        "kernel.calls_end_with_an_answer",
        "An outside call that is done has the answer it got, and only such a one has an answer.",
        """
        SELECT id AS call, state AS state FROM outbox_call
        WHERE (state = 'done') <> (answer IS NOT NULL) ORDER BY id
        """,
        over="outbox_call",
    ),
)
