"""The audit trail: what happened, and what was asked for and refused; who, when, from which device, in words."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wms.kernel.paging import Page, page
from wms.kernel.tables import StoredCommand, StoredEvent

Names = Mapping[str, Mapping[int, str]]
"""By kind of thing, the names of those that a page speaks of."""

Namers = Mapping[str, Callable[[Session, Collection[int]], Mapping[int, str]]]
"""By kind of thing, who knows their names. Slices say so in `wiring.NAMES`."""


@dataclass(frozen=True)
class Asked:
    """Which part of the trail is wanted. None asks for all."""

    actor_id: int | None = None
    device_id: int | None = None
    subject: str | None = None
    subject_id: int | None = None
    type: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def facts(
    session: Session, asked: Asked, *, limit: int, cursor: str | None, newest_first: bool
) -> Page[StoredEvent]:
    """Return what happened."""
    query = _about(select(StoredEvent), StoredEvent, asked)
    if asked.subject:
        query = query.where(StoredEvent.subject == asked.subject)
    if asked.subject_id is not None:
        query = query.where(StoredEvent.subject_id == asked.subject_id)
    if asked.type:
        query = query.where(StoredEvent.type == asked.type)
    order = [StoredEvent.id]
    return page(session, query, by=order, limit=limit, cursor=cursor, newest_first=newest_first)


def refusals(
    session: Session, asked: Asked, *, limit: int, cursor: str | None
) -> Page[StoredCommand]:
    """Return what was asked for and refused, newest first. It is forgotten with its command, after 30 days."""
    query = _about(select(StoredCommand).where(StoredCommand.refused), StoredCommand, asked)
    order = [StoredCommand.recorded_at, StoredCommand.uid]
    return page(session, query, by=order, limit=limit, cursor=cursor, newest_first=True)


def names_in(session: Session, rows: Collection[Any], namers: Namers) -> Names:
    """Return the names of all things that these rows speak of, one question for each kind."""
    wanted: dict[str, set[int]] = {kind: set() for kind in namers}
    for row in rows:
        for kind, number in _mentions(row):
            if kind in wanted:
                wanted[kind].add(number)
    return {kind: namers[kind](session, ids) for kind, ids in wanted.items() if ids}


def values_of(event: StoredEvent, names: Names) -> dict[str, Any]:
    """Return what the sentence about a fact may speak of: its data, and by `user` for `user_id` the name."""
    named = {kind: _name(names, kind, number) for kind, number in _mentions(event)}
    return {**event.data, **named}


def refusal_of(command: StoredCommand) -> tuple[str, Mapping[str, Any]]:
    """Return sentence and values of the no that a command got."""
    told = json.loads(command.answer)
    return told["sentence"], told["values"]


def _about(query: Select[Any], table: Any, asked: Asked) -> Select[Any]:
    if asked.actor_id is not None:
        query = query.where(table.actor_id == asked.actor_id)
    if asked.device_id is not None:
        query = query.where(table.device_id == asked.device_id)
    if asked.since:
        query = query.where(table.recorded_at >= asked.since)
    if asked.until:
        query = query.where(table.recorded_at < asked.until)
    return query


def _mentions(row: Any) -> list[tuple[str, int]]:
    found = [("user", row.actor_id)]
    if row.device_id is not None:
        found.append(("device", row.device_id))
    if isinstance(row, StoredEvent):
        found.append((row.subject, row.subject_id))
        found += [
            (field.removesuffix("_id"), value)
            for field, value in row.data.items()
            if field.endswith("_id") and isinstance(value, int)
        ]
    return found


def _name(names: Names, kind: str, number: int) -> str:
    return names.get(kind, {}).get(number) or str(number)
