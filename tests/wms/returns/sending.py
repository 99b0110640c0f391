"""Orders that left the house, and short words about what came back of them."""

from sqlalchemy import select

from tests.kit import NOON, TESTER, a_place, an_order, broken
from tests.wms.orders.asking import unkept
from tests.wms.shipping.docking import Dock
from wms.bins.places import Kind, Role
from wms.kernel.commands import command
from wms.orders.gate import FoState
from wms.orders.tables import FulfillmentOrder, OrderLine
from wms.packing import actions as packing
from wms.returns import actions, queries
from wms.returns.goods import Advised, Goods
from wms.returns.tables import ReturnUnit

__all__ = ["Advised", "Goods", "broken", "unkept"]


class House(Dock):
    """A floor with a packing bench and a dock, and beside them a bench for what comes back."""

    def __init__(self, database):
        super().__init__(database, prints=False)
        self.shelf = self.bins["A-01-01"]
        self.bench = a_place(database, self.warehouse, "RET-1", Kind.BENCH, role=Role.RETURNS)

    def begin(self):
        """Give everything that waits to a picker."""
        self.release()
        self.work()

    def leave(self):
        """Pick, pack and hand over everything that waits; returns the boxes."""
        self.begin()
        return self.go()

    def go(self):
        """Pick what was begun, pack it and hand it over; returns the boxes."""
        self.follow()
        self.settle()
        with self.database.read() as session:
            picked = session.scalars(
                select(FulfillmentOrder.id)
                .where(FulfillmentOrder.state == FoState.PICKED.value)
                .order_by(FulfillmentOrder.id)
            ).all()
        boxes = [self.pack(fo) for fo in picked]
        self.settle()
        for box in boxes:
            self.do(packing.number_typed, package_id=box, number=f"1Z{box:016}")
        self.settle()
        for box in boxes:
            self.do(packing.stage, package_id=box)
            self.load("UPS", box)
        self.settle()
        return boxes


def sent(database, house, *lines, **facts):
    """Let an order leave the house whole; a line is an item and a quantity. Returns the order's number."""
    order = an_order(database, *lines, **facts)
    assert house.leave()
    return order


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
