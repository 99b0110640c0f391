"""Labels that were bought and whose box never left: somebody is told while the carrier still gives the money back."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.packing.tables import Package
from wms.shipping.lifecycle import State
from wms.shipping.tables import Shipment

KIND = "label_unused"

LAIN_FOR = timedelta(days=2)
"""So long a box may stand in its lane: over a weekend no truck comes, and a label is not lost by then."""

AT_ONCE = 200
"""Most labels that one night tells of."""


def tell_of_unused_labels(session: Session, *, by: int, at: datetime) -> int:
    """Open a case for every bought label whose box did not leave; returns how many are new.

    What somebody settled once is not told again.
    """
    told = select(ExceptionCase.id).where(
        ExceptionCase.kind == KIND,
        ExceptionCase.subject == "shipment",
        ExceptionCase.subject_id == Shipment.id,
    )
    query = (
        select(Shipment, Package.number)
        .join(Package, Package.id == Shipment.package_id)
        .where(
            Shipment.state == State.BOUGHT,
            Shipment.bought_at <= at - LAIN_FOR,
            Shipment.transaction_id.is_not(None),
            ~told.exists(),
        )
        .order_by(Shipment.id)
        .limit(AT_ONCE)
    )
    found = session.execute(query).all()
    for row, number in found:
        cases.open_case(
            session,
            kind=KIND,
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
