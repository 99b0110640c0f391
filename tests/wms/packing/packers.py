"""Packers at a bench, driven by scans as the tablet sends them; shipping and printers are played by the test."""

from datetime import timedelta

from sqlalchemy import select

from tests.kit import NOON, TESTER, done
from tests.wms.packing.benching import Bench
from wms.floor.actions import scan
from wms.floor.looking import look
from wms.floor.plain import from_plain
from wms.floor.process import Floor as Processes
from wms.floor.process import Worker
from wms.floor.turn import Order
from wms.kernel.commands import command
from wms.orders import actions as orders
from wms.packing.process import PACKING
from wms.packing.tables import Package
from wms.people import actions as people
from wms.people.policy import Role
from wms.picking.process import PICKING
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind, Part, StationKind

PACKERS = {"Bea": Role.PACKER, "Ben": Role.PACKER}


class PackingBench(Bench):
    """A bench with a scale and two packers; Sam leads the shift."""

    def __init__(self, database, stock=10, *, has_scale=True):
        super().__init__(database, stock)
        self.processes = Processes({"picking": PICKING, "packing": PACKING})
        self.scale = None
        done(database, self._packers)
        if has_scale:
            self.scale = done(database, self._scale)

    def sit(self, by="Bea", code=""):
        """Get packing work and say where; returns the screen."""
        turn = self.tile(by)
        return self.scan(code or turn.expects[0], by=by) if turn.step == "bench" else turn

    def tile(self, by="Bea"):
        """Press the tile of packing; returns the screen."""
        at = self.clock.forward(timedelta(seconds=5))
        worker = self.people[by]
        told = self.database.write(
            command("floor.scan", by=worker.id, at=at),
            lambda session: scan(
                session,
                self.processes,
                worker=worker,
                order=Order.WORK,
                process="packing",
                at=at,
            ),
        ).value
        return from_plain(told["turn"])

    def sees(self, by="Bea"):
        """What the screen shows when it is looked at again."""
        with self.database.read() as session:
            return look(session, self.processes, self.people[by], self.clock.now())

    def pack_on(self, until, *, by="Bea", limit=60):
        """Do what the screen says until it shows one of these steps."""
        turn = self.sees(by)
        for _ in range(limit):
            if turn.step in until:
                return turn
            if turn.step in {"weigh", "off"}:
                self.put_on_scale()
            turn = self.scan(turn.expects[0], by=by)
        raise AssertionError(f"still at {turn.step} after {limit} scans")

    def put_on_scale(self, weight_g=None, *, is_stable=True):
        """Let the scale show what the newest closed box should weigh, or something else."""
        if weight_g is None:
            closed = [one for one in self.boxes_now() if one.state == "closed"]
            weight_g = (closed[-1].expected_g if closed else None) or 500
        at = self.clock.now()
        done(
            self.database,
            lambda s: (
                stations.take_reading(
                    s,
                    device_id=self.scale,
                    weight_g=weight_g,
                    is_stable=is_stable,
                    read_at=at,
                    by=TESTER,
                    at=at,
                ).weight_g
            ),
        )

    def boxes_now(self):
        """Every box there is, oldest first."""
        with self.database.read() as session:
            return list(session.scalars(select(Package).order_by(Package.id)))

    def buy(self):
        """Let shipping have bought a label for every weighed box."""
        for box in self.boxes_now():
            if box.state == "weighed":
                self.label(box.id)

    def broken(self):
        """Return the promises that do not hold, but for those of shipping, which the test plays itself."""
        return [one for one in super().broken() if not one[0].startswith("shipping.")]

    def a_second_bench(self):
        """Make another bench; returns its number."""
        who = {"by": TESTER, "at": NOON}
        return done(
            self.database,
            lambda s: (
                stations.add_station(
                    s, name="Bench 2", kind=StationKind.PACKING, location_id=None, **who
                ).id
            ),
        )

    def lift(self, hold_id):
        """Let a held order go on."""
        self.act(orders.lift, hold_id=hold_id, outcome="looked at")
        self.settle()

    def wait(self, seconds):
        """Let time go by."""
        self.clock.forward(timedelta(seconds=seconds))

    def _packers(self, session):
        for name, role in PACKERS.items():
            user = people.add_user(session, name=name, roles=[role], by=TESTER, at=NOON)
            self.people[name] = Worker(user.id, name, frozenset({role.value}))

    def _scale(self, session):
        who = {"by": TESTER, "at": NOON}
        scale = stations.add_device(
            session, name="Scale 1", kind=DeviceKind.SCALE, address=None, **who
        )
        stations.bind(session, station_id=self.station, device_id=scale.id, part=Part.SCALE, **who)
        return scale.id
