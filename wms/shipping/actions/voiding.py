"""A label is not wanted any more: nothing was bought yet, or its money is asked back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.kernel.outbox import announce
from wms.orders.events import FulfillmentRevoked
from wms.packing import actions as packing
from wms.packing.events import LabelAskedAgain, PackageReopened, PackageVoided
from wms.packing.queries import PackageState
from wms.packing.tables import Package
from wms.printing import actions as printing
from wms.shipping.actions.labelling import ABOUT
from wms.shipping.actions.rows import (
    TROUBLE_LIMIT,
    WEIGHED,
    Held,
    held,
    held_package,
    is_ours,
    live_of,
    move,
    settle,
    why,
)
from wms.shipping.actions.wishing import wish
from wms.shipping.events import (
    LabelSuperseded,
    LabelVoidAsked,
    LabelVoided,
    LabelVoidRefused,
)
from wms.shipping.lifecycle import State, Verb
from wms.shipping.tables import Shipment

LABELLED = frozenset({PackageState.LABELLED, PackageState.STAGED})
"""States of a package that wears a label."""


def drop_label(
    session: Session, fact: PackageReopened | PackageVoided, by: int, at: datetime
) -> None:
    """React to a package that was opened again, or is none any more. One that is weighed again by now gets another."""
    let_go(session, package_id=fact.package_id, reason="package", by=by, at=at)
    wish(session, package_id=fact.package_id, by=by, at=at)


def have_again(session: Session, fact: LabelAskedAgain, by: int, at: datetime) -> None:
    """React to a packer who wants the label that could not be had: one that cannot be printed is given back first."""
    _, package = held_package(session, fact.package_id)
    if package.state == WEIGHED and not package.label_state:
        let_go(session, package_id=package.id, reason="asked_again", by=by, at=at)
        wish(session, package_id=package.id, by=by, at=at)


def stop_cancelled(session: Session, fact: FulfillmentRevoked, by: int, at: datetime) -> None:
    """React to an order that was taken back: none of its parcels needs a label."""
    parcels = select(Package.id).where(Package.fo_id == fact.fo_id).order_by(Package.id)
    for package_id in session.scalars(parcels).all():
        let_go(session, package_id=package_id, reason="cancelled", by=by, at=at)
    settle(session, fact.fo_id, by=by, at=at)


def let_go(session: Session, *, package_id: int, reason: str, by: int, at: datetime) -> None:
    """Give up the live label of a package. One that may be bought at this moment is given up when that is known."""
    gate, package = held_package(session, package_id)
    row = live_of(session, package_id)
    if row is None:
        return
    one = Held(gate, package, row)
    match State(row.state):
        case State.DRAFT | State.RATED:
            supersede(session, one, by=by, at=at)
        case State.BOUGHT:
            give_back(session, one, reason=reason, by=by, at=at)
        case _:
            return
    settle(session, package.fo_id, by=by, at=at)


def void(
    session: Session,
    *,
    shipment_id: int,
    reason: str,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Shipment:
    """Give up a label because somebody says so. Raises NoSuchShipment, Stale, NotNow where it left or is in doubt."""
    one = held(session, shipment_id, expected=expected)
    if one.shipment.state in (State.DRAFT, State.RATED):
        supersede(session, one, by=by, at=at)
    else:
        give_back(session, one, reason=reason, by=by, at=at)
    told = why("shipping.taken_back")
    packing.label_refused(session, package_id=one.package.id, words=told, by=by, at=at)
    settle(session, one.package.fo_id, by=by, at=at)
    return one.shipment


def supersede(session: Session, one: Held, *, by: int, at: datetime) -> None:
    """Let go of a label that was never bought."""
    move(one.shipment, Verb.SUPERSEDE, at=at)
    announce(session, LabelSuperseded(one.shipment.id, one.package.id), by=by, at=at)


def give_back(session: Session, one: Held, *, reason: str, by: int, at: datetime) -> None:
    """Ask the money of a bought label back; one that cost nothing is void at once."""
    row = one.shipment
    move(row, Verb.VOID, at=at)
    printing.cancel_about(session, subject=ABOUT, subject_id=row.id, by=by, at=at)
    announce(session, LabelVoidAsked(row.id, one.package.id, reason), by=by, at=at)
    if one.package.state in LABELLED:
        packing.label_voided(session, package_id=one.package.id, by=by, at=at)
    if is_ours(row):
        refunded(session, row, by=by, at=at)
    else:
        row.due_at, row.tries = at, 0
        session.info["wake"] = True


def refunded(session: Session, row: Shipment, *, by: int, at: datetime) -> None:
    """Note that a label is void and its money is back."""
    move(row, Verb.REFUND_OK, at=at)
    announce(session, LabelVoided(row.id, row.package_id, is_refunded=True), by=by, at=at)


def refund_refused(session: Session, row: Shipment, *, reason: str, by: int, at: datetime) -> None:
    """Note that the carrier keeps the money: a person decides."""
    move(row, Verb.REFUND_REFUSED, at=at)
    row.trouble = reason[:TROUBLE_LIMIT]
    announce(session, LabelVoidRefused(row.id, row.package_id, row.trouble), by=by, at=at)
    cases.open_case(
        session,
        kind="void_refused",
        subject="shipment",
        subject_id=row.id,
        sentence="shipping.case_void_refused",
        values={"carrier": row.carrier, "number": row.tracking_number or ""},
        by=by,
        at=at,
    )


def retry_void(
    session: Session, *, shipment_id: int, expected: int | None = None, by: int, at: datetime
) -> Shipment:
    """Ask once more for the money of a label. Raises NoSuchShipment, Stale, NotNow."""
    row = held(session, shipment_id, expected=expected).shipment
    move(row, Verb.RETRY_VOID, at=at)
    row.due_at, row.tries, row.refund_id = at, 0, ""
    session.info["wake"] = True
    announce(session, LabelVoidAsked(row.id, row.package_id, "again"), by=by, at=at)
    return row


def write_off(
    session: Session, *, shipment_id: int, expected: int | None = None, by: int, at: datetime
) -> Shipment:
    """Let the money of a label go. Raises NoSuchShipment, Stale, NotNow."""
    row = held(session, shipment_id, expected=expected).shipment
    move(row, Verb.WRITE_OFF, at=at)
    announce(session, LabelVoided(row.id, row.package_id, is_refunded=False), by=by, at=at)
    return row
