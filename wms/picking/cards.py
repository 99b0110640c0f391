"""What a tablet tells of an order whose label was scanned at home: how far it is, and in which totes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.codes.queries import Meaning
from wms.floor.process import Card
from wms.floor.turn import Thing, say
from wms.orders.tables import FoLine, FulfillmentOrder, Order
from wms.picking.tables import ToteBinding


def order_card(session: Session, meaning: Meaning) -> Card | None:
    """Return how many units of an order are picked, and the codes of the totes that hold them."""
    order = session.get(Order, meaning.target_id)
    if order is None:
        return None
    units, picked = session.execute(
        select(
            func.coalesce(func.sum(FoLine.ordered), 0), func.coalesce(func.sum(FoLine.picked), 0)
        )
        .join(FulfillmentOrder, FulfillmentOrder.id == FoLine.fo_id)
        .where(FulfillmentOrder.order_id == order.id)
    ).one()
    totes = session.scalars(
        select(Location.code)
        .join(ToteBinding, ToteBinding.tote_id == Location.id)
        .join(FulfillmentOrder, FulfillmentOrder.id == ToteBinding.fo_id)
        .where(FulfillmentOrder.order_id == order.id, ToteBinding.ended_at.is_(None))
        .order_by(Location.code)
    ).all()
    sentence = "picking.card_stopped" if order.cancel_requested_at else "picking.card_order"
    told = say(sentence, number=order.number, picked=int(picked), units=int(units))
    return Card(Thing("", order.number, None, tuple(totes)), told)
