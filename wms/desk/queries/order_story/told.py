"""What happened to an order, and every choice that was made for it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from wms.kernel.tables import Decision, StoredEvent
from wms.orders.tables import FoLine, FulfillmentOrder, LineAllocation

EVENTS = 300
"""Most facts that one page tells; the audit page has the others."""

DECISIONS = 200


def facts_about(session: Session, about: Mapping[str, Collection[int]]) -> Sequence[StoredEvent]:
    """Return what happened to the order, its parts, their runs and their boxes, newest first."""
    told = or_(*(_about(subject, ids) for subject, ids in about.items()))
    query = select(StoredEvent).where(told).order_by(StoredEvent.id.desc()).limit(EVENTS)
    return session.scalars(query).all()


def decisions_about(
    session: Session,
    about: Mapping[str, Collection[int]],
    fos: Sequence[FulfillmentOrder],
    wave_ids: Collection[int],
) -> list[Decision]:
    """Return every choice that was made for an order, in the order in which they were made."""
    numbers = {one.number for one in fos}
    fo_ids = [one.id for one in fos]
    promised = select(LineAllocation.allocation_id).join(
        FoLine, FoLine.id == LineAllocation.fo_line_id
    )
    items = select(FoLine.item_id).where(FoLine.fo_id.in_(fo_ids))
    chosen = or_(
        *(_decided(subject, ids) for subject, ids in about.items()),
        _decided("wave", wave_ids),
        and_(
            Decision.subject == "allocation",
            Decision.subject_id.in_(promised.where(FoLine.fo_id.in_(fo_ids))),
        ),
        and_(Decision.subject == "item", Decision.subject_id.in_(items)),
    )
    query = select(Decision).where(chosen).order_by(Decision.id.desc()).limit(DECISIONS)
    found = [one for one in session.scalars(query) if _is_for(one, numbers)]
    return found[::-1]


def _is_for(decision: Decision, numbers: Collection[str]) -> bool:
    """Tell whether a choice about an item was made for one of these parts: nothing of it could be promised."""
    return decision.subject != "item" or decision.inputs.get("reference") in numbers


def _about(subject: str, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(StoredEvent.subject == subject, StoredEvent.subject_id.in_(ids))


def _decided(subject: str, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(Decision.subject == subject, Decision.subject_id.in_(ids))
