"""A bench with lanes behind it and a carrier platform to ask: boxes get their labels and go into their trucks."""

from datetime import timedelta

import requests
from sqlalchemy import select

from tests.kit import NOON, TESTER, done
from tests.wms.packing.benching import Bench
from tests.wms.picking.walking import Floor
from tests.wms.shipping.standin.trips import KEY
from wms import wiring
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.kernel import courier
from wms.packing import actions as packing
from wms.printing.tables import PrintJob
from wms.shipping import actions as shipping
from wms.shipping.actions import Means, Sender
from wms.shipping.gateway import Gateway
from wms.shipping.tables import ManifestParcel, Shipment, TrackingEvent
from wms.shipping.worker import Buyer, Tracker
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind

TOLD = courier.Duties(wiring.REACTIONS, urgent=wiring.URGENT)

MILL = Sender("Mill House", "1 Mill Lane", "Newark", "07101", "US", province="NJ")


class Dock(Bench):
    """Two lanes, USPS and UPS, and a courier's own; a label printer at the bench."""

    def __init__(self, database, standin=None, *, grace_s=120, read_s=3.0, prints=True, stock=10):
        super().__init__(database, stock)
        self.standin, self.grace, self.read_s = standin, timedelta(seconds=grace_s), read_s
        self.buyer, self.tracker = Buyer(None, self.grace), Tracker(None)
        self.begin_anew()
        self.lanes = {}
        done(database, self._open)
        if prints:
            done(database, self._print)

    def begin_anew(self):
        """Let the house be started again: nothing is known but what the database holds."""
        if self.standin:
            gateway = Gateway(KEY, self.standin.url, read_s=self.read_s)
            self.buyer, self.tracker = Buyer(gateway, self.grace), Tracker(gateway)

    def settle(self):
        """Let the courier tell every fact, to shipping as well."""
        while courier.tell(self.database, TOLD, self.clock):
            pass

    def broken(self):
        """Return the promises of the house that do not hold, those about labels as well."""
        return Floor.broken(self)

    def weighed(self, *lines, carrier="", **facts):
        """Pick and pack an order into one box up to its weight, and let the house hear of it; returns the box."""
        [fo] = self.pick(list(lines) or [("MUG", 1)], carrier=carrier, **facts)
        box = self.pack(fo)
        self.settle()
        return box

    def buy(self, limit=20):
        """Let the worker do all that is due; returns the labels of the house, oldest first."""
        for _ in range(limit):
            if not self.buyer.step(self.database, self.clock):
                return self.labels()
        raise AssertionError("the worker finds no end")

    def wait(self, seconds):
        """Let time pass, and the worker do what is due then."""
        self.clock.forward(timedelta(seconds=seconds))
        return self.buy()

    def look_after(self, **wait):
        """Let time pass, and the house ask for parcels on their way; returns how many it asked for."""
        self.clock.forward(timedelta(**wait))
        for asked in range(20):
            if not self.tracker.step(self.database, self.clock):
                self.settle()
                return asked
        raise AssertionError("the house asks without end")

    def labelled(self, *lines, **facts):
        """Return a box whose label is bought."""
        box = self.weighed(*lines, **facts)
        self.buy()
        return box

    def staged(self, *lines, **facts):
        """Return a box whose label was bought, stuck and scanned."""
        box = self.labelled(*lines, **facts)
        self.do(packing.stage, package_id=box)
        return box

    def labels(self):
        """Return all labels of the house."""
        with self.database.read() as session:
            return session.scalars(select(Shipment).order_by(Shipment.id)).all()

    def label_of(self, box):
        """Return the newest label of a box."""
        return [row for row in self.labels() if row.package_id == box][-1]

    def sheets(self):
        """Return what was asked of printers."""
        with self.database.read() as session:
            return session.scalars(select(PrintJob).order_by(PrintJob.id)).all()

    def loaded(self):
        """Return the labels of the parcels that are in trucks."""
        with self.database.read() as session:
            return list(session.scalars(select(ManifestParcel.shipment_id)))

    def heard(self, box):
        """Return the states that the carrier told of a box."""
        with self.database.read() as session:
            query = select(TrackingEvent.status).where(
                TrackingEvent.shipment_id == self.label_of(box).id
            )
            return session.scalars(query.order_by(TrackingEvent.id)).all()

    def void(self, box, reason="asked"):
        """Void the label of a box."""
        return self.ask(shipping.void, shipment_id=self.label_of(box).id, reason=reason)

    def ask(self, action, **facts):
        """Do something with a label as the desk does; returns its state afterwards."""
        at = self.clock.forward(timedelta(seconds=1))
        return done(self.database, lambda s: action(s, **facts, by=TESTER, at=at).state)

    def tick(self, name):
        """Run one job of the timetable."""
        at = self.clock.forward(timedelta(seconds=1))
        done(self.database, lambda s: wiring.SCHEDULE[name].do(s, 0, at))

    def trouble(self, kind, **more):
        """Plant a trouble at the carrier platform."""
        answer = requests.post(f"{self.standin.url}/faults", json={"kind": kind, **more}, timeout=5)
        assert answer.status_code == 201

    def mend(self):
        """End the troubles at the carrier platform."""
        answer = requests.delete(f"{self.standin.url}/faults", timeout=5)
        assert answer.ok

    def ledger(self):
        """Return the carrier platform's own book."""
        return requests.get(f"{self.standin.url}/ledger", timeout=5).json()

    def means(self, carrier, means):
        """Say how labels of a lane come about."""
        self.act(shipping.set_means, lane_id=self.lanes[carrier], means=Means(means))

    def load(self, carrier, box):
        """Give a box to a truck."""
        self.act(shipping.hand_over, lane_id=self.lanes[carrier], package_id=box)

    def _open(self, session):
        who = {"by": TESTER, "at": NOON}
        shipping.set_ship_from(session, warehouse_id=self.warehouse, sender=MILL, **who)
        for carrier in ("USPS", "UPS"):
            place = bins.create_location(
                session, warehouse_id=self.warehouse, code=f"LANE-{carrier}", kind=Kind.LANE, **who
            )
            self.lanes[carrier] = bins.open_lane(
                session,
                warehouse_id=self.warehouse,
                carrier=carrier,
                location_id=place.id,
                **who,
            ).id

    def _print(self, session):
        who = {"by": TESTER, "at": NOON}
        printer = stations.add_device(
            session,
            name="Zebra",
            kind=DeviceKind.PRINTER,
            address="zebra+tcp://127.0.0.1:9",
            **who,
        )
        stations.bind(session, station_id=self.station, device_id=printer.id, part="labels", **who)
