"""A floor to walk on: orders, waves and people, driven by scans as the tablet sends them."""

from datetime import timedelta

from sqlalchemy import select

from tests import kit
from tests.kit import NOON, TESTER, done
from wms import wiring
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.floor.actions import scan
from wms.floor.plain import from_plain
from wms.floor.process import Floor as Processes
from wms.floor.process import Worker
from wms.floor.tables import Dialogue
from wms.floor.turn import Order
from wms.kernel import courier
from wms.kernel.clock import SetClock
from wms.kernel.commands import command
from wms.orders import actions as orders
from wms.orders.tables import FoLine, FulfillmentOrder
from wms.people import actions as people
from wms.people.policy import Role
from wms.picking import actions as picking
from wms.picking.process import PICKING
from wms.picking.tables import PickRun, PickTask, ToteBinding
from wms.stock.tables import ItemAvailability, StockBalance, StockMove
from wms.waves import actions as waves
from wms.waves.plan import Filters

BINS = ("A-01-01", "A-01-02", "A-02-01", "A-02-02")
SKUS = ("MUG", "CLOCK", "LAMP", "BOWL")


class Floor:
    """Four bins with ten of one item each, six totes, a cart with two more, a lane, two pickers and a lead."""

    def __init__(self, database, stock=10):
        self.database = database
        self.clock = SetClock(NOON)
        self.processes = Processes({"picking": PICKING})
        self.people = {}
        done(database, self._people)
        self.warehouse = kit.a_warehouse(database)
        self.items, self.bins = {}, {}
        for number, (code, sku) in enumerate(zip(BINS, SKUS, strict=True)):
            where = {"x_mm": number * 3_000, "y_mm": 1_000, "is_pick_face": True}
            self.bins[code] = kit.a_bin(database, self.warehouse, code, **where)
            self.items[sku] = kit.an_item(database, sku)
            if stock:
                kit.shelve(database, self.items[sku], self.bins[code], stock)
        kit.a_place(database, self.warehouse, "P2", Kind.LANE)
        done(database, self._totes)

    def order(self, *lines, **facts):
        """Take an order in, by SKU and quantity; returns its fulfillment order."""
        wanted = [(self.items[sku], quantity) for sku, quantity in lines]
        order_id = kit.an_order(self.database, *wanted, **facts)
        with self.database.read() as session:
            return session.scalars(
                select(FulfillmentOrder.id)
                .where(FulfillmentOrder.order_id == order_id)
                .order_by(FulfillmentOrder.part)
                .limit(1)
            ).one()

    def release(self):
        """Propose a wave of all that waits and give it to the floor; returns the wave."""

        def do(session):
            who = {"by": TESTER, "at": self.clock.now()}
            wave = waves.propose(session, warehouse_id=self.warehouse, filters=Filters(), **who)
            picking.release(session, wave_id=wave.id, **who)
            return wave.id

        return done(self.database, do)

    def scan(self, code="", *, by="Pia", order=None, quantity=None, late=False):
        """Scan or press as the tablet does; returns what the screen shows."""
        at = self.clock.forward(timedelta(seconds=5))
        worker = self.people[by]
        asked = command("floor.scan", by=worker.id, at=at)
        told = self.database.write(
            asked,
            lambda session: scan(
                session,
                self.processes,
                worker=worker,
                code=code,
                order=order,
                quantity=quantity,
                is_late=late,
                at=at,
            ),
        ).value
        return from_plain(told["turn"])

    def scans(self, *codes, by="Pia"):
        """Scan one after the other; returns the last screen."""
        turn = None
        for code in codes:
            turn = self.scan(code, by=by)
        return turn

    def press(self, order, quantity=None, *, by="Pia"):
        """Press a button."""
        return self.scan(by=by, order=order, quantity=quantity)

    def work(self, by="Pia"):
        """Get work."""
        return self.press(Order.WORK, by=by)

    def turn(self, by="Pia"):
        """What the screen shows."""
        with self.database.read() as session:
            return from_plain(session.get_one(Dialogue, self.people[by].id).turn)

    def follow(self, by="Pia", limit=200):
        """Do what the screen says until the trip is over; returns the last screen."""
        for _ in range(limit):
            turn = self.turn(by)
            match turn.step:
                case "done" | "home":
                    return turn
                case "drop":
                    self.scan("P2", by=by)
                case "zero":
                    self.press(Order.YES, by=by)
                case _:
                    self.scan(turn.expects[0], by=by)
        raise AssertionError(f"still at {turn.step} after {limit} scans")

    def settle(self):
        """Let the courier tell every fact."""
        while courier.deliver(self.database, wiring.REACTIONS, self.clock):
            pass

    def act(self, action, **facts):
        """Do something as the desk does."""
        at = self.clock.forward(timedelta(seconds=1))
        return done(self.database, lambda s: action(s, **facts, by=TESTER, at=at))

    def order_of(self, fo_id):
        """Return the order of a fulfillment order."""
        with self.database.read() as session:
            return session.get_one(FulfillmentOrder, fo_id).order_id

    def cancel(self, fo_id):
        """Cancel the order of a fulfillment order."""
        self.act(orders.cancel, order_id=self.order_of(fo_id), reason="asked")

    def hold(self, fo_id):
        """Hold its order; returns the hold."""
        return self.act(
            orders.hold,
            order_id=self.order_of(fo_id),
            kind="manual",
            blocks="pick",
            reason="asked",
        )

    def broken(self):
        """Return the promises of the house that do not hold."""
        with self.database.read() as session:
            return [
                (one.name, dict(row)) for one in wiring.INVARIANTS for row in one.broken(session)
            ]

    def books(self):
        """Return everything that lies somewhere, with what is promised of it."""
        with self.database.read() as session:
            lies = session.execute(
                select(
                    StockBalance.location_id,
                    StockBalance.item_id,
                    StockBalance.lot_id,
                    StockBalance.serial_id,
                    StockBalance.status,
                    StockBalance.quantity,
                    StockBalance.reserved,
                ).where(StockBalance.quantity > 0)
            )
            sold = session.execute(
                select(
                    ItemAvailability.item_id,
                    ItemAvailability.sellable,
                    ItemAvailability.soft,
                    ItemAvailability.hard,
                )
            )
            lines = session.execute(
                select(FoLine.id, FoLine.allocated, FoLine.picked, FoLine.short)
            )
            tasks = session.execute(
                select(PickTask.id, PickTask.picked, PickTask.short, PickTask.skips).where(
                    PickTask.state != "cancelled"
                )
            )
            return [sorted(map(tuple, rows.all())) for rows in (lies, sold, lines, tasks)]

    def state(self, table, number):
        """Return the state of a row."""
        with self.database.read() as session:
            return session.get_one(table, number).state

    def fo_state(self, fo_id):
        """Return how far a fulfillment order is."""
        return self.state(FulfillmentOrder, fo_id)

    def in_totes(self, fo_id):
        """Return by SKU what lies in the totes of a fulfillment order."""
        with self.database.read() as session:
            rows = session.execute(
                select(StockBalance.item_id, StockBalance.quantity)
                .join(ToteBinding, ToteBinding.tote_id == StockBalance.location_id)
                .where(ToteBinding.fo_id == fo_id, ToteBinding.ended_at.is_(None))
            )
            names = {number: sku for sku, number in self.items.items()}
            return {names[item]: units for item, units in rows if units}

    def held(self, code, sku, status="available"):
        """Return how many units a place holds."""
        with self.database.read() as session:
            place = session.scalars(select(Location.id).where(Location.code == code)).one()
        return kit.held(self.database, place, self.items[sku], status)

    def tote_state(self, code):
        """Return how a tote is used."""
        with self.database.read() as session:
            return session.scalars(
                select(Lpn.state)
                .join(Location, Location.id == Lpn.location_id)
                .where(Location.code == code)
            ).one()

    def tasks(self, **wanted):
        """Return tasks as they are, with bin and quantities."""
        with self.database.read() as session:
            rows = session.execute(
                select(
                    PickTask.state, Location.code, PickTask.asked, PickTask.picked, PickTask.short
                )
                .join(Location, Location.id == PickTask.location_id)
                .filter_by(**wanted)
                .order_by(PickTask.id)
            )
            return [tuple(row) for row in rows]

    def runs(self):
        """Return trips: number, state, worker."""
        with self.database.read() as session:
            rows = session.execute(
                select(PickRun.number, PickRun.state, PickRun.worker_id).order_by(PickRun.id)
            )
            return [tuple(row) for row in rows]

    def moves(self):
        """Return how many lines the ledger has."""
        with self.database.read() as session:
            return len(session.scalars(select(StockMove.id)).all())

    def _people(self, session):
        for name, role in (
            ("Tess", Role.ADMIN),
            ("Pia", Role.PICKER),
            ("Max", Role.PICKER),
            ("Sam", Role.SUPERVISOR),
        ):
            facts = {"login": name.lower()} if role is Role.ADMIN else {}
            user = people.add_user(session, name=name, roles=[role], **facts, by=TESTER, at=NOON)
            self.people[name] = Worker(user.id, name, frozenset({role.value}))

    def _totes(self, session):
        facts = {"warehouse_id": self.warehouse, "by": TESTER, "at": NOON}
        cart = bins.create_lpn(session, code="CART-1", kind=Kind.CART, slots=4, **facts)
        for number in range(1, 7):
            bins.create_lpn(session, code=f"T-{number}", kind=Kind.TOTE, **facts)
        for number in (7, 8):
            bins.create_lpn(
                session, code=f"T-{number}", kind=Kind.TOTE, stands_in_id=cart.id, **facts
            )
