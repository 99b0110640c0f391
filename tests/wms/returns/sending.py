"""Orders that left the house, and short words about what came back of them."""

from sqlalchemy import select

from tests.kit import NOON, TESTER, an_order, broken, done, outside
from tests.wms.orders.asking import unkept
from tests.wms.orders.fos import WHO, fo_ids, pick, promised, released
from wms.bins.places import Outside
from wms.kernel.commands import command
from wms.orders import actions as orders
from wms.orders import queries as order_queries
from wms.orders.tables import OrderLine
from wms.returns import actions, queries
from wms.returns.goods import Advised, Goods
from wms.returns.tables import ReturnUnit
from wms.stock.actions import post
from wms.stock.moves import Move, Reason

__all__ = ["Advised", "Goods", "broken", "unkept"]


def sent(database, house, *lines, **facts):
    """Let an order leave the house whole; a line is an item and a quantity. Returns the order's number."""
    order = an_order(database, *lines, **facts)
    for fo in fo_ids(database, order):
        leave(database, house, fo)
    return order


def leave(database, house, fo):
    """Pick, pack and hand over what a fulfillment order is promised."""
    with database.read() as session:
        order_id = order_queries.fo(session, fo).order_id
    released(database, order_id)
    promises = promised(database, fo)
    customer = outside(database, house.warehouse, Outside.CUSTOMER)

    def walk(session):
        for promise in promises:
            assert pick(session, promise, house.pack)
        orders.resolve(session, fo, **WHO)

    def send(session):
        orders.start_pack(session, fo, **WHO)
        counted = [(line.id, line.picked) for line in order_queries.lines_of(session, [fo])]
        for line, units in counted:
            orders.packed(session, fo_line_id=line, quantity=units, **WHO)
        orders.all_packed(session, fo, **WHO)
        moves = [
            Move(
                one.item_id,
                house.pack,
                customer,
                one.quantity,
                Reason.SHIP,
                lot_id=one.lot_id,
                serial_id=one.serial_id,
            )
            for one in promises
        ]
        post(session, moves, **WHO)
        for line, units in counted:
            orders.shipped(session, fo_line_id=line, quantity=units, **WHO)
        orders.hand_over(session, fo, **WHO)

    done(database, walk)
    done(database, send)


def line_ids(database, order):
    with database.read() as session:
        query = select(OrderLine.id).where(OrderLine.order_id == order).order_by(OrderLine.line)
        return list(session.scalars(query))


def act(database, verb, who=TESTER, **facts):
    """Do one thing with a return; returns the number of the row it gave."""

    def do(session):
        got = verb(session, **facts, by=who, at=NOON)
        return getattr(got, "id", None)

    return database.write(command("test", by=who, at=NOON), do).value


def announced(database, order, *units, **facts):
    """Announce units of an order, line by line; returns the number of the return."""
    lines = [
        Advised(line, quantity)
        for line, quantity in zip(line_ids(database, order), units, strict=False)
        if quantity
    ]
    return act(database, actions.announce, order_id=order, lines=lines, **facts)


def begun(database, house, order=None, **facts):
    """Take a parcel onto the bench; returns the number of the return."""
    return act(database, actions.receive, order_id=order, location_id=house.bench, **facts)


def taken(database, house, back, item, quantity=1, who=TESTER, **goods):
    """Take units out of a parcel."""
    act(
        database,
        actions.take_in,
        who,
        return_id=back,
        goods=Goods(item, **goods),
        quantity=quantity,
        location_id=house.bench,
    )


def one(database, back):
    with database.read() as session:
        return queries.one(session, back)


def counted(database, back):
    """Return of each line what was told, came, is restocked, set aside and scrapped."""
    with database.read() as session:
        return [
            (line.advised, line.arrived, line.restocked, line.quarantined, line.scrapped)
            for line in queries.lines(session, [back])
        ]


def units(database):
    """Return how many rows of units there are that were not taken back."""
    with database.read() as session:
        query = select(ReturnUnit.quantity).where(ReturnUnit.undone_at.is_(None))
        return list(session.scalars(query.order_by(ReturnUnit.id)))
