"""Parcels that left although the money of their label was asked back: the label counts again, and somebody is told."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.tables import CarrierLane, Location
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Refusal
from wms.orders.holds import Step
from wms.packing import actions as packing
from wms.packing.tables import Package
from wms.shipping.actions.labelling import days_of
from wms.shipping.actions.loading import Loaded, NoLabelYet, ParcelCancelled, ParcelHeld, load
from wms.shipping.actions.rows import WEIGHED, held, is_ours, live_of
from wms.shipping.actions.travelling import tell_of_travel
from wms.shipping.actions.wishing import HasLabel
from wms.shipping.lifecycle import PURCHASE, State
from wms.shipping.tables import Shipment


class NoLaneFor(Refusal):
    """No lane takes parcels of the carrier: there is no truck that it could have left with."""

    sentence = "shipping.no_lane_for"


def left_anyway(
    session: Session, *, shipment_id: int, expected: int | None = None, by: int, at: datetime
) -> Loaded:
    """Note that a parcel was in the truck already when the money of its label was asked back.

    The carrier is not asked any more; a case tells that the money may come back for a label that was used. Raises
    NoSuchShipment, Stale, NotNow, ParcelCancelled, ParcelHeld, HasLabel, NoLabelYet, NoLaneFor.
    """
    lane = _lane_of(session, shipment_id)  # before the rest, as whoever loads its truck locks it
    one = held(session, shipment_id, step=Step.HANDOVER, expected=expected)
    row, package = one.shipment, one.package
    if row.state != State.VOID_REQUESTED:
        raise NotNow(thing=PURCHASE.thing, state=row.state, verb="left_anyway")
    if one.gate.stop is not None:
        no = ParcelCancelled if one.is_cancelled else ParcelHeld
        raise no(order=one.gate.number, package=package.number)
    if live_of(session, package.id) is not None:
        raise HasLabel(package=package.number)
    if package.state != WEIGHED:
        raise NoLabelYet(package=package.number)
    if lane is None:
        raise NoLaneFor(carrier=row.carrier)
    assert row.tracking_number, "a label that was bought has a number"
    words = {
        "means": row.means,
        "carrier": row.carrier,
        "service": row.service,
        "price_minor": row.cost_minor,
        "currency": row.currency,
        "days": days_of(row),
        "shipment_id": row.id,
    }
    packing.label_bought(
        session,
        package_id=package.id,
        code=row.tracking_number,
        carrier=row.carrier,
        words=words,
        by=by,
        at=at,
    )
    packing.stage(session, package_id=package.id, by=by, at=at)
    loaded = load(session, row, lane, by=by, at=at)
    if not is_ours(row):
        tell_of_travel(session, row, by=by, at=at)
    return loaded


def _lane_of(session: Session, shipment_id: int) -> CarrierLane | None:
    """Lock the lane from which parcels of the label's carrier leave; a label never changes its carrier."""
    query = (
        select(CarrierLane)
        .join(Location, Location.warehouse_id == CarrierLane.warehouse_id)
        .join(Package, Package.location_id == Location.id)
        .join(Shipment, Shipment.package_id == Package.id)
        .where(
            Shipment.id == shipment_id,
            CarrierLane.archived_at.is_(None),
            func.lower(CarrierLane.carrier) == func.lower(Shipment.carrier),
        )
    )
    first = query.order_by(CarrierLane.id).limit(1)
    return session.scalars(first.with_for_update(of=CarrierLane)).first()
