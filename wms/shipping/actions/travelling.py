"""A parcel that travels with a label whose money was asked back: somebody sees to it, before it looks like fraud."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.packing.tables import Package
from wms.shipping.lifecycle import State, Tracking
from wms.shipping.tables import Shipment

GIVEN_BACK = frozenset({State.VOID_REQUESTED, State.VOID_REFUSED, State.VOIDED})
"""Nobody here counts on the label any more."""

MOVING = frozenset({Tracking.IN_TRANSIT, Tracking.OUT_FOR_DELIVERY, Tracking.DELIVERED})
"""Only a parcel that left can be there."""


def tell_of_travel(session: Session, row: Shipment, *, by: int, at: datetime) -> None:
    """Let somebody see to it that a label whose money was asked back was used all the same."""
    number = session.scalar(select(Package.number).where(Package.id == row.package_id)) or ""
    cases.open_case(
        session,
        kind="void_travels",
        subject="shipment",
        subject_id=row.id,
        sentence="shipping.case_void_travels",
        values={"carrier": row.carrier, "number": row.tracking_number or "", "package": number},
        by=by,
        at=at,
    )
