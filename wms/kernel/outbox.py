"""What a transaction announces: facts for the reactions of this house, kept in the same commit as their cause."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from wms.kernel.commands import Command
from wms.kernel.events import Event
from wms.kernel.prepared import Prepared
from wms.kernel.tables import Decision, Delivery, StoredEvent

Listeners = Mapping[type[Event], tuple[str, ...]]
"""By fact, the names of the reactions that want to be told."""

EVENT_COLUMNS = [column.key for column in StoredEvent.__table__.columns if column.key != "id"]

_EVENTS = Prepared(insert(StoredEvent), EVENT_COLUMNS)
_EVENTS_NUMBERED = insert(StoredEvent).returning(StoredEvent.id, sort_by_parameter_order=True)
_DELIVERIES = insert(Delivery)
_DECISIONS = Prepared(
    insert(Decision), [column.key for column in Decision.__table__.columns if column.key != "id"]
)


def announce(session: Session, event: Event, *, by: int, at: datetime) -> None:
    """Say that something happened. It is stored with this transaction and told to reactions after its commit."""
    session.info["announced"].append((event, by, at))


def store_announced(session: Session, act: Command, listeners: Listeners) -> bool:
    """Write down what this transaction announced and decided; returns whether anybody waits to be told."""
    if decisions := session.info["decisions"]:
        _DECISIONS.run_many(session, decisions)
    announced = session.info["announced"]
    if not announced:
        return False
    rows = [_event_row(event, act, by, at) for event, by, at in announced]
    wanted = [listeners.get(type(event), ()) for event, _, _ in announced]
    if not any(wanted):
        _EVENTS.run_many(session, rows)
        return False
    connection = session.connection()
    numbers = connection.scalars(_EVENTS_NUMBERED, rows).all()
    told = zip(numbers, rows, wanted, strict=True)
    connection.execute(
        _DELIVERIES,
        [_delivery_row(number, row, name) for number, row, names in told for name in names],
    )
    return True


def store_so_far(session: Session) -> None:
    """Write down what was announced and decided until now: an act of a million parts keeps none of it in memory."""
    info = session.info
    info["wake"] |= store_announced(session, info["command"], info["listeners"])
    info["announced"].clear()
    info["decisions"].clear()


def _event_row(event: Event, act: Command, by: int, at: datetime) -> dict[str, Any]:
    return {
        "type": event.type_name(),
        "subject": event.subject,
        "subject_id": event.subject_id,
        "data": event.data(),
        "command_uid": act.uid,
        "actor_id": by,
        "device_id": act.device_id,
        "occurred_at": act.occurred_at or at,
        "recorded_at": act.at,
    }


def _delivery_row(event_id: int, row: Mapping[str, Any], reaction: str) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "reaction": reaction,
        "subject": row["subject"],
        "subject_id": row["subject_id"],
        "tries": 0,
        "due_at": row["recorded_at"],
        "lease_until": row["recorded_at"],
    }
