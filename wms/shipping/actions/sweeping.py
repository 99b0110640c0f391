"""Money that lies about: labels whose box never left, refunds that never come. Somebody is told while it can be had."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.kernel.tables import StoredEvent
from wms.packing.tables import Package
from wms.shipping.events import LabelVoidAsked
from wms.shipping.lifecycle import State
from wms.shipping.tables import Shipment

UNUSED, NO_REFUND = "label_unused", "refund_overdue"
SENTENCES = {UNUSED: "shipping.case_unused", NO_REFUND: "shipping.case_refund_overdue"}

REFUND_TAKES = timedelta(days=7)
"""So long carriers take to agree to a refund before somebody asks them; most take labels back for thirty days."""

LAIN_FOR = timedelta(days=2)
"""So long a box may stand in its lane: over a weekend no truck comes, and a label is not lost by then."""

AT_ONCE = 200
"""Most labels that one night tells of."""


def tell_of_unused_labels(session: Session, *, by: int, at: datetime) -> int:
    """Open a case for every bought label whose box did not leave; returns how many are new.

    What somebody settled once is not told again.
    """
    query = (
        select(Shipment, Package.number)
        .join(Package, Package.id == Shipment.package_id)
        .where(
            Shipment.state == State.BOUGHT,
            Shipment.bought_at <= at - LAIN_FOR,
            Shipment.transaction_id.is_not(None),
            ~_was_told(UNUSED),
        )
        .order_by(Shipment.id)
        .limit(AT_ONCE)
    )
    found = session.execute(query).all()
    for row, number in found:
        _tell(session, row, UNUSED, row.bought_at or at, {"package": number}, by=by, at=at)
    return len(found)


def tell_of_overdue_refunds(session: Session, *, by: int, at: datetime) -> int:
    """Open a case for every label whose money was asked back long ago and did not come; returns how many are new."""
    asked = (
        select(func.max(StoredEvent.occurred_at))
        .where(
            StoredEvent.subject == LabelVoidAsked.subject,
            StoredEvent.subject_id == Shipment.id,
            StoredEvent.type == LabelVoidAsked.type_name(),
        )
        .scalar_subquery()
    )
    query = (
        select(Shipment, asked)
        .where(
            Shipment.state == State.VOID_REQUESTED,
            asked <= at - REFUND_TAKES,
            ~_was_told(NO_REFUND),
        )
        .order_by(Shipment.id)
        .limit(AT_ONCE)
    )
    found = session.execute(query).all()
    for row, since in found:
        _tell(session, row, NO_REFUND, since, {}, by=by, at=at)
    return len(found)


def _tell(
    session: Session,
    row: Shipment,
    kind: str,
    since: datetime,
    more: Mapping[str, str],
    *,
    by: int,
    at: datetime,
) -> None:
    """Open a case about the money of a label, with what a person needs to ask its carrier."""
    values = {
        "carrier": row.carrier,
        "number": row.tracking_number or "",
        "days": (at - since).days,
    }
    cases.open_case(
        session,
        kind=kind,
        subject="shipment",
        subject_id=row.id,
        sentence=SENTENCES[kind],
        values={**values, **more},
        by=by,
        at=at,
    )


def _was_told(kind: str) -> ColumnElement[bool]:
    """Return whether there is a case of that kind about a label, settled or not."""
    return exists().where(
        ExceptionCase.kind == kind,
        ExceptionCase.subject == "shipment",
        ExceptionCase.subject_id == Shipment.id,
    )
