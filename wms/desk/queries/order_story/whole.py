"""All of one order, put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.desk.queries.order_story.lines import Bought, lines_of
from wms.desk.queries.order_story.parcels import Parcel, parcels_of, shipments_of
from wms.desk.queries.order_story.told import decisions_about, facts_about
from wms.desk.queries.order_story.trips import Trip, trips_of
from wms.kernel.tables import Decision, StoredEvent
from wms.orders import queries as orders
from wms.orders.queries import Queued
from wms.orders.tables import Channel, FulfillmentOrder, Order, OrderContact, OrderHold
from wms.picking.tables import PickRun, PickTask
from wms.returns.tables import Return
from wms.waves.tables import Wave, WaveMember


@dataclass(frozen=True)
class Story:
    """All of an order."""

    order: Order
    channel: Channel
    contact: OrderContact | None
    lines: Sequence[Bought]
    fos: Sequence[FulfillmentOrder]
    holds: Sequence[tuple[OrderHold, Queued]]
    waves: Sequence[Wave]
    trips: Sequence[Trip]
    parcels: Sequence[Parcel]
    returns: Sequence[Return]
    facts: Sequence[StoredEvent]
    decisions: Sequence[Decision]


def story(session: Session, order_id: int) -> Story:
    """Return all of an order; raises NoSuchOrder."""
    order = orders.order(session, order_id)
    fos = session.scalars(
        select(FulfillmentOrder)
        .where(FulfillmentOrder.order_id == order_id)
        .order_by(FulfillmentOrder.part)
    ).all()
    fo_ids = [one.id for one in fos]
    runs = session.scalars(
        select(PickRun)
        .where(PickRun.id.in_(select(PickTask.run_id).where(PickTask.fo_id.in_(fo_ids))))
        .order_by(PickRun.id)
    ).all()
    members = select(WaveMember.wave_id).where(WaveMember.fo_id.in_(fo_ids))
    waves = session.scalars(select(Wave).where(Wave.id.in_(members)).order_by(Wave.id)).all()
    holds = orders.holds(session, [order_id])[order_id]
    parcels = parcels_of(session, fo_ids)
    returns = session.scalars(
        select(Return).where(Return.order_id == order_id).order_by(Return.id)
    ).all()
    about = {
        "order": [order_id],
        "fo": fo_ids,
        "run": [one.id for one in runs],
        "package": [one.package.id for one in parcels],
        "shipment": shipments_of(session, parcels),
        "return": [one.id for one in returns],
    }
    return Story(
        order=order,
        channel=session.get_one(Channel, order.channel_id),
        contact=orders.contacts(session, [order_id]).get(order_id),
        lines=lines_of(session, order_id, fos),
        fos=fos,
        holds=[(one, orders.queued(one, order)) for one in holds],
        waves=waves,
        trips=trips_of(session, runs, fo_ids),
        parcels=parcels,
        returns=returns,
        facts=facts_about(session, about),
        decisions=decisions_about(session, about, fos, [one.id for one in waves]),
    )
