"""Money that lies about: labels whose box never left, refunds that never come. Somebody is told while it can be had."""

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
        cases.open_case(
            session,
            kind=UNUSED,
            subject="shipment",
            subject_id=row.id,
            sentence="shipping.case_unused",
            values={
                "package": number,
                "carrier": row.carrier,
                "number": row.tracking_number or "",
                "days": (at - row.bought_at).days if row.bought_at else 0,
            },
            by=by,
            at=at,
        )
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
        cases.open_case(
            session,
            kind=NO_REFUND,
            subject="shipment",
            subject_id=row.id,
            sentence="shipping.case_refund_overdue",
            values={
                "carrier": row.carrier,
                "number": row.tracking_number or "",
                "days": (at - since).days,
            },
            by=by,
            at=at,
        )
    return len(found)


def _was_told(kind: str) -> ColumnElement[bool]:
    """Return whether there is a case of that kind about a label, settled or not."""
    return exists().where(
        ExceptionCase.kind == kind,
        ExceptionCase.subject == "shipment",
        ExceptionCase.subject_id == Shipment.id,
    )
