"""A package was weighed: it needs a label, and its lane says how that comes about."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from wms.kernel.commands import fresh_key
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.events import HoldClosed, OrderChanged
from wms.orders.tables import FulfillmentOrder
from wms.packing import actions as packing
from wms.packing import queries as packages
from wms.packing.events import PackageWeighed
from wms.packing.tables import Package
from wms.shipping.actions.labelling import record_ours
from wms.shipping.actions.rows import NEVER, PARTY, WEIGHED, held, held_package, live_of, why
from wms.shipping.events import LabelWished
from wms.shipping.lifecycle import PURCHASE, TRACKING, State
from wms.shipping.means import OURS, Means
from wms.shipping.queries.ways import way_of
from wms.shipping.tables import Shipment


class HasLabel(Refusal):
    """The package has a label, or one is on its way."""

    sentence = "shipping.has_label"


class NotWeighed(Refusal):
    """Only a package that was weighed can get a label."""

    sentence = "shipping.not_weighed"


def wish_for_label(session: Session, fact: PackageWeighed, by: int, at: datetime) -> None:
    """React to a package that was weighed."""
    wish(session, package_id=fact.package_id, by=by, at=at)


def wish_again(session: Session, fact: HoldClosed, by: int, at: datetime) -> None:
    """React to a hold that stops nothing any more: labels that waited for it are wished for."""
    for package_id in session.scalars(_weighed(fact.order_id)).all():
        if not _was_refused(session, package_id):
            wish(session, package_id=package_id, by=by, at=at)


def wish_anew(session: Session, fact: OrderChanged, by: int, at: datetime) -> None:
    """React to an address that was corrected: boxes that carriers took no label for get one."""
    if fact.what != "address":
        return
    for package_id in session.scalars(_weighed(fact.order_id)).all():
        wish(session, package_id=package_id, by=by, at=at)


def try_again(
    session: Session, *, shipment_id: int, expected: int | None = None, by: int, at: datetime
) -> Shipment:
    """Wish for another label where this one is over. Raises NoSuchShipment, Stale, HasLabel, NotWeighed."""
    row = held(session, shipment_id, expected=expected)
    if live_of(session, row.package.id):
        raise HasLabel(package=row.package.number)
    wished = wish(session, package_id=row.package.id, replaces_id=shipment_id, by=by, at=at)
    if wished is None:
        raise NotWeighed(package=row.package.number)
    return wished


def wish(
    session: Session, *, package_id: int, replaces_id: int | None = None, by: int, at: datetime
) -> Shipment | None:
    """Wish for the label of a package, unless it has one, is not weighed, or its order may not be labelled."""
    gate, package = held_package(session, package_id)
    if package.state != WEIGHED or live_of(session, package_id):
        return None
    if gate.stop is not None:
        if gate.stop.kind == "held":
            told = why("shipping.order_held", {"order": gate.number})
            packing.label_refused(session, package_id=package_id, words=told, by=by, at=at)
        return None
    row = _written(session, package, replaces_id, at)
    orders.involve(session, package.fo_id, PARTY, at=at)
    announce(session, LabelWished(row.id, package_id, row.means), by=by, at=at)
    if row.means in OURS:
        record_ours(session, row, package, by=by, at=at)
    elif row.means == Means.TYPED:
        ask_for_number(session, row, by=by, at=at)
    else:
        packing.label_asked(session, package_id=package_id, words={}, by=by, at=at)
        session.info["wake"] = True
    return row


def ask_for_number(session: Session, row: Shipment, *, by: int, at: datetime) -> None:
    """Let somebody type or scan the number of a label that comes from elsewhere."""
    row.means, row.due_at = Means.TYPED, NEVER
    words = {"carrier": row.carrier}
    packing.label_wanted_typed(session, package_id=row.package_id, words=words, by=by, at=at)


def _written(session: Session, package: Package, replaces_id: int | None, at: datetime) -> Shipment:
    way = way_of(session, package.fo_id)
    size = packages.parcel(session, package.id)
    row = Shipment(
        uid=fresh_key(),
        package_id=package.id,
        state=PURCHASE.start,
        tracking=TRACKING.start,
        means=way.means or "",
        carrier=way.carriers[0] if len(way.carriers) == 1 else "",
        weight_g=size.weight_g,
        parcel={
            "length_mm": size.length_mm,
            "width_mm": size.width_mm,
            "height_mm": size.height_mm,
        },
        rates={},
        due_at=at,
        lease_until=at,
        replaces_id=replaces_id,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


def _weighed(order_id: int) -> Select[int]:
    return (
        select(Package.id)
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .where(FulfillmentOrder.order_id == order_id, Package.state == WEIGHED)
        .order_by(Package.id)
    )


def _was_refused(session: Session, package_id: int) -> bool:
    """Tell whether a label of the package was refused by carriers: then a person decides, not the end of a hold."""
    last = select(Shipment.state).where(Shipment.package_id == package_id)
    return session.scalar(last.order_by(Shipment.id.desc()).limit(1)) == State.FAILED
