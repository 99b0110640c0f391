"""Purchases in doubt: who is told when it takes long, and what a person who found out may say."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.kernel.lifecycle import NotNow
from wms.kernel.words import say
from wms.packing.tables import Package
from wms.shipping.actions.failing import fail
from wms.shipping.actions.rows import held
from wms.shipping.lifecycle import PURCHASE, State, Verb
from wms.shipping.tables import Shipment

IN_DOUBT, SHIPMENT = "purchase_in_doubt", "shipment"
"""The kind of case, and what it is about."""

PATIENCE = timedelta(minutes=5)
"""So long the house settles a doubt by itself before a person is told."""


def tell_of_long_doubts(session: Session, *, by: int, at: datetime) -> int:
    """Open a case for every purchase that has been in doubt for long, and close those of doubts that are settled.

    A person who closed one is not told of the same purchase again. Returns how many were opened.
    """
    long = (
        select(Shipment, Package.number)
        .join(Package, Package.id == Shipment.package_id)
        .where(Shipment.state == State.IN_DOUBT, Shipment.asked_at <= at - PATIENCE, ~_is_told())
        .order_by(Shipment.id)
    )
    found = session.execute(long).all()
    for row, number in found:
        cases.open_case(
            session,
            kind=IN_DOUBT,
            subject=SHIPMENT,
            subject_id=row.id,
            sentence="shipping.case_in_doubt",
            values={"carrier": row.carrier, "package": number},
            by=by,
            at=at,
        )
    _close_what_is_settled(session, by=by, at=at)
    return len(found)


def look_now(
    session: Session, *, shipment_id: int, expected: int | None = None, by: int, at: datetime
) -> Shipment:
    """Let the carrier be asked at once what became of a purchase. Raises NoSuchShipment, Stale, NotNow."""
    del by
    row = held(session, shipment_id, expected=expected).shipment
    if row.state != State.IN_DOUBT:
        raise NotNow(thing=PURCHASE.thing, state=row.state, verb="look_now")
    row.due_at = at
    session.info["wake"] = True
    return row


def was_not_bought(
    session: Session, *, shipment_id: int, expected: int | None = None, by: int, at: datetime
) -> Shipment:
    """Settle a doubt: somebody made sure at the carrier that nothing was bought. Raises NotNow where there is none.

    Another label is bought only when somebody asks for it.
    """
    one = held(session, shipment_id, expected=expected)
    fail(session, one, Verb.NOT_FOUND, "shipping.said_not_bought", is_last=True, by=by, at=at)
    return one.shipment


def _is_told() -> ColumnElement[bool]:
    """Ask whether there was a case of this purchase already, whatever became of it."""
    return exists().where(
        ExceptionCase.kind == IN_DOUBT,
        ExceptionCase.subject == SHIPMENT,
        ExceptionCase.subject_id == Shipment.id,
        ExceptionCase.opened_at >= Shipment.asked_at,
    )


def _close_what_is_settled(session: Session, *, by: int, at: datetime) -> None:
    still = exists().where(
        Shipment.id == ExceptionCase.subject_id, Shipment.state == State.IN_DOUBT
    )
    settled = (
        select(ExceptionCase.id)
        .where(ExceptionCase.kind == IN_DOUBT, ExceptionCase.closed_at.is_(None), ~still)
        .order_by(ExceptionCase.id)
    )
    for number in session.scalars(settled).all():
        cases.close(session, case_id=number, outcome=say("shipping.case_settled"), by=by, at=at)
