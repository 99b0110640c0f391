"""How the label of a parcel comes about: by what its order names and by the lanes of its warehouse."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import CarrierLane
from wms.orders.tables import FulfillmentOrder, Order
from wms.shipping.means import Means
from wms.shipping.rules.ways import Lane, Way, way
from wms.shipping.tables import LaneMeans


def way_of(session: Session, fo_id: int) -> Way:
    """Return how a parcel of a fulfillment order gets its label."""
    found = session.execute(
        select(Order.carrier, FulfillmentOrder.warehouse_id)
        .join(FulfillmentOrder, FulfillmentOrder.order_id == Order.id)
        .where(FulfillmentOrder.id == fo_id)
    ).one()
    return way(found.carrier, lanes_of(session, found.warehouse_id))


def lanes_of(session: Session, warehouse_id: int) -> list[Lane]:
    """Return the lanes of a warehouse that are in use, with what was said of them."""
    query = (
        select(CarrierLane.carrier, LaneMeans.means)
        .outerjoin(LaneMeans, LaneMeans.lane_id == CarrierLane.id)
        .where(CarrierLane.warehouse_id == warehouse_id, CarrierLane.archived_at.is_(None))
        .order_by(CarrierLane.id)
    )
    return [
        Lane(carrier, Means(means) if means else None) for carrier, means in session.execute(query)
    ]
