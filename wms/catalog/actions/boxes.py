"""Types of boxes that parcels leave in."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog import queries
from wms.catalog.actions.guards import raise_if_any
from wms.catalog.events import (
    BoxTypeArchived,
    BoxTypeChanged,
    BoxTypeCreated,
    BoxTypeUnarchived,
)
from wms.catalog.rules import BoxFacts, box_faults, changed, tidy_text
from wms.catalog.tables import BoxType
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.versions import same_version


class BoxNameTaken(Refusal):
    """Another type of box has that name."""

    sentence = "catalog.box_name_taken"


def create_box_type(session: Session, *, facts: BoxFacts, by: int, at: datetime) -> BoxType:
    """Write down a new type of box. Raises WrongFacts or BoxNameTaken."""
    facts = _checked(session, facts)
    box = BoxType(**asdict(facts), created_at=at)
    session.add(box)
    session.flush()
    announce(session, BoxTypeCreated(box.id), by=by, at=at)
    return box


def edit_box_type(
    session: Session,
    *,
    box_type_id: int,
    facts: BoxFacts,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> BoxType:
    """Write about a type of box anew. Raises NoSuchBoxType, Stale, WrongFacts or BoxNameTaken."""
    box = _held(session, box_type_id, expected)
    facts = _checked(session, facts, box_type_id)
    different = changed(queries.box_facts_of(box), facts)
    for field in different:
        setattr(box, field, getattr(facts, field))
    if different:
        session.flush()
        announce(session, BoxTypeChanged(box.id, different), by=by, at=at)
    return box


def archive_box_type(
    session: Session, *, box_type_id: int, expected: int | None = None, by: int, at: datetime
) -> BoxType:
    """Take a type of box out of use; parcels that left in it keep it."""
    box = _held(session, box_type_id, expected)
    if box.archived_at is None:
        box.archived_at = at
        session.flush()
        announce(session, BoxTypeArchived(box.id), by=by, at=at)
    return box


def unarchive_box_type(
    session: Session, *, box_type_id: int, expected: int | None = None, by: int, at: datetime
) -> BoxType:
    """Put a type of box back into use."""
    box = _held(session, box_type_id, expected)
    if box.archived_at is not None:
        box.archived_at = None
        session.flush()
        announce(session, BoxTypeUnarchived(box.id), by=by, at=at)
    return box


def _held(session: Session, box_type_id: int, expected: int | None) -> BoxType:
    box = session.get(BoxType, box_type_id, with_for_update=True, populate_existing=True)
    if box is None:
        raise queries.NoSuchBoxType(box_type=box_type_id)
    same_version(box, expected)
    return box


def _checked(session: Session, facts: BoxFacts, box_type_id: int = 0) -> BoxFacts:
    facts = replace(facts, name=tidy_text(facts.name))
    raise_if_any(box_faults(facts))
    others = select(BoxType.id).where(
        func.lower(BoxType.name) == facts.name.lower(), BoxType.id != box_type_id
    )
    if session.scalar(others.limit(1)) is not None:
        raise BoxNameTaken(
            Fault("name", "catalog.box_name_taken", {"name": facts.name}), name=facts.name
        )
    return facts
