"""What carriers tell: kept word for word first, read after, and never believed backwards."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel import inbox
from wms.kernel.back_off import back_off
from wms.kernel.outbox import announce
from wms.kernel.tables import InboxMessage
from wms.orders import actions as orders
from wms.orders.events import FulfillmentCancelled
from wms.orders.tables import FulfillmentOrder
from wms.packing.tables import Package
from wms.shipping import webhook
from wms.shipping.actions.following import heard_of
from wms.shipping.actions.travelling import GIVEN_BACK, MOVING, tell_of_travel
from wms.shipping.events import CarrierTold, ParcelTracked
from wms.shipping.gateway import Track
from wms.shipping.lifecycle import State, Told, Tracking
from wms.shipping.rules.tracking import Said, heard, where
from wms.shipping.tables import Shipment, TrackingEvent

SOURCE = "shippo"

PARKED_FOR = timedelta(days=7)
"""So long a message about a parcel that nobody here knows may wait for its parcel."""

READ_LIMIT = 200
"""Messages read in one write transaction."""


def keep_message(session: Session, *, body: bytes, by: int, at: datetime) -> int:
    """Keep what a carrier platform told, before anybody thinks about it; returns its number. Told twice, kept once."""
    digest = hashlib.sha256(body).hexdigest()
    number, is_new = inbox.keep(session, source=SOURCE, external_id=digest, body=body, at=at)
    if is_new:
        announce(session, CarrierTold(number), by=by, at=at)
    return number


def hear_carrier(session: Session, fact: CarrierTold, by: int, at: datetime) -> None:
    """React to a carrier's message: read it."""
    row = session.get_one(InboxMessage, fact.inbox_message_id, with_for_update=True)
    if row.state == "received":
        read(session, row, by=by, at=at)


def hear_parked(session: Session, *, by: int, at: datetime) -> None:
    """Read again what was told of parcels that nobody knew then."""
    waiting = (
        select(InboxMessage)
        .where(
            InboxMessage.source == SOURCE,
            InboxMessage.state == "parked",
            InboxMessage.due_at <= at,
        )
        .order_by(InboxMessage.due_at, InboxMessage.id)
        .limit(READ_LIMIT)
    )
    for row in session.scalars(waiting.with_for_update(skip_locked=True)).all():
        read(session, row, by=by, at=at)


def read(session: Session, row: InboxMessage, *, by: int, at: datetime) -> None:
    """Read one message and act on it; one about a parcel that nobody knows is parked."""
    row.tries += 1
    try:
        told = webhook.read(row.body)
    except webhook.UnfitMessage as trouble:
        inbox.give_up(row, str(trouble), at=at)
        return
    match told:
        case webhook.TrackTold(track):
            known = note(session, track, by=by, at=at)
        case webhook.PurchaseTold(purchase):
            known = _wake(session, purchase.uid, purchase.rate_id, at)
        case _:
            known = True
    if known:
        inbox.done(row, at=at)
    elif at - row.received_at > PARKED_FOR:
        inbox.give_up(row, "nobody here knows this parcel", at=at)
    else:
        inbox.park(row, until=at + back_off(row.tries + 5, row.external_id))


def note(session: Session, track: Track, *, by: int, at: datetime) -> bool:
    """Keep what a carrier said of a parcel's way; False where nobody here knows the parcel."""
    number = _parcel(session, track)
    if number is None:
        return False
    row = held_parcel(session, number)
    is_news = _keep_steps(session, row, track, at)
    session.flush()
    said = session.execute(
        select(TrackingEvent.status, TrackingEvent.occurred_at).where(
            TrackingEvent.shipment_id == row.id, TrackingEvent.status.in_(list(Told))
        )
    )
    now = where(Said(Told(status), moment) for status, moment in said)
    if now != row.tracking and now is not Tracking.UNKNOWN:
        was, row.tracking = row.tracking, now
        announce(session, ParcelTracked(row.id, row.package_id, was, now.value), by=by, at=at)
        if now in MOVING and row.state in GIVEN_BACK:
            tell_of_travel(session, row, by=by, at=at)
        if now is Tracking.DELIVERED:
            has_arrived(session, row, by=by, at=at)
    if is_news:
        heard_of(row, at=at)
    return True


