"""Short questions about orders for their tests."""

from sqlalchemy import select

from wms.kernel.tables import Decision, StoredEvent
from wms.orders.tables import FulfillmentOrder, Order, OrderHold, OrderLine
from wms.wiring import INVARIANTS


def unkept(database):
    """Return the names of the house's promises that do not hold."""
    with database.read() as session:
        return [one.name for one in INVARIANTS if list(one.broken(session))]


def the_order(database, order_id):
    with database.read() as session:
        return session.get_one(Order, order_id)


def state_of(database, order_id):
    return the_order(database, order_id).state


def holds_of(database, order_id):
    """Return kind, step and state of everything that stops the order or did."""
    with database.read() as session:
        rows = session.scalars(
            select(OrderHold).where(OrderHold.order_id == order_id).order_by(OrderHold.id)
        )
        return [(row.kind, row.blocks, row.state) for row in rows]


def hold_id_of(database, order_id):
    with database.read() as session:
        return session.scalars(
            select(OrderHold.id).where(OrderHold.order_id == order_id).order_by(OrderHold.id)
        ).first()


def fo_states(database, order_id):
    with database.read() as session:
        rows = session.scalars(
            select(FulfillmentOrder.state)
            .where(FulfillmentOrder.order_id == order_id)
            .order_by(FulfillmentOrder.id)
        )
        return list(rows)


def wanted(database, order_id):
    """Return item and units still wanted, line by line."""
    with database.read() as session:
        rows = session.scalars(
            select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.line)
        )
        return [(row.item_id, row.quantity - row.cancelled) for row in rows]


def facts(database, order_id):
    """Return what happened to an order, in short."""
    with database.read() as session:
        rows = session.scalars(
            select(StoredEvent.type)
            .where(StoredEvent.subject == "order", StoredEvent.subject_id == order_id)
            .order_by(StoredEvent.id)
        )
        return [row.removeprefix("orders.") for row in rows]


def decisions(database, order_id):
    with database.read() as session:
        return list(
            session.scalars(
                select(Decision)
                .where(Decision.subject == "order", Decision.subject_id == order_id)
                .order_by(Decision.id)
            )
        )
