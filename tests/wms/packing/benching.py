"""A bench to pack at: orders picked into totes, boxes of three sizes, and packers."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from tests import kit
from tests.kit import NOON, TESTER, done
from tests.wms.picking.walking import Floor
from wms import wiring
from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.catalog import actions as catalog
from wms.catalog import queries as catalog_queries
from wms.catalog.queries import BoxFacts
from wms.catalog.tables import Item
from wms.kernel import courier
from wms.kernel.commands import command
from wms.moving import actions as moving
from wms.moving.tables import MoveTask
from wms.packing import actions as packing
from wms.packing import queries
from wms.packing.tables import Package
from wms.picking import actions as picking
from wms.picking import queries as picking_queries
from wms.picking.tables import ToteBinding
from wms.stations import actions as stations
from wms.stations.rules import StationKind

SIZES = {"MUG": (100, 90, 90, 300), "CLOCK": (200, 200, 60, 800), "LAMP": (400, 150, 150, 1200)}
"""Length, width, height in millimetres, weight in grams. Nobody measured the bowl."""

BOXES = {"S": (220, 160, 100, 60), "M": (320, 240, 200, 150), "L": (600, 400, 400, 500)}


def _nothing(_session, _fact, _by, _at):
    """Hear a fact and do nothing about it."""


REACTIONS = {
    fact: {
        name: _nothing if told.__module__.startswith("wms.shipping") else told
        for name, told in told_of.items()
    }
    for fact, told_of in wiring.REACTIONS.items()
}


class Bench(Floor):
    """The floor of the pickers, with a bench behind it."""

    def __init__(self, database, stock=10):
        super().__init__(database, stock)
        self.place = kit.a_place(database, self.warehouse, "BENCH-1", Kind.BENCH)
        self.boxes, self.fos = {}, []
        done(database, self._equip)

    def pick(self, *orders, **facts):
        """Take orders in and pick them; returns their fulfillment orders. A line is SKU and quantity."""
        fos = [self.order(*lines, **facts) for lines in orders]
        self.release()
        self.work()
        self.follow()
        self.settle()
        return fos

    def settle(self):
        """Let the courier tell every fact. Labels are the tests' own business: shipping hears nothing."""
        while courier.deliver(self.database, REACTIONS, self.clock):
            pass

    def broken(self):
        """Return the promises of the house that do not hold, but for those about labels that nobody bought here."""
        return [one for one in super().broken() if not one[0].startswith("shipping.")]

    def put_all_back(self):
        """Do every put-back that somebody was asked for; returns how many there were."""
        done = 0
        while task := self._next_move():
            facts = {"move_task_id": task.id}
            self.do(moving.claim, **facts)
            self.do(moving.lift, **facts, quantity=task.asked)
            self.do(moving.drop, **facts, location_id=task.target_id)
            done += 1
        self.settle()
        return done

    def totes(self, fo_id):
        """Return the bound totes that units of a fulfillment order went into."""
        with self.database.read() as session:
            bound = session.scalars(
                select(ToteBinding.tote_id)
                .where(ToteBinding.ended_at.is_(None))
                .order_by(ToteBinding.id)
            ).all()
            return [
                tote_id
                for tote_id in bound
                if any(one.fo_id == fo_id for one in picking_queries.picked_into(session, tote_id))
            ]

    def do(self, action, *, by=TESTER, **facts):
        """Do something as a packer."""
        at = self.clock.forward(timedelta(seconds=1))
        return self.database.write(
            command("test", by=by, at=at), lambda s: _plain(action(s, **facts, by=by, at=at))
        ).value

    def open(self, fo_id, **facts):
        """Open its totes and a box; returns the box."""
        for tote_id in self.totes(fo_id):
            if self.tote_state(self.code(tote_id)) == "staged":
                self.do(picking.open_tote, tote_id=tote_id)
        return self.do(packing.open_package, fo_id=fo_id, station_id=self.station, **facts)

    def waiting(self, fo_id):
        """Return what still waits in its totes, with the tote."""
        with self.database.read() as session:
            return [
                (tote_id, one)
                for tote_id in self.totes(fo_id)
                for one in queries.in_tote(session, tote_id)
                if one.fo_id == fo_id
            ]

    def put_in(self, package_id, tote_id, one, quantity=None, **facts):
        """Put units into a box."""
        return self.do(
            packing.put_in, package_id=package_id, **self.thing(tote_id, one, quantity), **facts
        )

    def take_out(self, package_id, tote_id, one, quantity=None, **facts):
        """Take units out of a box."""
        return self.do(
            packing.take_out, package_id=package_id, **self.thing(tote_id, one, quantity), **facts
        )

    def set_aside(self, package_id, held, **facts):
        """Take a unit out of a box that is damaged."""
        return self.do(
            packing.set_aside,
            package_id=package_id,
            **self.thing(held.tote_id, held, 1),
            place_id=self.place,
            **facts,
        )

    def thing(self, tote_id, one, quantity=None):
        """Return units as the acts want them."""
        return {
            "tote_id": tote_id,
            "fo_line_id": one.fo_line_id,
            "item_id": one.item_id,
            "lot_id": one.lot_id,
            "serial_id": one.serial_id,
            "quantity": quantity or one.quantity,
        }

    def fill(self, fo_id):
        """Put everything that waits into a new box; returns it."""
        package_id = self.open(fo_id)
        for tote_id, one in self.waiting(fo_id):
            self.put_in(package_id, tote_id, one)
        return package_id

    def close(self, package_id, box="L", **facts):
        """Close a box."""
        return self.do(packing.close, package_id=package_id, box_type_id=self.boxes[box], **facts)

    def weigh(self, package_id, weight_g=None, **facts):
        """Weigh a box: as much as it should weigh, where nothing is said."""
        expected = self.package(package_id).expected_g or 1000
        return self.do(
            packing.weigh,
            package_id=package_id,
            weight_g=weight_g or expected,
            by_hand=False,
            **facts,
        )

    def pack(self, fo_id, box="L"):
        """Pack everything into one box, up to its weight; returns the box."""
        package_id = self.fill(fo_id)
        self.close(package_id, box)
        self.weigh(package_id)
        return package_id

    def label(self, package_id, code=None):
        """Let shipping have bought a label; tells whether the box took it."""
        return self.do(
            packing.label_bought,
            package_id=package_id,
            code=code or f"1Z{package_id:08d}",
            carrier="UPS",
            words={"service": "Ground"},
        )

    def ship(self, package_id):
        """Label a weighed box, see the label on it and give it to the truck."""
        self.label(package_id)
        self.do(packing.stage, package_id=package_id)
        self.do(packing.hand_over, package_id=package_id)

    def package(self, package_id):
        """Return a box as it is."""
        with self.database.read() as session:
            return session.get_one(Package, package_id)

    def inside(self, package_id):
        """Return, by SKU, what lies in a box by the ledger."""
        place = self.package(package_id).location_id
        return {
            sku: units
            for sku, item_id in self.items.items()
            if (units := kit.held(self.database, place, item_id))
        }

    def code(self, place_id):
        """Return the code of a place."""
        with self.database.read() as session:
            return session.get_one(Location, place_id).code

    def id_of(self, code):
        """Return the number of a place."""
        with self.database.read() as session:
            return session.scalars(select(Location.id).where(Location.code == code)).one()

    def _next_move(self):
        with self.database.read() as session:
            waiting = select(MoveTask).where(MoveTask.state == "queued").order_by(MoveTask.id)
            return session.scalars(waiting.limit(1)).first()

    def _equip(self, session):
        who = {"by": TESTER, "at": NOON}
        for sku, (length, width, height, weight) in SIZES.items():
            item = session.get_one(Item, self.items[sku])
            facts = replace(
                catalog_queries.facts_of(item),
                length_mm=length,
                width_mm=width,
                height_mm=height,
                weight_g=weight,
            )
            catalog.edit_item(session, item_id=item.id, facts=facts, **who)
        for name, (length, width, height, weight) in BOXES.items():
            facts = BoxFacts(
                name=name,
                length_mm=length,
                width_mm=width,
                height_mm=height,
                weight_g=weight,
                max_weight_g=20_000,
            )
            self.boxes[name] = catalog.create_box_type(session, facts=facts, **who).id
        self.station = stations.add_station(
            session, name="Bench 1", kind=StationKind.PACKING, location_id=self.place, **who
        ).id


def _plain(value):
    """Return what can be kept as the answer of a command: of a box its number."""
    return value.id if isinstance(value, Package) else value