def _keep_steps(session: Session, row: Shipment, track: Track, at: datetime) -> bool:
    """Keep what was not said before; tells whether there was anything."""
    keys = {f"{row.id}:{step.key}"[:64]: step for step in track.steps}
    known = set(session.scalars(select(TrackingEvent.key).where(TrackingEvent.key.in_(list(keys)))))
    for key, step in keys.items():
        if key not in known:
            told = heard(step.status.value)
            event = TrackingEvent(
                shipment_id=row.id,
                key=key,
                status=told.value if told else Tracking.UNKNOWN,
                substatus=step.substatus[:40],
                details=step.details[:400],
                place=step.place[:200],
                needs_action=step.needs_action,
                occurred_at=step.at or at,
                recorded_at=at,
            )
            session.add(event)
    return not keys.keys() <= known


def held_parcel(session: Session, shipment_id: int) -> Shipment:
    """Lock a parcel after its order: of two that arrive at once, the second sees that the first is there."""
    orders.hold_order(session, _order_of(session, shipment_id))
    return session.get_one(Shipment, shipment_id, with_for_update=True, populate_existing=True)


def _parcel(session: Session, track: Track) -> int | None:
    """Find the parcel by the purchase that the platform names, or by carrier and number."""
    query = select(Shipment.id, Shipment.carrier).order_by(Shipment.id)
    if track.transaction_id:
        by_purchase = query.where(Shipment.transaction_id == track.transaction_id)
        found: int | None = session.scalars(by_purchase).first()
        if found is not None:
            return found
    same = session.execute(query.where(Shipment.tracking_number == track.number)).all()
    named = [row for row in same if row.carrier.casefold() == track.carrier.casefold()]
    return next((row.id for row in (*named, *same)), None)


def _wake(session: Session, uid: str, rate_id: str, at: datetime) -> bool:
    """A purchase is known at the platform: if it is in doubt here, its carrier is asked at once."""
    query = select(Shipment).where(Shipment.uid == uid, Shipment.rate_id == rate_id)
    row = session.scalars(query.with_for_update()).first()
    if row is not None and row.state == State.IN_DOUBT:
        row.due_at = at
        session.info["wake"] = True
    return True  # what we did not buy is nobody's here


def has_arrived(session: Session, row: Shipment, *, by: int, at: datetime) -> None:
    """Tell the order of a parcel that arrived, when that was the last one."""
    _all_arrived(session, _order_of(session, row.id), by=by, at=at)


def see_arrivals(session: Session, fact: FulfillmentCancelled, by: int, at: datetime) -> None:
    """React to the end of what was still to leave: the parcels that left may all have arrived by then."""
    _all_arrived(session, fact.order_id, by=by, at=at)


def _all_arrived(session: Session, order_id: int, *, by: int, at: datetime) -> None:
    session.flush()
    left = session.scalars(
        select(Shipment.tracking)
        .join(Package, Package.id == Shipment.package_id)
        .join(FulfillmentOrder, FulfillmentOrder.id == Package.fo_id)
        .where(FulfillmentOrder.order_id == order_id, Shipment.state == State.HANDED_OVER)
    ).all()
    if left and all(tracking == Tracking.DELIVERED for tracking in left):
        orders.delivered(session, order_id, by=by, at=at)


def _order_of(session: Session, shipment_id: int) -> int:
    query = (
        select(FulfillmentOrder.order_id)
        .join(Package, Package.fo_id == FulfillmentOrder.id)
        .join(Shipment, Shipment.package_id == Package.id)
    )
    return session.scalars(query.where(Shipment.id == shipment_id)).one()
