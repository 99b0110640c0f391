"""Parcels go into their truck, one scan each, and the truck leaves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.actions import NoSuchLane
from wms.bins.tables import CarrierLane
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound, Refusal
from wms.orders.gate import StopKind
from wms.orders.holds import Step
from wms.orders.tables import FulfillmentOrder
from wms.packing import actions as packing
from wms.packing.queries import PackageState
from wms.shipping.actions.following import heard_of
from wms.shipping.actions.rows import held_package, live_of, settle
from wms.shipping.actions.tracking import has_arrived
from wms.shipping.events import ParcelHandedOver, TruckLeft
from wms.shipping.lifecycle import PURCHASE, State, Tracking, Verb
from wms.shipping.tables import Manifest, ManifestParcel, Shipment


class NoLabelYet(Refusal):
    """The parcel wears no label that counts."""

    sentence = "shipping.no_label_yet"


class LabelNotSeen(Refusal):
    """Nobody has scanned the label on the box: it may be the wrong one, or none."""

    sentence = "shipping.label_not_seen"


class OtherLane(Refusal):
    """The parcel is for another carrier."""

    sentence = "shipping.other_lane"


class OtherHouse(Refusal):
    """The parcel leaves from another warehouse."""

    sentence = "shipping.other_house"


class ParcelCancelled(Refusal):
    """The order was cancelled: the parcel stays here."""

    sentence = "shipping.parcel_cancelled"


class ParcelHeld(Refusal):
    """The order may not leave now."""

    sentence = "shipping.parcel_held"


class LeftAlready(Refusal):
    """The parcel is in a truck already."""

    sentence = "shipping.left_already"


class NothingLoaded(Refusal):
    """No truck of this lane is being loaded."""

    sentence = "shipping.nothing_loaded"


class NoSuchManifest(NotFound):
    """There is no such truck."""

    sentence = "shipping.no_such_manifest"


class LeftBefore(Refusal):
    """The truck left before."""

    sentence = "shipping.left_before"


@dataclass(frozen=True)
class Loaded:
    """A parcel that went into a truck, and how many are in it now."""

    shipment_id: int
    manifest_id: int
    parcels: int


def hand_over(session: Session, *, lane_id: int, package_id: int, by: int, at: datetime) -> Loaded:
    """Note that a staged parcel went into the truck of a lane. It cannot be taken back.

    Raises NoSuchLane, ParcelCancelled, ParcelHeld, LeftAlready, NoLabelYet, LabelNotSeen, OtherLane, OtherHouse.
    """
    lane = _lane(session, lane_id)
    gate, package = held_package(session, package_id, step=Step.HANDOVER)
    if package.state == PackageState.HANDED_OVER:
        raise LeftAlready(package=package.number)
    if gate.stop is not None and gate.stop.kind is StopKind.CANCELLED:
        raise ParcelCancelled(order=gate.number, package=package.number)
    if gate.stop is not None:
        raise ParcelHeld(order=gate.number, package=package.number)
    row = live_of(session, package_id)
    if row is None or row.state != State.BOUGHT or package.state in NOT_LABELLED:
        raise NoLabelYet(package=package.number)
    if package.state != PackageState.STAGED:
        raise LabelNotSeen(package=package.number)
    if package.carrier and package.carrier.casefold() != lane.carrier.casefold():
        raise OtherLane(package=package.number, carrier=package.carrier, lane=lane.carrier)
    if session.get_one(FulfillmentOrder, package.fo_id).warehouse_id != lane.warehouse_id:
        raise OtherHouse(package=package.number)
    return load(session, row, lane, by=by, at=at)


NOT_LABELLED = frozenset(
    {PackageState.OPEN, PackageState.CLOSED, PackageState.WEIGHED, PackageState.VOID}
)


def leave(session: Session, *, lane_id: int, by: int, at: datetime) -> Manifest:
    """Note that the truck of a lane left; what comes later goes with the next. Raises NoSuchLane, NothingLoaded."""
    lane = _lane(session, lane_id)
    manifest = open_manifest(session, lane_id)
    if manifest is None:
        raise NothingLoaded(lane=lane.carrier)
    return _left(session, manifest, by=by, at=at)


def truck_left(session: Session, *, manifest_id: int, by: int, at: datetime) -> Manifest:
    """Note that this very truck left. Raises NoSuchManifest, LeftBefore."""
    manifest = session.get(Manifest, manifest_id, with_for_update=True)
    if manifest is None:
        raise NoSuchManifest(id=manifest_id)
    if manifest.closed_at is not None:
        raise LeftBefore(number=manifest.number)
    return _left(session, manifest, by=by, at=at)


def open_manifest(session: Session, lane_id: int) -> Manifest | None:
    """Return the truck of a lane that is being loaded."""
    query = select(Manifest).where(Manifest.lane_id == lane_id, Manifest.closed_at.is_(None))
    return session.scalars(query.with_for_update()).first()


def parcels_in(session: Session, manifest_id: int) -> int:
    """Return how many parcels are in a truck."""
    session.flush()
    counted = select(func.count()).where(ManifestParcel.manifest_id == manifest_id)
    return int(session.scalar(counted) or 0)


def _loaded_last(session: Session, manifest_id: int) -> datetime | None:
    """Return when the last parcel came: it may have got the lane first from who asked the clock later."""
    last = select(func.max(ManifestParcel.loaded_at))
    return session.scalar(last.where(ManifestParcel.manifest_id == manifest_id))


def _left(session: Session, manifest: Manifest, *, by: int, at: datetime) -> Manifest:
    manifest.closed_by, manifest.closed_at = by, max(at, _loaded_last(session, manifest.id) or at)
    told = TruckLeft(manifest.id, manifest.lane_id, parcels_in(session, manifest.id))
    announce(session, told, by=by, at=at)
    return manifest


def load(session: Session, row: Shipment, lane: CarrierLane, *, by: int, at: datetime) -> Loaded:
    """Write down that a staged parcel, whose label is held, is in the truck of a lane."""
    manifest = open_manifest(session, lane.id) or _opened(session, lane.id, by=by, at=at)
    transition(row, PURCHASE, Verb.HAND_OVER)
    row.handed_over_at = row.lease_until = at
    heard_of(row, at=at)
    parcel = ManifestParcel(shipment_id=row.id, manifest_id=manifest.id, loaded_by=by, loaded_at=at)
    session.add(parcel)
    fact = ParcelHandedOver(row.id, row.package_id, manifest.id, lane.id)
    announce(session, fact, by=by, at=at)
    package = packing.hand_over(session, package_id=row.package_id, by=by, at=at)
    settle(session, package.fo_id, by=by, at=at)
    if row.tracking == Tracking.DELIVERED:  # its carrier was faster than our scanner
        has_arrived(session, row, by=by, at=at)
    return Loaded(row.id, manifest.id, parcels_in(session, manifest.id))


def _opened(session: Session, lane_id: int, *, by: int, at: datetime) -> Manifest:
    manifest = Manifest(number="", lane_id=lane_id, opened_by=by, opened_at=at)
    session.add(manifest)
    session.flush()
    manifest.number = f"M-{manifest.id:06d}"
    session.flush()
    return manifest


def _lane(session: Session, lane_id: int) -> CarrierLane:
    """Lock a lane, so that two people who load it at once fill one truck."""
    lane = session.get(CarrierLane, lane_id, with_for_update=True)
    if lane is None or lane.archived_at is not None:
        raise NoSuchLane(id=lane_id)
    return lane
